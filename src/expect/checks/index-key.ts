/** One key of an index, as written: `projectId`, `createdAt desc nulls last`, `lower(email)`, or the long form. */
import type { IndexKeySection } from "../schema/check-file.js";

export interface IndexKeyText {
  readonly column: string | null;
  readonly expression: string | null;
  readonly order: "asc" | "desc" | null;
  readonly nulls: "first" | "last" | null;
  readonly operatorClass: string | null;
  readonly collation: string | null;
}

const SUFFIX = /^(.*?)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?\s*$/is;

/**
 * Reads a key. A text that is exactly the name of a column is that column, whatever it looks like; otherwise order words
 * at the end are taken off, and a parenthesis in the rest makes it an expression.
 */
export function readIndexKey(key: IndexKeySection, isColumn: (name: string) => boolean): IndexKeyText {
  if (typeof key !== "string") {
    return {
      column: key.column ?? null,
      expression: key.expression ?? null,
      order: key.order ?? null,
      nulls: key.nulls ?? null,
      operatorClass: key.operatorClass ?? null,
      collation: key.collation ?? null,
    };
  }
  const plain = { column: key, expression: null, order: null, nulls: null, operatorClass: null, collation: null };
  const found = SUFFIX.exec(key);
  if (isColumn(key) || found === null) return plain;
  const [, name = key, order, nulls] = found;
  const isExpression = name.includes("(") && !isColumn(name);
  return {
    ...plain,
    column: isExpression ? null : name,
    expression: isExpression ? name : null,
    order: order === undefined ? null : order.toLowerCase() === "desc" ? "desc" : "asc",
    nulls: nulls === undefined ? null : nulls.toLowerCase() === "first" ? "first" : "last",
  };
}
