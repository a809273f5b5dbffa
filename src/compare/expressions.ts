import type { Expression } from "../model/schema.js";

/** Whether two expressions are the same: `unknown` when one of them could not be printed (its relation is locked). */
export type Sameness = "same" | "different" | "unknown";

export function sameExpression(expected: Expression | null, actual: Expression | null): Sameness {
  if (expected === null || actual === null) return expected === actual ? "same" : "different";
  if (expected.renderings.length === 0 || actual.renderings.length === 0) return "unknown";
  const known = new Set(actual.renderings.map(withoutTextCasts));
  return expected.renderings.some((text) => known.has(withoutTextCasts(text))) ? "same" : "different";
}

const TEXT_CAST = /::(?:text|character varying)(?:\[\])?/g;
const AROUND_ONE_TERM = /(^|[^\w"])\(((?:"[^"]+"|\w+|'(?:[^']|'')*'|ARRAY\[[^()[\]]*\]))\)/g;

/**
 * text and character varying compare alike, so PostgreSQL casts between them wherever it likes: `lower(name)` on a text
 * column is `lower((name)::text)` on a varchar one, and `IN` lists print differently after a dump and restore.
 */
function withoutTextCasts(text: string): string {
  let bare = text.replace(TEXT_CAST, "");
  for (let before = ""; before !== bare; ) {
    before = bare;
    bare = bare.replace(AROUND_ONE_TERM, "$1$2");
  }
  return bare;
}
