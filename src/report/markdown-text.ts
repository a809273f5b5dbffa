/**
 * Text inside Markdown (GitHub Flavored). Names and error texts come from a database: they must neither become markup,
 * nor links, nor end the cell of a table. https://github.github.com/gfm/
 */
import { displaySafe } from "./display.js";

/** Plain text: every character that can mean something is escaped, an address is no link, and nobody is mentioned. */
export function plain(text: string): string {
  return displaySafe(text)
    .replace(/[\\`*_{}[\]<>#|~!&$]/g, (found) => ENTITIES[found] ?? `\\${found}`)
    .replaceAll("://", ":\\//")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`)
    .replace(/(?<![\w.])@[\w-]+/g, "`$&`");
}

const ENTITIES: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** A name in a code span, whatever it holds; a bar would end the cell of a table even in there. */
export function code(text: string): string {
  const safe = displaySafe(text).replaceAll("|", "\\|");
  if (safe.trim() === "") return "` `";
  const fence = "`".repeat(longestRun(safe) + 1);
  const pad = /^[` ]|[` ]$/.test(safe) ? " " : "";
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/** A block that can be copied as it stands. */
export function block(language: string, text: string, indent = ""): string[] {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}${language}`, ...text.split("\n").map(displaySafe), fence].map((line) => `${indent}${line}`);
}

/** A table with a header; cells are Markdown already. Nothing without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => (cell === "" ? " " : cell)).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)];
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
