/**
 * Text without its line breaks. Base64 is written in lines of 60, 64 or 76 characters by Ruby, PEM and MIME, and pages
 * and logs wrap whatever is long: a secret that goes on in the next line is a secret, too.
 */

export interface Folded {
  readonly text: string;
  /** Where a character of it stands in the whole text; of its length: the length of the whole. */
  readonly origin: (at: number) => number;
}

/**
 * A break with the indentation behind it: of the text itself, of a quoted-printable text, as JSON writes it (in JSON
 * inside JSON, too), as URLs do, and as HTML does. All runs are bounded: an answer of a megabyte may be made of them.
 */
const BREAK = /(?:=?(?:\r\n?|\n)|(?:\\{1,7}r)?\\{1,7}n|(?:%0D)?%0A|<br ?\/?>)[ \t]{0,40}/gi;

/** Null when the text is one line. */
export function fold(text: string): Folded | null {
  const parts: string[] = [];
  // Of each part: where it begins in the folded text, and in the whole.
  const starts: (readonly [folded: number, whole: number])[] = [];
  let length = 0;
  let from = 0;
  const keep = (to: number) => {
    starts.push([length, from]);
    parts.push(text.slice(from, to));
    length += to - from;
  };
  for (const match of text.matchAll(BREAK)) {
    keep(match.index);
    from = match.index + match[0].length;
  }
  if (starts.length === 0) return null;
  keep(text.length);
  return { text: parts.join(""), origin: (at) => originOf(starts, at) };
}

function originOf(starts: readonly (readonly [number, number])[], at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle]?.[0] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const [folded = 0, whole = 0] = starts[low] ?? [];
  return whole + (at - folded);
}
