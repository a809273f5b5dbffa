/** What Prisma stored about a failed attempt: made safe to print, and cut down to the line that says why. */

/**
 * Replaces passwords: in URLs (`scheme://user:password@`, also when the text was cut inside the password), in
 * `password=...` settings, and in SQL (`PASSWORD '...'`). The log quotes the script, and scripts create roles.
 */
export function redactLog(text: string): string {
  return text
    .replace(
      /(:\/\/[^\s:@/'"]{0,256}):(?:[^\s'"]{0,256}@|[^\s'"@]{0,256}$)/gi,
      (_match, user: string) => `${user}:***@`,
    )
    .replace(/(password["']?\s*[=:]\s*)("[^"]*"?|'[^']*'?|[^\s,;&"']+)/gi, "$1***")
    .replace(/(\bpassword\s+)(e?'(?:[^']|'')*'?)/gi, "$1'***'")
    .replace(/(\bpassword\s+)(\$\w*\$)[\s\S]*?(?:\2|$)/gi, "$1$2***$2")
    .replace(/\b((?:api[_-]?key|secret|token)["']?\s*[=:]\s*)[^\s,;&]+/gi, "$1***")
    .replace(/\b((?:bearer|basic)\s+)[\w.~+/=-]{6,}/gi, "$1***");
}

/** The database's own words and its SQLSTATE, from a log in the shape of Prisma's P3018 or any other text. */
export interface StoredError {
  readonly message: string;
  readonly sqlstate: string | null;
}

/** Longer first lines are cut: the whole log is in the table. */
const MAX_LINE = 300;

/**
 * Reads the text that `migrate deploy` stores: "A migration failed to apply. ... Database error code: 42710 ...
 * Database error:" and, in the next line, PostgreSQL's message in the server's language. Any other text gives its
 * first line. Null for a text without anything to read.
 */
export function storedError(logs: string | null): StoredError | null {
  const lines = withoutControls(logs ?? "")
    .split("\n")
    .map((line) => line.trim());
  const heading = lines.findIndex((line) => /^Database error:/.test(line));
  const found =
    heading === -1
      ? lines.find((line) => line !== "")
      : (afterHeading(lines[heading] ?? "") ?? lines.slice(heading + 1).find((line) => line !== ""));
  if (found === undefined || found === "") return null;
  const code = lines.map((line) => /^Database error code: ([0-9A-Z]{5})$/.exec(line)?.[1]).find((each) => each);
  return { message: cut(found), sqlstate: code ?? null };
}

function afterHeading(line: string): string | null {
  const rest = line.replace(/^Database error:\s*/, "");
  return rest === "" ? null : rest;
}

/** Prisma colours the excerpt of the script; a terminal must not obey what a table holds. */
function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
  return text.replace(/\u001b\[[0-9;]*m/g, "").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, " ");
}

function cut(line: string): string {
  return line.length <= MAX_LINE ? line : `${line.slice(0, MAX_LINE)}…`;
}
