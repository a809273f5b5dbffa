/** The statements that give something its expected name: diagnose ends a fact of its evidence with one, repair runs it. */
import type { Cause } from "./report.js";

const RENAME = / To (?:rename it|give it the expected name): (ALTER .*;)$/s;

/** Those in the evidence of a cause, in order. */
export function renamesIn({ evidence }: Pick<Cause, "evidence">): string[] {
  return evidence.flatMap(({ fact }) => RENAME.exec(fact)?.[1] ?? []);
}
