/** A report as the short lines of the tables of expectations. */
import type { Report, StepResult } from "../../../src/model/report.js";

/** What a run says, and what it leaves. */
export interface Said {
  readonly exit: number;
  /**
   * Each step that failed or could not run, in the order of the run and of its clean-up: `flow/step feature: confidence`,
   * then the gaps and their causes (`MISSING_COLUMN users.role <- RENAMED`), or in short why there are none. Of a run
   * without a database, statements of the flow are left out: they all say that they need one.
   */
  readonly failed: readonly string[];
  /** What the clean-up says is still there; absent: nothing. */
  readonly left?: readonly string[];
}

export function said(exit: number, report: Report): Said {
  const { flows, cleanup } = smokeOf(report);
  const ofFlows = flows.flatMap(({ id, steps }) => steps.filter(isTold).map((step) => lineOf(id, step, report)));
  const ofCleanup = cleanup.steps.filter(isTold).map((step) => lineOf("clean-up", step, report));
  const left = cleanup.leftovers.map(steady);
  return { exit, failed: [...ofFlows, ...ofCleanup], ...(left.length === 0 ? {} : { left }) };
}

/** The features that the schema breaks. */
export function brokenIn({ features }: Report): string {
  return features
    .filter(({ status }) => status === "broken")
    .map(({ id }) => id)
    .join(" ");
}

/** Why each step failed, in full. */
export function reasonsIn(report: Report): string[] {
  const { flows, cleanup } = smokeOf(report);
  const steps = [...flows.flatMap((flow) => flow.steps), ...cleanup.steps];
  return steps.flatMap(({ attribution }) => (attribution === null ? [] : [attribution.message]));
}

function smokeOf({ smoke }: Report) {
  if (smoke === null) throw new Error("the report has no smoke run");
  return smoke;
}

function isTold({ outcome, attribution }: StepResult): boolean {
  return (outcome === "failed" || outcome === "errored") && !attribution?.message.startsWith("The step did not run, ");
}

function lineOf(flow: string, { id, feature, attribution }: StepResult, report: Report): string {
  const { kind, message } = attribution ?? { kind: "not attributed", message: "" };
  const found = report.gaps.filter((gap) => attribution?.gaps.includes(gap.id));
  const causes = report.causes.filter((cause) => found.some((gap) => gap.causes.includes(cause.id)));
  // Rows have no name of their own: the table says which.
  const names = found.map(({ code, subject: { kind: of, relation, name } }) =>
    [code, relation === null ? name : of === "rows" ? relation : `${relation}.${name}`].join(" "),
  );
  const why = `${names.join(", ")} <- ${causes.map(({ code }) => code).join(", ")}`;
  const besides = BESIDES.flatMap(([pattern, words]) => (pattern.test(message) ? [words] : []));
  const reason = [found.length > 0 ? why : inShort(message), ...besides].join("; ");
  return `${flow}/${id}${feature === null ? "" : ` ${feature}`}: ${kind} ${reason}`;
}

const BESIDES: readonly (readonly [RegExp, string])[] = [
  [/ is refused as step \w+ was before it/, "refused as before"],
  [/; it may only follow from step /, "may only follow"],
  [/perhaps the application works on another database/, "another database?"],
  [/is probably not the application's database/, "wrong database"],
  [/is probably not where its tables are/, "wrong schema"],
  [/could not be looked at either/, "not looked at"],
];

function inShort(message: string): string {
  const byText = /by the text of its error alone, (.*?); /.exec(message)?.[1];
  if (byText !== undefined) return byText;
  if (message.startsWith("The database could not be looked at")) return "not looked at";
  if (message.startsWith("No schema cause found: the schema is what the feature needs")) return "the schema is right";
  if (message.startsWith("No schema cause: ")) return message.slice("No schema cause: ".length).split(";")[0] ?? "";
  return message.split(";")[0] ?? "";
}

function steady(leftover: string): string {
  return leftover.replace(/\b[0-9a-f]{12}\b/g, "RUN").replace(/\bc[0-9a-z]{24}\b/g, "ID");
}
