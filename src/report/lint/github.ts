/** What lint found as annotations at the lines of a pull request. */
import type { FindingSeverity, LintFinding, LintResult } from "../../model/lint.js";
import { type Command, workflowCommand } from "../github-command.js";
import { type LintReporter, pathOf } from "./reporter.js";

const COMMANDS: Readonly<Record<FindingSeverity, Command>> = { error: "error", warning: "warning", note: "notice" };

/** One line for each finding; nothing at all when there is none. */
export const lintGithub: LintReporter = (result, { notes }) =>
  result.findings
    .filter(({ severity }) => notes || severity !== "note")
    .map((finding) => `${command(result, finding)}\n`)
    .join("");

function command(result: LintResult, finding: LintFinding): string {
  const { code, severity, file, line, message, why, fix } = finding;
  const properties = {
    file: file === null ? null : pathOf(result, file),
    line: file === null ? null : line,
    title: code,
  };
  return workflowCommand(COMMANDS[severity], properties, [message, `Why: ${why}`, `To do: ${fix}`]);
}
