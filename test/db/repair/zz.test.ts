import { it } from "vitest";
import { appendFileSync } from "node:fs";
import { compare } from "../../../src/compare/index.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { readObjectDefinitions } from "../../../src/catalog/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import { planSql, questionsOf, settle } from "../../../src/repair/index.js";
import { contractOf, observationOf, readModel } from "../../support/models.js";
import { answersOf } from "../../support/plans.js";
import { createTestDatabase } from "../../support/postgres.js";
import { BASE } from "./kinds.js";
it("x", async () => {
  const d = await createTestDatabase("zz");
  await d.sql(BASE);
  const c = await d.connect();
  await c.query("set search_path=app,public");
  const model = await readModel(d.url, ["app"]);
  const definitions = await withReadSession(parseConnectionString(d.url), DEFAULT_LIMITS, (s) => readObjectDefinitions(s, ["app"]));
  const contract = { ...contractOf(model, "app"), definitions };
  for (const change of ["drop table users cascade", "alter table projects drop column user_id; alter table users alter plan drop not null; update users set plan=null; drop index users_lower_idx; alter table projects alter title drop not null; alter table users alter score type int;alter table users add constraint positive check (id > 0)"]) {
    await c.query("begin"); await c.query("commit");
    await c.query(`drop schema if exists app cascade; ${BASE}`);
    await c.query(change);
    const m = await readModel(d.url, ["app"]);
    const gaps = compare(contract, observationOf(m)).gaps;
    const p = planSql({ contract, gaps, causes: [], histories: [], models: [m], tables: new Map(), backfill: new Map() });
    const s = settle(p, await answersOf(c, questionsOf(p)));
    const out = [`=== ${change}`];
    for (const st of s.steps) out.push(`-- [${st.group}${st.transactional ? "" : " alone"} lt=${st.lockTimeoutMs} st=${st.statementTimeoutMs}] ${st.why}`, `--   ${st.hazards.map((h) => `${h.lock ?? h.kind} ${h.subject ?? ""}`).join("; ")}`, ...st.checks.map((k) => `--   ? ${k.counts}: ${JSON.stringify(k.answer)} ${k.statement}`), st.statement, `--   undo ${st.undo}`);
    for (const n of s.notDone) out.push(`!! ${n.what}: ${n.why} ${n.option}`, ...n.statements.map((x) => `   ${x}`), ...n.checks.map((k) => `   ? ${k.statement} ${JSON.stringify(k.answer)}`));
    appendFileSync("/tmp/plan-zz.txt", `${out.join("\n")}\n`);
  }
  await d.drop();
}, 60000);
