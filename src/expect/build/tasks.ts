/** Statements that build what a file expects, each with the place it comes from, run until nothing more succeeds. */
import { describeDatabaseError, isServerError, type SqlConnection } from "../../db/index.js";
import type { Path } from "../load/place.js";

/** An object by the word that PostgreSQL's messages use for it. */
export interface Defined {
  readonly kind: "schema" | "type" | "relation" | "column";
  readonly name: string;
}

export interface BuildTask {
  readonly path: Path;
  readonly part: "key" | "value";
  readonly statement: string;
  /** What other statements may use: when this one fails, "does not exist" elsewhere is no news. */
  readonly defines: Defined | null;
  /** Statement that may make another attempt succeed, for one SQLSTATE. */
  readonly remedy?: { readonly sqlstate: string; readonly statement: string };
}

export interface Refusal {
  readonly task: Pick<BuildTask, "path" | "part" | "defines">;
  readonly message: string;
  readonly sqlstate: string;
}

/**
 * Runs every task; those that fail are tried again as long as others succeed, because a file may name things in any
 * order (a column that references a table further down).
 * @returns what PostgreSQL refuses in the end
 * @throws what is not an answer of the server
 */
export async function runTasks(connection: SqlConnection, tasks: readonly BuildTask[]): Promise<Refusal[]> {
  let pending = tasks;
  for (;;) {
    const refusals: Refusal[] = [];
    const failed: BuildTask[] = [];
    for (const task of pending) {
      const refusal = await runTask(connection, task);
      if (refusal === null) continue;
      refusals.push(refusal);
      failed.push(task);
    }
    if (failed.length === 0 || failed.length === pending.length) return refusals;
    pending = failed;
  }
}

async function runTask(connection: SqlConnection, task: BuildTask): Promise<Refusal | null> {
  const refusal = await attempt(task, () => connection.query(task.statement));
  if (refusal === null || refusal.sqlstate !== task.remedy?.sqlstate) return refusal;
  const { statement } = task.remedy;
  if ((await attempt(task, () => connection.query(statement))) !== null) return refusal;
  return attempt(task, () => connection.query(task.statement));
}

/** Null when the work succeeds; the server's refusal otherwise. */
export async function attempt(task: Refusal["task"], work: () => Promise<unknown>): Promise<Refusal | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!isServerError(error)) throw error;
    return { task, message: describeDatabaseError(error), sqlstate: error.code };
  }
}

/** undefined_table, undefined_column, undefined_object, undefined_function, invalid_schema_name */
const UNDEFINED: ReadonlySet<string> = new Set(["42P01", "42703", "42704", "42883", "3F000"]);

export function isUndefined({ sqlstate }: Refusal): boolean {
  return UNDEFINED.has(sqlstate);
}

/** Without those that only say that something refused itself is not there. */
export function withoutConsequences(refusals: readonly Refusal[]): Refusal[] {
  const refused = refusals.flatMap(({ task }) => task.defines ?? []);
  const causes = refusals.filter(
    (refusal) => !isUndefined(refusal) || !refused.some((object) => says(refusal.message, object)),
  );
  // Two generated columns that use each other: each is the consequence of the other.
  return causes.length > 0 ? causes : [...refusals];
}

/** `column "x"`, `relation "schema.x"`, and the type that comes with a relation. */
function says(message: string, { kind, name }: Defined): boolean {
  const kinds = kind === "relation" ? ["relation", "type"] : [kind];
  return kinds.some((word) => message.includes(`${word} "${name}"`) || ending(message, word).endsWith(`.${name}`));
}

/** The quoted name after the word. */
function ending(message: string, word: string): string {
  const start = message.indexOf(`${word} "`);
  return start < 0 ? "" : message.slice(start, message.lastIndexOf('"'));
}
