/** When the surroundings are looked at, what that costs, and what happens when it fails. */
import { execFileSync } from "node:child_process";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { compare } from "../../../src/compare/index.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { questionsAbout } from "../../../src/diagnose/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { observe } from "../../../src/observe.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { causesOf, contractNow, evidenceOf, gapsOf, verifyAs } from "./support.js";

let database: TestDatabase;
let contract: Contract;

beforeEach(async () => {
  database = await createTestDatabase("second");
  await database.sql(
    "create table users (id int primary key, email text); create table files (id int primary key, path text)",
  );
  contract = await contractNow(database);
});
afterEach(() => database.drop());

const OF_SECOND_LOOK = /schemaready:(nearby|touched|relation-locks|sessions|builds|database)|statement_timeout', \$1/;

/** Queries of one verification, those of the second look apart. */
async function queriesOf(verifying: () => Promise<unknown>): Promise<{ first: number; second: number }> {
  const spy = vi.spyOn(pg.Client.prototype, "query");
  try {
    await verifying();
    const texts = spy.mock.calls.map(([query]) =>
      typeof query === "string" ? query : (query as { text: string }).text,
    );
    const second = texts.filter((text) => OF_SECOND_LOOK.test(text)).length;
    return { first: texts.length - second, second };
  } finally {
    spy.mockRestore();
  }
}

describe("a second look", () => {
  it("is not taken at a healthy database", async () => {
    expect((await queriesOf(() => verifyAs(database.url, contract))).second).toBe(0);
  });

  it("takes at most nine queries, however much is wrong", async () => {
    await database.sql("alter table users drop column email; drop table files");
    const { second } = await queriesOf(() => verifyAs(database.url, contract));
    expect(second).toBeGreaterThan(3);
    expect(second).toBeLessThanOrEqual(9);
  });

  it("that the server refuses leaves the verdict as it was, and says so", async () => {
    await database.sql("drop table files; alter table users drop column email");
    await database.sql("revoke execute on function pg_catalog.row_security_active(oid) from public");
    const { url } = await database.createRole({ grants: "grant usage on schema public to ROLE" });
    const report = await verifyAs(url, contract);
    expect(report.verdict).toBe("fail");
    expect(gapsOf(report)).toEqual(["MISSING_TABLE files", "MISSING_COLUMN users.email"]);
    expect(causesOf(report)).toEqual(["UNKNOWN possible"]);
    expect(evidenceOf(report, "UNKNOWN")).toContain(
      "what stands around could not be looked at: permission denied for function row_security_active",
    );
  });

  it("during which the connection is lost leaves what was found", async () => {
    await database.sql("drop table files");
    const seen = await observe(contract, parseConnectionString(database.url), DEFAULT_LIMITS, (observation) => {
      const findings = compare(contract, observation);
      endSession();
      return { findings, questions: questionsAbout(contract, findings.gaps, findings.unverified) };
    });
    expect(seen).toMatchObject({
      known: true,
      value: { findings: { gaps: [{ code: "MISSING_TABLE" }] }, surroundings: { known: false } },
    });
  });

  it("is taken in the same READ ONLY transaction, and waits no longer than for itself", async () => {
    await database.sql("drop table files");
    const texts: string[] = [];
    const spy = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (
      this: pg.Client,
      ...given: unknown[]
    ) {
      const [query] = given as [string | { text: string }];
      texts.push(typeof query === "string" ? query : query.text);
      return (original as (...all: unknown[]) => unknown).apply(this, given);
    } as never);
    await verifyAs(database.url, contract);
    spy.mockRestore();
    expect(texts.filter((text) => /^begin/.test(text))).toHaveLength(1);
    expect(texts.at(-1)).toBe("rollback");
  });
});

const original = pg.Client.prototype.query;

/** Ends the session of schemaready from outside, while its own thread stands still. */
function endSession(): void {
  const script = `import pg from "pg";
const client = new pg.Client({ connectionString: process.argv[1] });
await client.connect();
await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'schemaready'");
await client.end();`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script, database.url]);
}
