/** Every statement by itself, to learn at once what PostgreSQL refuses and where. */
import { isServerError } from "../../db/index.js";
import { quoteIdentifier } from "../../model/names.js";
import type { ScratchServer } from "../../scratch/index.js";
import { replay } from "../replay/index.js";
import { asDirectory, type ScriptPart } from "./script.js";

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
  schemas: readonly string[],
): Promise<readonly Refusal[]> {
  const connection = await scratch.connect();
  try {
    // Extensions and schemas as ever: what the server lacks is left out.
    const ground = parts.filter(({ sql }) => GROUND.test(sql));
    await replay({
      directory: asDirectory(ground.map(({ sql }) => sql).join("")),
      connection,
      schemas,
      keepGoing: true,
    });
    await connection.execute(`set search_path to ${quoteIdentifier(schemas[0] ?? "public")}; ${ENGLISH}`);
    const refusals: Refusal[] = [];
    for (const part of parts.filter((each) => !ground.includes(each))) {
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

const GROUND = /^(?:-- Create(?:Schema|Extension)\r?\n|CREATE EXTENSION )/;

/** The texts of errors tell which object is meant; only a superuser may choose their language. */
const ENGLISH =
  "do $$ begin perform set_config('lc_messages', 'C', false); exception when insufficient_privilege then null; end $$";

/** PostgreSQL counts characters from 1, not UTF-16 units. */
function lineOf(sql: string, position: number): number | null {
  if (position <= 0) return null;
  return [...sql].slice(0, position - 1).filter((character) => character === "\n").length;
}
