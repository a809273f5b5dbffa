/** What came back from a step, as a part of a sentence. */
import type { StepResult } from "../../model/report.js";
import { cut, oneLine } from "../text.js";
import type { ErrorFacts } from "./answer.js";
import { describeNames } from "./wording.js";

export const MAX_QUOTE = 300;

/** `the application answered 500 P2022` */
export function answered(step: StepResult, { codes }: ErrorFacts): string {
  const code = codes[0] === undefined ? "" : ` ${codes[0]}`;
  // Only SQL steps come here without a request: those that were never sent have been taken out before.
  if (step.request === null && step.outcome === "failed") {
    return `the rows are not as claimed: ${step.failures.join("; ")}`;
  }
  if (step.request === null && code === "") return `the statement could not run: ${step.failures.join("; ")}`;
  if (step.request === null) return `the database answered${code}`;
  if (step.status === null) return `the application gave no answer: ${step.failures.join("; ")}`;
  return `the application answered ${step.status}${code}`;
}

/** Why the answer itself does not prove it. */
export function silence(step: StepResult, facts: ErrorFacts): string {
  if (facts.names.length > 0) return `and its error names ${describeNames(facts.names)}`;
  if (isFine(step)) return `but ${step.failures.join("; ")}`;
  return "which does not name the cause";
}

/** As `answered`, with the answer in its own words; of an answer that looks right, what was wrong with it. */
export function quoted(step: StepResult, facts: ErrorFacts): string {
  const said = answered(step, facts);
  if (step.request === null || step.status === null) return said;
  const failures = step.failures.join("; ");
  if (isFine(step)) return failures === "" ? said : `${said}, but ${cut(failures, MAX_QUOTE)}`;
  const text = oneLine(step.body ?? "") || failures;
  return text === "" ? said : `${said}: ${cut(text, MAX_QUOTE)}`;
}

function isFine({ status }: StepResult): boolean {
  return status !== null && status >= 200 && status < 300;
}
