/**
 * Cuts a script into statements without understanding them, the way psql does, and marks what is not SQL. The grammar
 * does it better, and for whole scripts only: this is for scripts with mistakes, and for what must be set aside first.
 */
import { endOfLine, nextToken, type Token } from "./tokens.js";
import type { Range } from "./types.js";

/** One statement of a script, without its semicolon and the comments around it. */
export interface CutStatement extends Range {
  readonly tokens: readonly Token[];
}

export interface CutScript {
  readonly statements: readonly CutStatement[];
  readonly metaLines: readonly Range[];
  readonly copies: readonly Range[];
}

/** Never throws: a script that is not closed properly has a last statement that goes to its end. */
export function cutScript(sql: string): CutScript {
  const statements: CutStatement[] = [];
  const metaLines: Range[] = [];
  const copies: Range[] = [];
  let tokens: Token[] = [];
  let at = 0;
  const depth = new Depth();
  const finish = () => {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (first !== undefined && last !== undefined) statements.push({ start: first.start, end: last.end, tokens });
    tokens = [];
    depth.reset();
  };
  for (let token = nextToken(sql, at); token !== null; token = nextToken(sql, at)) {
    at = token.end;
    if (token.kind === "meta") {
      metaLines.push({ start: token.start, end: token.end });
    } else if (token.value === ";" && token.kind === "symbol" && depth.isTop()) {
      const data = isCopyFromStdin(tokens) ? endOfCopyData(sql, at) : null;
      if (data !== null) {
        copies.push({ start: tokens[0]?.start ?? at, end: data });
        tokens = [];
        at = data;
      }
      finish();
    } else {
      depth.see(token, tokens);
      tokens.push(token);
    }
  }
  finish();
  return { statements, metaLines, copies };
}

/** How deep we are in brackets, and in the body of a function that is written as SQL (BEGIN ATOMIC ... END). */
class Depth {
  #brackets = 0;
  #blocks = 0;
  #isRoutine = false;

  reset(): void {
    this.#brackets = 0;
    this.#blocks = 0;
    this.#isRoutine = false;
  }

  isTop(): boolean {
    return this.#brackets === 0 && this.#blocks === 0;
  }

  see(token: Token, before: readonly Token[]): void {
    if (token.kind === "symbol") {
      if (token.value === "(" || token.value === "[") this.#brackets += 1;
      if (token.value === ")" || token.value === "]") this.#brackets = Math.max(0, this.#brackets - 1);
    }
    if (token.kind !== "word") return;
    const { value } = token;
    if (before.length <= 3 && (value === "function" || value === "procedure")) {
      this.#isRoutine = before[0]?.value === "create";
    }
    if (!this.#isRoutine) return;
    if (value === "atomic" && before.at(-1)?.value === "begin" && this.#blocks === 0) this.#blocks = 1;
    else if (this.#blocks > 0 && (value === "begin" || value === "case")) this.#blocks += 1;
    else if (this.#blocks > 0 && value === "end") this.#blocks -= 1;
  }
}

function isCopyFromStdin(tokens: readonly Token[]): boolean {
  if (tokens[0]?.value !== "copy") return false;
  return tokens.some(({ value }, position) => value === "from" && tokens[position + 1]?.value === "stdin");
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
