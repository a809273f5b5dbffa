/** Makes deeds of one statement, each with the offset of the name: trees have places for some names only. */
import { nextToken } from "../tokens.js";
import type { ParsedStatement, Token } from "../types.js";
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
  const { text, start } = statement;
  // Offsets in the text of the statement; only what lies between names is read.
  let next: number | null = null;
  const found = ({ start: place, end }: Token): number => {
    next = end;
    return start + place;
  };
  const search = (kind: DeedKind, name: string): number => {
    const from = next ?? skipTokens(text, 0, HEAD_WORDS);
    let token = nextToken(text, from);
    for (let count = 0; token !== null && count < FARTHEST; count++) {
      if (isNamed(token, kind, name)) return found(token);
      token = nextToken(text, token.end);
    }
    return start + (nextToken(text, from)?.start ?? 0);
  };
  const placeOf = (kind: DeedKind, name: string, location: number | undefined, before: number): number => {
    if (location === undefined || location < 0) return search(kind, name);
    const token = nextToken(text, skipTokens(text, statement.offsetOf(location) - start, before));
    return token === null ? start : found(token);
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
      next = offset - start;
    },
  };
}

/** Offset after so many tokens. */
function skipTokens(text: string, from: number, count: number): number {
  let at = from;
  for (let passed = 0; passed < count; passed++) at = nextToken(text, at)?.end ?? at;
  return at;
}

function isNamed({ kind: tokenKind, value }: Token, kind: DeedKind, name: string): boolean {
  if (value !== name) return false;
  return kind === "label" ? tokenKind === "string" : tokenKind === "word" || tokenKind === "quoted";
}
