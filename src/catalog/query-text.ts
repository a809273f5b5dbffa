/** What may be shown of another session's query: which statement it is, never the values in it. */

const LONGEST = 160;

/** Each alternative is something in which a value or a remark can stand; what is cut off in the middle counts to the end. */
const VALUES = [
  String.raw`--[^\n]*`,
  String.raw`/\*[\s\S]*?(?:\*/|$)`,
  String.raw`\$(?<tag>[A-Za-z_\u0080-\uffff]*[\w\u0080-\uffff]*)\$[\s\S]*?(?:\$\k<tag>\$|$)`,
  String.raw`\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)`,
  `'(?:[^']|'')*(?:'|$)`,
  `"(?:[^"]|"")*(?:"|$)`,
].join("|");

/**
 * The query on one line, without comments, with `'...'` for every literal and shortened. A plain literal with a
 * backslash ends it: whether its quote ends there is a setting of that session, and half a password is one too.
 */
export function shownQuery(query: string): string {
  const text = query.replace(new RegExp(VALUES, "g"), (found) => {
    if (found.startsWith("--") || found.startsWith("/*")) return " ";
    if (found.startsWith('"')) return found;
    return found.startsWith("'") && found.includes("\\") ? UNSURE : "'...'";
  });
  const sure = text.split(UNSURE)[0] ?? "";
  const line = (sure === text ? text : `${sure}'...`).replace(/\s+/g, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "")} ...`;
}

/** Cannot be part of a query: PostgreSQL has no NUL in text. */
const UNSURE = "\u0000";
