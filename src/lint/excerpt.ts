/** A statement for people: its begin, on one line, without passwords. */

const LONGEST = 200;

/** Migrations do hold passwords: of roles, of subscriptions, of user mappings. */
const PASSWORDS: readonly (readonly [RegExp, string])[] = [
  [/(\bpassword\s+)(?:[EU]&?)?'(?:[^']|'')*'/gi, "$1'[redacted]'"],
  [/(\bpassword\s*=\s*)(?:\\?'[^']*'|[^\s'",;)]+)/gi, "$1[redacted]"],
  [/(:\/\/[^\s:/@'"]{0,256}):[^\s'"]{0,256}@/g, "$1:[redacted]@"],
];

export function excerptOf(sql: string): string {
  const safe = PASSWORDS.reduce(
    (text, [pattern, instead]) => text.replace(pattern, instead),
    sql.slice(0, 20 * LONGEST),
  );
  const line = safe.replace(/\s+/g, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/\p{Surrogate}$/u, "")} ...`;
}

/** Gives the 1-based line of the file for an offset in the script; the line ends are looked for once. */
export function lineFinder({
  sql,
  firstLine,
}: {
  readonly sql: string;
  readonly firstLine: number;
}): (at: number) => number {
  const ends: number[] = [];
  for (let at = sql.indexOf("\n"); at >= 0; at = sql.indexOf("\n", at + 1)) ends.push(at);
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return firstLine + low;
  };
}
