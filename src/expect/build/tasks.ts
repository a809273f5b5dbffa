/** Statements that build what a file expects, each with the place it comes from, run until nothing more succeeds. */
import { describeDatabaseError, isServerError, type SqlConnection } from "../../db/index.js";
import { ScriptStopped } from "../../scratch/index.js";
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
  /** Null: said by us, not by PostgreSQL. */
  readonly sqlstate: string | null;
}

/** Thrown by the first statement after the deadline (deadline.ts). */
export class BuildTimeout extends Error {
  override readonly name = "BuildTimeout";

  /** @param task what was to be done; null: reading back what had been built */
  constructor(readonly task: Refusal["task"] | null) {
    super("the deadline for building a check file has passed");
  }
}

/** A statement on empty tables that takes longer computes something that no schema needs. */
export const STATEMENT_SECONDS = 5;

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

/**
 * Null when the work succeeds; the server's refusal otherwise.
 * @throws BuildTimeout with the task; what is not an answer of the server
 */
export async function attempt(task: Refusal["task"], work: () => Promise<unknown>): Promise<Refusal | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof BuildTimeout) throw new BuildTimeout(task);
    if (error instanceof ScriptStopped) return { task, message: error.message, sqlstate: null };
    if (!isServerError(error)) throw error;
    if (error.code === QUERY_CANCELED) return { task, message: tooLong(task), sqlstate: null };
    return { task, message: describeDatabaseError(error), sqlstate: error.code };
  }
}

const QUERY_CANCELED = "57014";

function tooLong({ defines }: Refusal["task"]): string {
  const what = defines === null ? "this" : `${defines.kind} ${JSON.stringify(defines.name)}`;
  return `${what} takes PostgreSQL more than ${STATEMENT_SECONDS} s on an empty table`;
}

/** undefined_table, undefined_column, undefined_object, undefined_function, invalid_schema_name */
const UNDEFINED: ReadonlySet<string> = new Set(["42P01", "42703", "42704", "42883", "3F000"]);

export function isUndefined({ sqlstate }: Refusal): boolean {
  return sqlstate !== null && UNDEFINED.has(sqlstate);
}

/** Without those that only say that something refused itself is not there. */
export function withoutConsequences(refusals: readonly Refusal[]): Refusal[] {
  const refused = namesByKind(refusals.flatMap(({ task }) => task.defines ?? []));
  const causes = refusals.filter((refusal) => !isUndefined(refusal) || !saysOne(refusal.message, refused));
  // Two generated columns that use each other: each is the consequence of the other.
  return causes.length > 0 ? causes : [...refusals];
}

type NamesByKind = ReadonlyMap<string, ReadonlySet<string>>;

/** Messages speak of the type that comes with a relation, too. */
function namesByKind(objects: readonly Defined[]): NamesByKind {
  const names = new Map<string, Set<string>>();
  for (const { kind, name } of objects) {
    for (const word of kind === "relation" ? ["relation", "type"] : [kind]) {
      const others = names.get(word);
      if (others === undefined) names.set(word, new Set([name]));
      else others.add(name);
    }
  }
  return names;
}

/** Messages quote names of at most 63 bytes; a longer one quotes a piece of the file. */
const LONGEST_MESSAGE = 1_000;

/** Whether the message says `column "x"`, `relation "schema.x"` for one of the names. */
function saysOne(message: string, names: NamesByKind): boolean {
  return [...names].some(([word, ofKind]) =>
    quotedAfter(message.slice(0, LONGEST_MESSAGE), word).some((n) => ofKind.has(n)),
  );
}

/** What may be the name after the word: names may hold quotes and dots themselves. */
function quotedAfter(message: string, word: string): string[] {
  const first = message.indexOf(`${word} "`);
  if (first < 0) return [];
  const start = first + word.length + 2;
  const ends = [...message.matchAll(/"/g)].map(({ index }) => index).filter((end) => end >= start);
  const last = message.slice(start, ends.at(-1) ?? start);
  const unqualified = [...last.matchAll(/\./g)].map(({ index }) => last.slice(index + 1));
  return [...ends.map((end) => message.slice(start, end)), ...unqualified];
}
