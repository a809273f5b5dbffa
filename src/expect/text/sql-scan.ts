/**
 * A look at SQL text that people write into check files: where strings, quoted names and comments begin and end, and
 * whether the text stays what it claims to be (one column definition, one expression). It does not parse SQL: what the
 * text means is PostgreSQL's to say. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */

import { commentsFrom, nextToken, type Token } from "../../sql/index.js";

export interface SqlScan {
  /** Why the text cannot be one piece of SQL, or null. */
  readonly problem: string | null;
  /** A comma outside of parentheses and brackets. */
  readonly topLevelComma: boolean;
  /** Unquoted words outside of parentheses, in lower case, in order: `timestamp not null default current_timestamp`. */
  readonly words: readonly string[];
  /** The numbers of `$1`, `$2`, ... wherever they stand. */
  readonly parameters: ReadonlySet<number>;
  /** The text between top-level commas. */
  readonly parts: readonly string[];
}

/** Scans one text; never throws. */
export function scanSql(text: string): SqlScan {
  const state = { stack: [] as string[], words: [] as string[], cuts: [] as number[], parameters: new Set<number>() };
  let problem: string | null = null;
  for (let at = 0; ; ) {
    const token = nextToken(text, at);
    problem = unclosedComment(text, at) ?? (token === null ? null : troubleWith(token, state.stack));
    if (token === null || problem !== null) break;
    const outside = state.stack.length === 0;
    if (token.kind === "word" && outside) state.words.push(token.value);
    if (token.kind === "symbol" && token.value === "," && outside) state.cuts.push(token.start);
    if (token.kind === "parameter") state.parameters.add(Number(token.value));
    // There are no commands of psql here: what stands after a backslash counts.
    at = token.kind === "meta" ? token.start + 1 : token.end;
  }
  if (state.stack.length > 0) problem ??= `"${state.stack.at(-1)}" is not closed`;
  const { words, parameters, cuts } = state;
  return { problem, topLevelComma: cuts.length > 0, words, parameters, parts: cutAt(text, cuts) };
}

function unclosedComment(text: string, at: number): string | null {
  return commentsFrom(text, at).every(({ closed }) => closed) ? null : '"/*" is not closed';
}

/** Keeps the stack of open brackets, and says what is wrong with this token. */
function troubleWith({ kind, value, unclosed }: Token, stack: string[]): string | null {
  if (unclosed !== null) return `${JSON.stringify(unclosed)} is not closed`;
  if (kind !== "symbol") return null;
  if (value === ";") return 'there is a ";" in it, and only one piece of SQL can stand here';
  if (value === "(" || value === "[") stack.push(value);
  if (value === ")" || value === "]") {
    const opened = stack.pop();
    if (opened !== (value === ")" ? "(" : "[")) return `"${value}" closes nothing`;
  }
  return null;
}

function cutAt(text: string, cuts: readonly number[]): string[] {
  const starts = [0, ...cuts.map((cut) => cut + 1)];
  return starts.map((start, i) => text.slice(start, cuts[i] ?? text.length).trim());
}

/** Why a text is not one column definition (the part after the column's name), one domain definition or one exclusion. */
export function definitionProblem(text: string): string | null {
  const scan = scanSql(text);
  if (scan.problem !== null) return scan.problem;
  if (scan.topLevelComma) return 'there is a "," in it, and only one definition can stand here';
  return parameterProblem(scan);
}

/** Why a text is not one expression. */
export function expressionProblem(text: string): string | null {
  const scan = scanSql(text);
  if (scan.problem !== null) return scan.problem;
  if (scan.topLevelComma) return 'there is a "," in it, and only one expression can stand here';
  return parameterProblem(scan);
}

function parameterProblem(scan: SqlScan): string | null {
  const [first] = scan.parameters;
  return first === undefined ? null : `there is a parameter $${first} in it, and nothing that could fill it`;
}
