/** Makes deeds of one statement, each with the offset of the name: trees have places for some names only. */
import type { Token } from "../tokens.js";
import type { ParsedStatement } from "../types.js";
import type { WrittenName } from "./names.js";
import type { Deed, DeedKind } from "./types.js";

/** The words that every statement about an object begins with: `CREATE TABLE`, `DROP INDEX`. */
const HEAD_WORDS = 2;
/** A name that is not found within so many tokens is spelled in a way that we do not undo. */
const FARTHEST = 10_000;

export interface DeedOptions {
  readonly guarded?: boolean | undefined;
  /** What the object belongs to: its schema is the one of the deed. */
  readonly relation?: WrittenName | null;
}

export interface Reading {
  readonly statement: ParsedStatement;
  /** Deeds are made in the order of the text: a name without a place is looked for after the one before it. Null name: none. */
  deed(act: Deed["act"], kind: DeedKind, name: WrittenName | null, options?: DeedOptions): Deed[];
  /** A part of what `whole` is about; `keywords`: words between the location and the name. */
  part(whole: Deed, act: Deed["act"], kind: DeedKind, name: string | undefined, place?: PartPlace): Deed[];
  /** The next names are looked for after this offset. */
  skipTo(offset: number): void;
}

export interface PartPlace {
  readonly location?: number | undefined;
  readonly keywords?: number;
  readonly guarded?: boolean | undefined;
}

export function readingOf(statement: ParsedStatement): Reading {
  const tokens = statement.tokens();
  let next = HEAD_WORDS;
  const found = (index: number): number => {
    next = index + 1;
    return tokens[index]?.start ?? statement.start;
  };
  const placeOf = (kind: DeedKind, name: string, location: number | undefined, before: number): number => {
    if (location !== undefined && location >= 0) return found(indexAt(tokens, statement.offsetOf(location)) + before);
    for (let index = next; index < Math.min(tokens.length, next + FARTHEST); index++) {
      if (isNamed(tokens[index], kind, name)) return found(index);
    }
    return tokens[Math.min(next, tokens.length - 1)]?.start ?? statement.start;
  };
  return {
    statement,
    deed: (act, kind, written, { guarded = false, relation } = {}) => {
      if (written === null) return [];
      const { name, location, qualifiers } = written;
      const at = placeOf(kind, name, location, qualifiers * 2);
      const schema = relation === undefined ? written.schema : (relation?.schema ?? null);
      return [{ act, kind, schema, relation: relation?.name ?? null, name, guarded, at }];
    },
    part: (whole, act, kind, name, { location, keywords = 0, guarded = false } = {}) => {
      if (name === undefined) return [];
      const at = placeOf(kind, name, location, keywords);
      const { schema, name: relation } = whole;
      return [{ act, kind, schema, relation, name, guarded: whole.guarded || guarded, at }];
    },
    skipTo: (offset) => {
      next = indexAt(tokens, offset);
    },
  };
}

function isNamed(token: Token | undefined, kind: DeedKind, name: string): boolean {
  if (token === undefined || token.value !== name) return false;
  return kind === "label" ? token.kind === "string" : token.kind === "word" || token.kind === "quoted";
}

/** Index of the first token that begins at or after the offset. */
function indexAt(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
