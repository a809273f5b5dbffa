/** Steps that people copy into a shell or into psql: every name quoted. */

import { stableId } from "../model/hash.js";
import { quoteIdentifier } from "../model/names.js";
import type { CommandEffect, CommandStep, SqlStep } from "../model/repair.js";
import type { History } from "../model/report.js";

/** Double quotes while nothing in the name means anything to a shell, else single quotes. */
export function shellQuote(text: string): string {
  return /^[\w.-]+$/.test(text) ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Shows the rows that hold up the deploy, with the errors that they store. */
export function readFailedRows({ table }: Pick<History, "table">): string {
  return `SELECT migration_name, started_at, logs FROM ${quoteTable(table)} WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at;`;
}

const HOLDERS =
  "SELECT a.pid, a.application_name, a.state, a.query_start, left(a.query, 200) AS query FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory'";

/**
 * Shows who holds the lock of the tool: `pg_advisory_lock(72707369)` is what `prisma migrate deploy` holds while it works,
 * and in pg_locks it looks like this; for other tools, every advisory lock of this database.
 */
export function whoMigrates(tool: History["tool"]): string {
  return tool === "prisma"
    ? `${HOLDERS} AND l.classid = 0 AND l.objid = 72707369 AND l.objsubid = 1 AND l.granted;`
    : `${HOLDERS} AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.granted;`;
}

/** Long enough for what only changes the catalog; who waits longer for a lock holds up everybody behind it. */
export const SHORT = { lockTimeoutMs: 5_000, statementTimeoutMs: 60_000 } as const;

const LOOK: CommandEffect = { kind: "look" };

export function command(
  run: string,
  why: string,
  effect = LOOK,
  gaps: readonly string[] = [],
  application: string | null = null,
): CommandStep {
  return { kind: "command", id: stableId("r", [run, application]), run, application, why, effect, gaps };
}

/** One that changes no more than a GRANT does. */
export function statement(sql: string, why: string, gaps: readonly string[] = []): SqlStep {
  return {
    ...{ kind: "sql", id: stableId("r", [sql]), statement: sql, why, gaps },
    ...{ transactional: true, group: 1, ...SHORT, hazards: [], table: null, checks: [], undo: null },
  };
}

/** The table's own name is fixed and holds no dot, so the last dot ends the schema's name. */
function quoteTable(table: string | null): string {
  const name = table ?? "_prisma_migrations";
  const dot = name.lastIndexOf(".");
  const parts = dot === -1 ? [name] : [name.slice(0, dot), name.slice(dot + 1)];
  return parts.map(quoteIdentifier).join(".");
}
