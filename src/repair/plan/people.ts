/** MISSING_PRIVILEGE, and what no statement can decide: row security, reference rows, the record of a migration. */
import { grantStatement, qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { properties } from "../../model/json.js";
import { displayName } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import { rowSecurity } from "../ddl/index.js";
import { draft, leave, task } from "./draft.js";
import { exclusive, hazard } from "./hazards.js";
import type { Known } from "./known.js";
import { tableOf } from "./subjects.js";
import type { Planned } from "./task.js";

export function missingPrivilege(gap: Gap): Planned {
  const sql = grantStatement(gap);
  const what = `${gap.subject.name} for the application's role`;
  if (sql !== null) {
    const why = `${gap.message} To be run by the owner or an administrator.`;
    return task([gap], what, [
      draft("privilege", sql, why, { hazards: [hazard("needs-privilege")], undo: revoked(sql) }),
    ]);
  }
  const { role, privilege } = properties(gap.expected);
  const login = privilege === "LOGIN" && typeof role === "string" ? [`ALTER ROLE ${quoteVisibly(role)} LOGIN;`] : [];
  return leave([gap], what, `${gap.message} Whether it should, only you can say.`, { statements: login });
}

/** The names are quoted, so ` TO "` outside of them stands once. */
function revoked(grant: string): string | null {
  const [, what, to] = /^GRANT (.*) TO ((?:U&)?"(?:[^"]|"")*";)$/s.exec(grant) ?? [];
  return what === undefined || to === undefined ? null : `REVOKE ${what} FROM ${to}`;
}

export function hiddenRows(gap: Gap, known: Known): Planned {
  const table = tableOf(gap);
  const policies = rowSecurity(table, known.definitions).filter((sql) => /^CREATE POLICY /.test(sql));
  const isKnown = policies.length > 0;
  const why = isKnown
    ? `${gap.message} The contract has these policies; whether the target lost them or has others on purpose, only you can say.`
    : `${gap.message} Who may see which rows is a decision: write a policy for the role, or switch row security off if nobody meant to switch it on.`;
  return leave([gap], `Row security of ${displayName(table)}`, why, {
    statements: isKnown ? policies : [`ALTER TABLE ${qualifiedVisibly(table)} DISABLE ROW LEVEL SECURITY;`],
    hazards: [exclusive(table), hazard("weakens-integrity", table)],
  });
}

export function missingRows(gap: Gap): Planned {
  const table = displayName(tableOf(gap));
  const why = `${gap.message} The contract says how many rows there have to be, not what stands in them: run the application's own seed.`;
  return leave([gap], `Reference rows of ${table}`, why, { hazards: [hazard("changes-rows", table)] });
}

export function unappliedMigration(gap: Gap): Planned {
  const why = `${gap.message} SQL can bring what it makes, not the record that it ran: run the deploy of the migration tool.`;
  return leave(
    [gap],
    gap.subject.kind === "migration" ? `Migration ${gap.subject.name}` : "Record of the migrations",
    why,
  );
}
