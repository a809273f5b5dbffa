/** A statement as a report may show it. Pure. */
import { tokensOf } from "../sql/index.js";

const LONGEST = 160;

/** On one line, not too long, without its literals: they may be passwords. */
export function printable(statement: string): string {
  const words = tokensOf(statement, 0, statement.length).map(({ kind, start, end }) => {
    return { start, end, text: LITERALS.includes(kind) ? "'...'" : statement.slice(start, end) };
  });
  const text = words
    .map((word, at) => `${(words[at - 1]?.end ?? word.start) < word.start ? " " : ""}${word.text}`)
    .join("");
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} ...`;
}

const LITERALS: readonly string[] = ["string", "dollar"];
