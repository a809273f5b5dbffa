/**
 * Cuts a script into statements without understanding them, the way psql does, and marks what is not SQL. The grammar
 * does it better, and for whole scripts only: this is for scripts with mistakes, and for what must be set aside first.
 */
import { endOfLine } from "./comments.js";
import { nextToken } from "./tokens.js";
import type { Range, Token } from "./types.js";

export interface CutScript {
  readonly statements: readonly Range[];
  readonly metaLines: readonly Range[];
  readonly copies: readonly Range[];
}

/** Never throws: a script that is not closed properly has a last statement that goes to its end. */
export function cutScript(sql: string): CutScript {
  const statements: Range[] = [];
  const metaLines: Range[] = [];
  const copies: Range[] = [];
  let open = new OpenStatement();
  let at = 0;
  for (let token = nextToken(sql, at); token !== null; token = nextToken(sql, at)) {
    at = token.end;
    if (token.kind === "meta") {
      metaLines.push({ start: token.start, end: token.end });
    } else if (token.value === ";" && token.kind === "symbol" && open.isTop()) {
      const data = open.copiesFromStdin ? endOfCopyData(sql, at) : null;
      if (data !== null) copies.push({ start: open.start, end: data });
      else if (open.start >= 0) statements.push({ start: open.start, end: open.end });
      at = data ?? at;
      open = new OpenStatement();
    } else {
      open.see(token);
    }
  }
  if (open.start >= 0) statements.push({ start: open.start, end: open.end });
  return { statements, metaLines, copies };
}

/**
 * The statement that is being read: where it stands, how deep we are in brackets, and in the body of a function that is
 * written as SQL (BEGIN ATOMIC ... END).
 */
class OpenStatement {
  /** -1: there is no token yet. */
  start = -1;
  end = -1;
  copiesFromStdin = false;
  #brackets = 0;
  #blocks = 0;
  #count = 0;
  #first = "";
  #last = "";
  #isRoutine = false;

  isTop(): boolean {
    return this.#brackets === 0 && this.#blocks === 0;
  }

  see({ kind, value, start, end }: Token): void {
    if (this.start < 0) this.start = start;
    this.end = end;
    if (kind === "symbol") this.#seeSymbol(value);
    if (kind === "word") this.#seeWord(value);
    if (this.#count === 0 && kind === "word") this.#first = value;
    this.#last = kind === "word" ? value : "";
    this.#count += 1;
  }

  #seeSymbol(value: string): void {
    if (value === "(" || value === "[") this.#brackets += 1;
    if (value === ")" || value === "]") this.#brackets = Math.max(0, this.#brackets - 1);
  }

  #seeWord(value: string): void {
    if (value === "stdin" && this.#last === "from" && this.#first === "copy") this.copiesFromStdin = true;
    if (this.#count <= 3 && (value === "function" || value === "procedure")) this.#isRoutine = this.#first === "create";
    if (!this.#isRoutine) return;
    if (value === "atomic" && this.#last === "begin" && this.#blocks === 0) this.#blocks = 1;
    else if (this.#blocks > 0 && (value === "begin" || value === "case")) this.#blocks += 1;
    else if (this.#blocks > 0 && value === "end") this.#blocks -= 1;
  }
}

/** Rows end with a line `\.`; null when there is no such line. */
function endOfCopyData(sql: string, from: number): number | null {
  const end = /^\\\.[ \t\r]*$/gm;
  end.lastIndex = endOfLine(sql, from);
  return end.exec(sql) === null ? null : end.lastIndex;
}

/** The same text with everything in the ranges turned into blanks: lines and positions stay what they are. */
export function blank(sql: string, ranges: readonly Range[]): string {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  let text = "";
  let at = 0;
  for (const { start, end } of sorted) {
    if (start < at) continue;
    text += sql.slice(at, start) + sql.slice(start, end).replace(/[^\r\n]/g, " ");
    at = end;
  }
  return text + sql.slice(at);
}
