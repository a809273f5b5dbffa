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

/** Each begins where the white space begins: from every place inside of it, long white space would take minutes. */
const NULLS = /(?<!\s)\s+nulls\s+(first|last)$/i;
const ORDER = /(?<!\s)\s+(asc|desc)$/i;

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
  if (isColumn(key)) return plain;
  const whole = key.trimEnd();
  const [nullsText = "", nulls] = NULLS.exec(whole) ?? [];
  const ordered = whole.slice(0, whole.length - nullsText.length);
  const [orderText = "", order] = ORDER.exec(ordered) ?? [];
  const name = ordered.slice(0, ordered.length - orderText.length);
  const isExpression = name.includes("(") && !isColumn(name);
  return {
    ...plain,
    column: isExpression ? null : name,
    expression: isExpression ? name : null,
    order: order === undefined ? null : order.toLowerCase() === "desc" ? "desc" : "asc",
    nulls: nulls === undefined ? null : nulls.toLowerCase() === "first" ? "first" : "last",
  };
}
