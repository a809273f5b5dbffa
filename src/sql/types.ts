/** What the grammar makes of a script. Offsets are UTF-16 units of the script, `end` exclusive. */
import type { Node } from "libpg-query";

export interface Range {
  readonly start: number;
  readonly end: number;
}

export type TokenKind = "word" | "quoted" | "string" | "dollar" | "number" | "parameter" | "symbol" | "meta";

export interface Token {
  readonly kind: TokenKind;
  /** Offsets in the script (UTF-16 units), `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Names as the catalog stores them (folded, unquoted, cut to 63 bytes); the content of strings; else the text. */
  readonly value: string;
  /** What began it and is not closed: a quote, for example; null: nothing. */
  readonly unclosed: string | null;
}

/** PostgreSQL's own parser, loaded. */
export interface Grammar {
  /** Reads a whole script as psql would; never throws: what the grammar refuses is told statement by statement. */
  parseScript(sql: string): ParsedScript;
}

export interface ParsedScript {
  readonly sql: string;
  /** In the order of the text; empty statements are left out. */
  readonly statements: readonly ParsedStatement[];
  /** Lines with commands of psql: the server does not know them. */
  readonly metaLines: readonly Range[];
  /** `COPY ... FROM stdin;` with its rows: they are data, and travel another way than statements do. */
  readonly copies: readonly Range[];
}

export interface ParseProblem {
  /** `refused`: no server of this version takes the text. `unread`: the parser gave up, which says nothing about the text. */
  readonly kind: "refused" | "unread";
  /** In PostgreSQL's words when it is refused. */
  readonly message: string;
  /** Offset in the script of what PostgreSQL points at. */
  readonly at: number;
}

/** One statement, without its semicolon and the comments before and after it. */
export interface ParsedStatement extends Range {
  /** As written; what must be set aside (rows, commands of psql) is blank. */
  readonly text: string;
  /** The tree as PostgreSQL's grammar gives it, for example `{ CreateStmt: {...} }`; null: the grammar refuses the text. */
  readonly node: Node | null;
  /** Why there is no tree; null when there is one. */
  readonly problem: ParseProblem | null;
  /**
   * The offset in the script for a `location` inside the tree. Trees leave out a location of 0, and have -1 for
   * unknown: both give the begin of the statement.
   */
  offsetOf(location: number | undefined): number;
  /** The words, names, strings and symbols of the text, without comments; made anew for each call. */
  tokens(): readonly Token[];
}
