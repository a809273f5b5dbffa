/** Patterns of check files, tried on texts of the application: neither of the two may hold up the run. */
import { withinLimit } from "./deadline.js";

/** As much as is read of an answer; a value of an SQL step may be longer. */
const MAX_TEXT = 1024 * 1024;
const MOST_COMPILED = 1_000;

const compiled = new Map<string, RegExp>();

/** What is wrong with a pattern, or null when it can be used. */
export function patternProblem(pattern: string): string | null {
  try {
    compile(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether the pattern matches, or why that cannot be said. */
export function matchPattern(pattern: string, text: string): boolean | { readonly problem: string } {
  return bounded(pattern, text, (expression) => expression.test(text));
}

/** What a group of the first match holds; undefined: no match, or the group took no part in it. */
export function findPattern(
  pattern: string,
  group: number | string,
  text: string,
): { readonly found: string | undefined } | { readonly problem: string } {
  return bounded(pattern, text, (expression) => {
    const match = expression.exec(text);
    return { found: typeof group === "number" ? match?.[group] : match?.groups?.[group] };
  });
}

function bounded<T>(pattern: string, text: string, work: (expression: RegExp) => T): T | { readonly problem: string } {
  const problem = text.length > MAX_TEXT ? "the text is longer than 1 MiB" : patternProblem(pattern);
  if (problem !== null) return { problem };
  const expression = compile(pattern);
  const result = withinLimit(() => work(expression));
  return result.inTime ? result.value : { problem: "the pattern took longer than 1 s on this text" };
}

/** Patterns repeat in every round of a poll; only those that hold captured values are new each time. */
function compile(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const expression = new RegExp(pattern, "u");
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(pattern, expression);
  return expression;
}
