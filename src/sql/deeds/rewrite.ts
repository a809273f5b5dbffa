/** Text that stands inside other text (a body, a literal, a format), with the way back to the places it came from. */
import type { Token } from "../types.js";

export interface Rewritten {
  readonly text: string;
  /** Offset in the outer text for an offset in this one. */
  offsetOf(at: number): number;
}

/** @param pattern with flag g @param base offset of `source` in the outer text */
export function rewrite(
  source: string,
  base: number,
  pattern: RegExp,
  replacement: (match: RegExpExecArray) => string,
): Rewritten {
  const anchors = [{ at: 0, outer: base }];
  let [text, from] = ["", 0];
  for (const match of source.matchAll(pattern)) {
    text += source.slice(from, match.index);
    anchors.push({ at: text.length, outer: base + match.index });
    text += replacement(match);
    from = match.index + match[0].length;
    anchors.push({ at: text.length, outer: base + from });
  }
  const offsetOf = (at: number) => {
    let [low, high] = [0, anchors.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    const { at: begin, outer } = anchors[low - 1] ?? { at: 0, outer: base };
    const limit = anchors[low]?.outer ?? base + source.length;
    return Math.min(outer + at - begin, limit);
  };
  return { text: text + source.slice(from), offsetOf };
}

/** The part of a text as it is. */
export function sliceOf(text: string, start: number, end: number): Rewritten {
  return { text: text.slice(start, end), offsetOf: (at) => start + at };
}

/** The inner text of what `outer` leads to. */
export function within(outer: Rewritten, inner: Rewritten): Rewritten {
  return { text: inner.text, offsetOf: (at) => outer.offsetOf(inner.offsetOf(at)) };
}

const NEVER = /(?!)/g;
/** A doubled quote stands for one; what is between a quote and the next is the gap in a string that goes on. */
const DOUBLED = /''|'[^']*'/g;
const ESCAPED = /''|'[^']*'|\\([\s\S])/g;
const BLANKS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** What a string or dollar quote of `text` holds; escapes by number stay as they are. */
export function contentOf(text: string, { kind, start, end, value }: Token): Rewritten {
  const written = text.slice(start, end);
  if (kind === "dollar") return rewrite(value, start + written.indexOf("$", 1) + 1, NEVER, () => "");
  const open = written.indexOf("'") + 1;
  const source = written.slice(open, written.length - (written.endsWith("'") && written.length > open ? 1 : 0));
  const pattern = /^e/i.test(written) ? ESCAPED : DOUBLED;
  return rewrite(source, start + open, pattern, ([whole, code]) => {
    if (code !== undefined) return BLANKS[code] ?? code;
    return whole === "''" ? "'" : "";
  });
}
