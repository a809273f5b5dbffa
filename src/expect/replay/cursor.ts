/** A reader over the tokens of one statement. It moves only when what is asked for is there. */
import type { Token } from "../../sql/index.js";

/** A name as written: the schema is null when there is none in the text. */
export interface WrittenName {
  readonly schema: string | null;
  readonly name: string;
  /** The token of the last part. */
  readonly token: Token;
}

export interface Cursor {
  done(): boolean;
  peek(ahead?: number): Token | null;
  /** The value of the next token when it is a bare word, else null. */
  word(ahead?: number): string | null;
  next(): Token | null;
  /** Moves over the words when they all come next, in this order. */
  skip(...words: readonly string[]): boolean;
  /** Moves over any of the words, as long as they come. */
  skipAny(...words: readonly string[]): void;
  /** Moves over `name`, `schema.name` or `database.schema.name`; null when no name comes next. */
  name(): WrittenName | null;
  /** Moves to the word outside of brackets, and over it; false (and the end) when it does not come. */
  find(word: string): boolean;
}

export function cursorOver(tokens: readonly Token[]): Cursor {
  let at = 0;
  const peek = (ahead = 0) => tokens[at + ahead] ?? null;
  const word = (ahead = 0) => {
    const token = peek(ahead);
    return token?.kind === "word" ? token.value : null;
  };
  const part = () => {
    const token = peek();
    if (token === null || (token.kind !== "word" && token.kind !== "quoted")) return null;
    at += 1;
    return token;
  };
  const skip = (...words: readonly string[]) => {
    if (!words.every((each, ahead) => word(ahead) === each)) return false;
    at += words.length;
    return true;
  };
  return {
    done: () => at >= tokens.length,
    peek,
    word,
    next: () => {
      const token = peek();
      if (token !== null) at += 1;
      return token;
    },
    skip,
    skipAny: (...words) => {
      while (words.includes(word() ?? "")) at += 1;
    },
    name: () => {
      let token = part();
      let schema: string | null = null;
      while (token !== null && peek()?.value === "." && peek()?.kind === "symbol") {
        schema = token.value;
        at += 1;
        token = part();
      }
      return token === null ? null : { schema, name: token.value, token };
    },
    find: (wanted) => {
      let depth = 0;
      while (at < tokens.length) {
        const token = tokens[at];
        at += 1;
        if (token?.kind === "symbol" && token.value === "(") depth += 1;
        if (token?.kind === "symbol" && token.value === ")") depth -= 1;
        if (depth === 0 && token?.kind === "word" && token.value === wanted) return true;
      }
      return false;
    },
  };
}

/** The tokens cut at commas outside of brackets. */
export function cutAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "symbol" && (token.value === "(" || token.value === "[")) depth += 1;
    if (token.kind === "symbol" && (token.value === ")" || token.value === "]")) depth -= 1;
    if (depth === 0 && token.kind === "symbol" && token.value === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** What stands between the next `(` and the `)` that closes it; empty when there is none. */
export function bracketed(tokens: readonly Token[], from: number): Token[] {
  const open = tokens.findIndex((token, at) => at >= from && token.kind === "symbol" && token.value === "(");
  if (open < 0) return [];
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === "symbol" && token.value === "(") depth += 1;
    if (token?.kind === "symbol" && token.value === ")") depth -= 1;
    if (depth === 0) return tokens.slice(open + 1, at);
  }
  return tokens.slice(open + 1);
}
