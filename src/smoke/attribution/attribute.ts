/**
 * Ties each failed step to the schema gap behind it. Pure: what the run saw and what the verification found go in, the
 * same run with attributions comes out.
 */
import type { Attribution, FeatureResult, Gap, Report, SmokeResult, StepResult } from "../../model/report.js";
import { NOT_CONNECTED, STOPPED } from "../network-error.js";
import { NO_DATABASE, NOT_TRIED } from "../reasons.js";
import { NOT_SENT } from "../request.js";
import { cut, oneLine } from "../text.js";
import { type ErrorFacts, readAnswer } from "./answer.js";
import { gapsFittingCodes, gapsNamedBy, gapsRequiredBy } from "./match.js";
import { inOwnWords } from "./own-words.js";
import { because, describeNames } from "./wording.js";

const MAX_QUOTE = 300;

/**
 * Fills `attribution` of every failed and errored step, clean-up included; skipped steps have none, because the step
 * that they wait for has it.
 */
export function attribute(result: SmokeResult, report: Report): SmokeResult {
  const first = result.flows.flatMap(({ steps }) => steps).find(({ request }) => request !== null);
  const flows = result.flows.map((flow) => ({
    ...flow,
    steps: flow.steps.map((step) => {
      const done = withAttribution(step, report, flow.application);
      return step === first ? doubtingAddress(done) : done;
    }),
  }));
  const cleanup = result.cleanup.steps.map((step) => withAttribution(step, report, null));
  return { ...result, flows, cleanup: { ...result.cleanup, steps: cleanup } };
}

/** The step with its cause; without one when it passed or was skipped. */
export function withAttribution(step: StepResult, report: Report, application: string | null): StepResult {
  if (step.outcome !== "failed" && step.outcome !== "errored") return { ...step, attribution: null };
  const feature = report.features.find((one) => one.id === step.feature && one.application === application) ?? null;
  return { ...step, attribution: attributeStep(step, feature, report) };
}

/** A 404 to the first request of a run is more often a wrong address than a missing route. */
export function doubtingAddress(step: StepResult): StepResult {
  const { attribution, request, status } = step;
  if (attribution === null || status !== 404) return step;
  const url = request?.replace(/^\S+ /, "") ?? "";
  return {
    ...step,
    attribution: { ...attribution, message: `${attribution.message}; is the base URL right? asked ${url}` },
  };
}

function attributeStep(step: StepResult, feature: FeatureResult | null, report: Report): Attribution {
  const nothingSeen = withoutAnswer(step);
  if (nothingSeen !== null) return none(nothingSeen);
  const facts = readAnswer(step);
  const required = gapsRequiredBy(step.requires ?? [], report.gaps);
  const ofFeature = new Set([...(feature?.gaps ?? []), ...ids(required)]);
  const proved = gapsNamedBy(facts.names, report.gaps, ofFeature);
  const subject = feature === null ? `${step.title} failed` : `${feature.title} is broken`;
  const blame = (gaps: readonly Gap[]) =>
    `${subject} because ${because(gaps, report.target.schema)}; ${answered(step, facts)}`;
  if (proved.length > 0) return { kind: "proved", gaps: ids(proved), message: blame(proved) };
  // A server that was never reached has no version; one that was only partly readable may well have what is named.
  const ownWords = report.target.server === null ? inOwnWords(facts.names) : null;
  if (ownWords !== null)
    return { kind: "proved", gaps: [], message: byText(subject, ownWords, step, facts, feature, report) };
  // A warning only slows down or weakens: without the error's word it is not what made the step fail.
  const declared = report.gaps.filter(({ id, severity }) => ofFeature.has(id) && severity === "error");
  // What the step itself requires says more than what its whole feature needs.
  const own = declared.filter((gap) => required.includes(gap));
  const errors = own.length > 0 ? own : declared;
  if (errors.length === 0) return none(noCause(step, feature, facts, report));
  const fitting = gapsFittingCodes(facts.codes, errors);
  return { kind: "declared", gaps: ids(fitting), message: `${blame(fitting)}, ${silence(step, facts)}` };
}

function none(message: string): Attribution {
  return { kind: "none", gaps: [], message };
}

function ids(gaps: readonly Gap[]): string[] {
  return gaps.map(({ id }) => id);
}

/** A step that the application never saw says nothing about the schema, whatever its feature lacks. */
function withoutAnswer(step: StepResult): string | null {
  const [reason] = step.failures;
  if (reason === undefined) return null;
  const says = "so this step says nothing about the schema";
  if (reason === STOPPED) return `The run was stopped before there was an answer to judge, ${says}${lastAnswer(step)}`;
  if (step.status !== null) return null;
  if (reason === NO_DATABASE) return `The step did not run, ${says}: ${reason}`;
  if (reason.startsWith(NOT_TRIED)) return `No request was sent, ${says}: ${reason.slice(NOT_TRIED.length)}`;
  if (reason.includes(NOT_CONNECTED)) return `The application was not reached, ${says}: ${reason}`;
  if (reason.startsWith(NOT_SENT)) return `No request was sent, ${says}: ${reason.slice(NOT_SENT.length)}`;
  return null;
}

/** Of a poll that was stopped: what the application said last. */
function lastAnswer({ failures }: StepResult): string {
  const said = failures.slice(1).join("; ");
  return said === "" ? "" : `; ${cut(said, MAX_QUOTE)}`;
}

/** `the application answered 500 P2022` */
function answered(step: StepResult, { codes }: ErrorFacts): string {
  const code = codes[0] === undefined ? "" : ` ${codes[0]}`;
  // Only SQL steps come here without a request: withoutAnswer has taken out those that were never sent.
  if (step.request === null && step.outcome === "failed") {
    return `the rows are not as claimed: ${step.failures.join("; ")}`;
  }
  if (step.request === null && code === "") return `the statement could not run: ${step.failures.join("; ")}`;
  if (step.request === null) return `the database answered${code}`;
  if (step.status === null) return `the application gave no answer: ${step.failures.join("; ")}`;
  return `the application answered ${step.status}${code}`;
}

/** Why the answer itself does not prove it. */
function silence(step: StepResult, facts: ErrorFacts): string {
  if (facts.names.length > 0) return `and its error names ${describeNames(facts.names)}`;
  if (step.status !== null && step.status < 300) return `but ${step.failures.join("; ")}`;
  return "which does not name the cause";
}

function noCause(step: StepResult, feature: FeatureResult | null, facts: ErrorFacts, report: Report): string {
  const answer = `${answered(step, facts)}${quote(step)}`;
  const named = facts.names.length === 0 ? "" : ` (the error names ${describeNames(facts.names)})`;
  if (isUnseen(feature, report))
    return `The database could not be looked at${reasonFor(feature, report)}, so a schema cause is neither proved nor excluded; ${answer}${named}`;
  if (feature === null) {
    const why = step.feature === null ? "the step names no feature" : `the contract has no feature ${step.feature}`;
    return `No schema cause found: the error names no object that has a gap, and ${why}; ${answer}${named}`;
  }
  const state =
    feature.gaps.length === 0 ? "the schema is what the feature needs" : "the feature's gaps are only warnings";
  return `No schema cause found: ${state}; ${answer}${named}`;
}

function isUnseen(feature: FeatureResult | null, report: Report): boolean {
  return feature === null ? report.verdict === "unverified" : feature.status === "unverified";
}

/** Nobody looked at the database, and the error is clear enough without. */
function byText(
  subject: string,
  ownWords: string,
  step: StepResult,
  facts: ErrorFacts,
  feature: FeatureResult | null,
  report: Report,
): string {
  const looked = `the database was not looked at${reasonFor(feature, report)}, so which migration should have brought it is not known`;
  return `${subject} because, by the text of its error alone, ${ownWords}; ${answered(step, facts)}; ${looked}`;
}

function reasonFor(feature: FeatureResult | null, report: Report): string {
  const entry =
    report.unverified.find(({ features }) => feature !== null && features.includes(feature.id)) ?? report.unverified[0];
  return entry === undefined ? "" : ` (${entry.reason})`;
}

/** The answer in its own words; when there is none, what was wrong with it. */
function quote(step: StepResult): string {
  if (step.request === null || step.status === null) return "";
  const text = oneLine(step.body ?? "") || step.failures.join("; ");
  return text === "" ? "" : `: ${cut(text, MAX_QUOTE)}`;
}
