/** JSONPath by RFC 9535, through json-p3 in its strict mode. */
import { compile, type JSONPathQuery, type JSONValue } from "json-p3";
import type { Json } from "../model/report.js";
import { withinLimit } from "./deadline.js";

const compiled = new Map<string, JSONPathQuery>();

/** What is wrong with a path, or null when it is well formed. */
export function pathProblem(path: string): string | null {
  try {
    compilePath(path);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Every value that the path selects, in order; none when it matches nothing.
 * A value that is nested too deeply for the path, or keeps it busy for a second, is a `problem`, not an empty answer.
 */
export function select(
  path: string,
  value: Json,
): { readonly values: readonly Json[]; readonly problem: string | null } {
  try {
    const query = compilePath(path);
    const found = withinLimit(() => query.query(value as JSONValue).nodes);
    if (!found.inTime) return { values: [], problem: "the path took longer than 1 s on this answer" };
    return { values: found.value.map((node) => node.value as Json), problem: null };
  } catch (error) {
    return { values: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Paths repeat in every round of a poll; their number is that of the check files. */
function compilePath(path: string): JSONPathQuery {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const query = compile(path);
  compiled.set(path, query);
  return query;
}
