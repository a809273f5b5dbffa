/** What to do about a run that cannot start: only what helps with its own problems, to paste. */
import { noAddress } from "./base-url.js";
import type { UnknownSelection } from "./unknown-selection.js";
import { unsetVariables } from "./values.js";

export const NO_FLOWS = "the check files hold no smoke flows";
export const NOTHING_LEFT = "the tags leave no flow to run";

/** What people have typed, without secrets and without the options that choose flows. */
export interface CommandLine {
  readonly name: "smoke" | "gate";
  /** Quoted for a shell: `--checks checks/`. */
  readonly options: readonly string[];
}

/** @param command how the run was begun; absent: not by a command */
export function setupFix(
  problems: readonly string[],
  unknown: UnknownSelection,
  command: CommandLine = { name: "smoke", options: [] },
): string {
  const variables = unsetVariables(problems);
  const chosen = unknown.instead === null ? [] : [unknown.instead];
  const has = (wanted: string) => problems.includes(wanted);
  const fixes = [
    ...selectionFix(unknown, command),
    ...(has(NOTHING_LEFT) ? [`Leave a tag out; ${listing(command)}`] : []),
    ...(has(NO_FLOWS)
      ? ["Write flows below smoke.flows of a check file (docs/smoke.md), or name it with --checks."]
      : []),
    ...(variables.length === 0 ? [] : [`Set what is not set: ${paste(["export", ...variables.map(assignment)])}.`]),
    ...(problems.some(noAddress)
      ? [`Say where the application is: ${run(command, ["--base-url http://localhost:8080", ...chosen])}.`]
      : []),
  ];
  return fixes.length > 0 ? fixes.join(" ") : "Correct the check files as it is said above.";
}

function selectionFix({ problems, instead }: UnknownSelection, command: CommandLine): string[] {
  if (problems.length === 0) return [];
  return instead === null
    ? [`Choose another; ${listing(command)}`]
    : [`Try ${run(command, [instead])}; ${listing(command)}`];
}

/** Only `smoke` can list. */
function listing({ options }: CommandLine): string {
  return `${run({ name: "smoke", options }, ["--list"])} shows every flow, step and tag.`;
}

function run({ name, options }: CommandLine, more: readonly string[]): string {
  return paste(["schemaready", name, ...options, ...more]);
}

function paste(words: readonly string[]): string {
  return `\`${words.join(" ")}\``;
}

function assignment(variable: string): string {
  return `${variable}=...`;
}
