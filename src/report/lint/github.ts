/**
 * Workflow commands, which GitHub Actions turns into annotations at the lines of a pull request.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import type { FindingSeverity, LintFinding, LintResult } from "../../model/lint.js";
import { displaySafe } from "../display.js";
import { type LintReporter, pathOf } from "./reporter.js";

const COMMANDS: Readonly<Record<FindingSeverity, string>> = { error: "error", warning: "warning", note: "notice" };

/** One line for each finding; nothing at all when there is none. */
export const lintGithub: LintReporter = (result, { notes }) =>
  result.findings
    .filter(({ severity }) => notes || severity !== "note")
    .map((finding) => `${command(result, finding)}\n`)
    .join("");

function command(result: LintResult, finding: LintFinding): string {
  const { code, severity, file, line, message, why, fix } = finding;
  const properties = [
    ...(file === null ? [] : [["file", pathOf(result, file)]]),
    ...(file === null || line === null ? [] : [["line", String(line)]]),
    ["title", code],
  ];
  const written = properties.map(([name = "", value = ""]) => `${name}=${escapeProperty(value)}`).join(",");
  const text = [message, `Why: ${why}`, `To do: ${fix}`].map(displaySafe).join("\n");
  return `::${COMMANDS[severity]} ${written}::${escapeData(text)}`;
}

/** As the runner reads them: actions/toolkit, packages/core/src/command.ts. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A log is printed to terminals, too: what could move their cursor and has no escape of its own is shown as one. */
function escapeProperty(text: string): string {
  const lines = text.split(/(\r|\n)/).map((part) => (part === "\r" || part === "\n" ? part : displaySafe(part)));
  return escapeData(lines.join("")).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
