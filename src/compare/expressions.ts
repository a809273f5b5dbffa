import type { Expression } from "../model/schema.js";

/** Whether two expressions are the same: `unknown` when one of them could not be printed (its relation is locked). */
export type Sameness = "same" | "different" | "unknown";

export function sameExpression(expected: Expression | null, actual: Expression | null): Sameness {
  if (expected === null || actual === null) return expected === actual ? "same" : "different";
  if (expected.renderings.length === 0 || actual.renderings.length === 0) return "unknown";
  const meets = expected.renderings.some((text) => actual.renderings.includes(text));
  return meets ? "same" : "different";
}
