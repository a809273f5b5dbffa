/**
 * Annotations of a GitHub Actions job: the root cause first, because a page shows ten of a kind and a person reads one.
 * The answers of the application follow, in a block in which the runner obeys no command.
 */
import type { Cause, Gap, Report, SmokeResult, StepResult, Unverified } from "../model/report.js";
import { displaySafe, subjectWithKind } from "./display.js";
import { type Command, workflowCommand } from "./github-command.js";
import type { Reporter } from "./reporter.js";
import { headlineText } from "./text/headline.js";
import { serverRefusal } from "./text/server.js";
import { causeAdvice } from "./wording.js";

/** GitHub shows no more of each kind for a step of a job. */
const MOST = 10;

interface Annotation {
  readonly command: Command;
  readonly title: string;
  readonly lines: readonly string[];
  readonly place: { readonly file: string; readonly line: number } | null;
}

/** @see ReporterOptions.nonce: without one no answer of the application is shown. */
export const github: Reporter = (report, { nonce }) => {
  const annotations = [
    ...(report.smoke === null || report.gate !== undefined ? verifyAnnotations(report) : []),
    ...(report.smoke === null ? [] : smokeAnnotations(report.smoke)),
  ];
  const commands = (["error", "warning", "notice"] as const).flatMap((command) =>
    firstOnes(annotations.filter((each) => each.command === command)).map(write),
  );
  const answers = report.smoke === null || nonce === undefined ? [] : answersBlock(report.smoke, nonce);
  return [...commands, ...answers].map((line) => `${line}\n`).join("");
};

function write({ command, title, lines, place }: Annotation): string {
  return workflowCommand(command, { file: place?.file ?? null, line: place?.line ?? null, title }, lines);
}

/** At most ten; then the last one counts those that it stands for. */
function firstOnes(annotations: readonly Annotation[]): readonly Annotation[] {
  const [shown, rest] = [annotations.slice(0, MOST - 1), annotations.slice(MOST - 1)];
  const [last] = rest;
  if (last === undefined || rest.length === 1) return annotations;
  const message = `${rest.length} more, all of them in the job summary: ${counted(rest.map(({ title }) => title))}`;
  return [...shown, { ...last, title: `${rest.length} more`, lines: [message.slice(0, 2_000)], place: null }];
}

/** Each title once, in the order in which they come: dozens of missing indexes are one word and a number. */
function counted(titles: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1);
  return [...counts].map(([title, count]) => (count === 1 ? title : `${title} (${count})`)).join(", ");
}

function verifyAnnotations(report: Report): Annotation[] {
  const refusal = serverRefusal(report);
  if (refusal !== null) return [annotation("error", "UNVERIFIED", headlineText(report), toDo(refusal.fix))];
  const explained = new Set(report.causes.flatMap(({ explains }) => explains));
  const [errors, warnings] = [report.gaps.filter(isError), report.gaps.filter((gap) => !isError(gap))];
  return [
    ...report.causes.filter((cause) => explainsError(cause, report)).map((cause) => causeAnnotation(cause, report)),
    ...errors.filter(({ id }) => !explained.has(id)).map((gap) => annotation("error", gap.code, gap.message)),
    ...report.unverified.map(unverifiedAnnotation),
    ...warnings.map((gap) => annotation("warning", gap.code, gap.message)),
  ];
}

function isError({ severity }: Gap): boolean {
  return severity === "error";
}

/** Of a cause that explains warnings only, the warnings are told. */
function explainsError({ explains, unverified }: Cause, { gaps }: Report): boolean {
  return unverified.length > 0 || gaps.some((gap) => isError(gap) && explains.includes(gap.id));
}

function causeAnnotation(cause: Cause, { gaps }: Report): Annotation {
  const explained = gaps.filter(({ id }) => cause.explains.includes(id));
  const details = explained.map(({ message }) => `- ${message}`);
  return annotation("error", cause.code, cause.message, [...firstLines(details), ...toDo(causeAdvice(cause, gaps))]);
}

function firstLines(lines: readonly string[]): readonly string[] {
  return lines.length <= MOST ? lines : [...lines.slice(0, MOST), `and ${lines.length - MOST} more`];
}

function unverifiedAnnotation({ subject, reason }: Unverified): Annotation {
  return annotation("error", "could not look (neither fine nor a gap)", `${subjectWithKind(subject)}: ${reason}`);
}

function annotation(command: Command, title: string, message: string, more: readonly string[] = []): Annotation {
  return { command, title, lines: [message, ...more], place: null };
}

function toDo(fix: string | null): readonly string[] {
  return fix === null ? [] : [`To do: ${fix}`];
}

const CERTAIN_FIRST = ["proved", "declared", "none"] as const;

function smokeAnnotations({ flows, cleanup }: SmokeResult): Annotation[] {
  const steps = flows.flatMap((flow) => flow.steps.filter(isTold).map((step) => ({ flow, step })));
  const rank = ({ attribution }: StepResult) => CERTAIN_FIRST.indexOf(attribution?.kind ?? "none");
  const sorted = [...steps].sort((a, b) => rank(a.step) - rank(b.step));
  const left = cleanup.outcome === "kept" ? [] : cleanup.leftovers;
  return [
    ...sorted.map(({ flow, step }) => stepAnnotation(`${flow.application} / ${flow.id} / ${step.id}`, step)),
    ...left.map((what) => annotation("error", "left behind", `The run could not remove ${what}.`)),
  ];
}

/** What did not pass, and what passed with a warning. A skipped step waits for one of these. */
function isTold({ outcome, warnings = [] }: StepResult): boolean {
  return outcome === "failed" || outcome === "errored" || warnings.length > 0;
}

/** What only warns, or is optional, must not look like what failed the run. */
function commandFor({ outcome, severity }: StepResult): Command {
  if (outcome === "passed" || severity === "warning") return "warning";
  return severity === "info" ? "notice" : "error";
}

function stepAnnotation(title: string, step: StepResult): Annotation {
  const status = step.status === null ? "" : ` -> ${step.status}`;
  const lines = [
    ...(step.attribution === null ? [] : [step.attribution.message]),
    ...step.failures,
    ...(step.warnings ?? []),
    ...(step.request === null ? [] : [`${step.request}${status}`]),
    ...(step.curl === null ? [] : [`To send it again: ${step.curl}`]),
  ];
  return { command: commandFor(step), title, lines, place: step.place };
}

/** What an application answers may look like a command to the runner: `::add-mask::a` would hide every a of the log. */
function answersBlock({ flows, cleanup }: SmokeResult, nonce: string): string[] {
  const steps = [
    ...flows.flatMap((flow) => flow.steps.map((step) => ({ name: `${flow.id} / ${step.id}`, step }))),
    ...cleanup.steps.map((step) => ({ name: `clean-up / ${step.id}`, step })),
  ];
  const lines = steps.flatMap(({ name, step }) => {
    if (step.body === null || step.body.includes(nonce)) return [];
    const asked = step.request === null ? "" : `: ${step.request}${step.status === null ? "" : ` -> ${step.status}`}`;
    return [`${name}${asked}`, ...step.body.split(/\r?\n/).map((each) => `  ${each}`)].map(displaySafe);
  });
  if (lines.length === 0) return [];
  const title = "::group::answers of the application to steps that did not pass";
  return [title, `::stop-commands::${nonce}`, ...lines, `::${nonce}::`, "::endgroup::"];
}
