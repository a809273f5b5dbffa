/** Every statement by itself, to learn at once what PostgreSQL refuses and where. */
import { isServerError } from "../../db/index.js";
import { quoteIdentifier } from "../../model/names.js";
import type { ScratchServer } from "../../scratch/index.js";
import type { ScriptPart } from "./script.js";

export interface Refusal {
  readonly sqlstate: string;
  readonly message: string;
  /** The statement that was refused. */
  readonly part: ScriptPart;
  /** Line of the part, from 0, that PostgreSQL points at; null: it points at none. */
  readonly line: number | null;
}

/** @throws what is not an answer of PostgreSQL: a lost connection */
export async function refusalsOf(
  parts: readonly ScriptPart[],
  scratch: ScratchServer,
  schema: string,
): Promise<readonly Refusal[]> {
  const connection = await scratch.connect();
  try {
    const home = quoteIdentifier(schema);
    await connection.execute(`create schema if not exists ${home}; set search_path to ${home}; ${ENGLISH}`);
    const refusals: Refusal[] = [];
    for (const part of parts) {
      try {
        await connection.execute(part.sql);
      } catch (error) {
        if (!isServerError(error)) throw error;
        const { code, message, position } = error;
        refusals.push({ sqlstate: code, message, part, line: lineOf(part.sql, Number(position ?? 0)) });
      }
    }
    return refusals;
  } finally {
    await connection.close();
  }
}

/** The texts of errors tell which object is meant; only a superuser may choose their language. */
const ENGLISH =
  "do $$ begin perform set_config('lc_messages', 'C', false); exception when insufficient_privilege then null; end $$";

/** PostgreSQL counts characters from 1, not UTF-16 units. */
function lineOf(sql: string, position: number): number | null {
  if (position <= 0) return null;
  return [...sql].slice(0, position - 1).filter((character) => character === "\n").length;
}
