/** A script with everything blanked that words must not be looked for in. */
import { commentsFrom } from "./comments.js";
import { nextToken } from "./tokens.js";
import type { Token } from "./types.js";

export interface SqlText {
  /** The text with comments blanked, and strings and quoted names too but for their first character; same length and lines. */
  readonly code: string;
  /** Offsets at which `--` comments begin, in order. */
  readonly lineComments: ReadonlySet<number>;
}

/** Scans a whole script; never throws: what is not closed reaches to the end, as it would for PostgreSQL. */
export function scanSqlText(text: string): SqlText {
  const parts: string[] = [];
  const lineComments = new Set<number>();
  let at = 0;
  const blank = (start: number, end: number) => {
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, " "));
    at = end;
  };
  for (let from = 0; ; ) {
    for (const comment of commentsFrom(text, from)) {
      if (comment.kind === "line") lineComments.add(comment.start);
      blank(comment.start, comment.end);
    }
    const token = nextToken(text, at > from ? at : from);
    if (token === null) break;
    if (isQuoted(token)) blank(token.start + prefixOf(text, token), token.end);
    from = token.end;
  }
  parts.push(text.slice(at));
  return { code: parts.join(""), lineComments };
}

function isQuoted({ kind }: Token): boolean {
  return kind === "string" || kind === "dollar" || kind === "quoted";
}

/** `E'`, `"`, `U&"`, `$`: what shows that something stands there. */
function prefixOf(text: string, { start, kind }: Token): number {
  return kind === "dollar" ? 1 : text.slice(start, start + 3).search(/['"]/) + 1;
}
