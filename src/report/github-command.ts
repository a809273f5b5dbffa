/**
 * Workflow commands of GitHub Actions
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands), escaped as the runner reads
 * them: actions/toolkit, packages/core/src/command.ts.
 */
import { displaySafe } from "./display.js";

export type Command = "error" | "warning" | "notice";

/**
 * `::error file=a.yaml,line=3,title=CODE::message`; properties without a value are left out.
 * @param lines of the message; a line end inside one of them is shown as an escape, because it is not ours
 */
export function workflowCommand(
  command: Command,
  properties: Readonly<Record<string, string | number | null>>,
  lines: readonly string[],
): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(",");
  const text = lines.map(displaySafe).join("\n");
  return `::${command}${written === "" ? "" : ` ${written}`}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A log is printed to terminals, too: what could move their cursor and has no escape of its own is shown as one. */
function escapeProperty(text: string): string {
  const lines = text.split(/(\r|\n)/).map((part) => (part === "\r" || part === "\n" ? part : displaySafe(part)));
  return escapeData(lines.join("")).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
