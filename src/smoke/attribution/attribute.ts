/**
 * Ties each failed step to the schema gap behind it. Pure: what the run saw and what the verification found go in, the
 * same run with attributions comes out.
 */
import type { Attribution, FeatureResult, Gap, Report, SmokeResult, StepResult } from "../../model/report.js";
import { NOT_CONNECTED, STOPPED } from "../network-error.js";
import { NO_DATABASE, NOT_TRIED } from "../reasons.js";
import { NOT_SENT } from "../request.js";
import { cut } from "../text.js";
import { type ErrorFacts, readAnswer } from "./answer.js";
import { answered, MAX_QUOTE, quoted, silence } from "./answered.js";
import { failedWriteBefore, refusedBefore } from "./earlier.js";
import { gapsFittingCodes, gapsNamedBy, gapsRequiredBy } from "./match.js";
import { isInWrongDatabase, misplaced, placeOf } from "./misplaced.js";
import { inOwnWords } from "./own-words.js";
import { unserved } from "./unserved.js";
import { because, describeNames } from "./wording.js";

/**
 * Fills `attribution` of every failed and errored step, clean-up included; skipped steps have none, because the step
 * that they wait for has it.
 */
export function attribute(result: SmokeResult, report: Report): SmokeResult {
  const first = result.flows.flatMap(({ steps }) => steps).find(({ request }) => request !== null);
  const flows = result.flows.map((flow) => {
    const steps: StepResult[] = [];
    for (const step of flow.steps) {
      const done = withAttribution(step, report, flow.application, steps);
      steps.push(step === first ? doubtingAddress(done) : done);
    }
    return { ...flow, steps };
  });
  const cleanup = result.cleanup.steps.map((step) => withAttribution(step, report, null, []));
  return { ...result, flows, cleanup: { ...result.cleanup, steps: cleanup } };
}

/**
 * The step with its cause; without one when it passed or was skipped.
 * @param before the steps of its flow that ended before it, with theirs
 */
export function withAttribution(
  step: StepResult,
  report: Report,
  application: string | null,
  before: readonly StepResult[],
): StepResult {
  if (step.outcome !== "failed" && step.outcome !== "errored") return { ...step, attribution: null };
  const feature = report.features.find((one) => one.id === step.feature && one.application === application) ?? null;
  return { ...step, attribution: attributeStep(step, feature, report, before) };
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

function attributeStep(
  step: StepResult,
  feature: FeatureResult | null,
  report: Report,
  before: readonly StepResult[],
): Attribution {
  const nothingSeen = withoutAnswer(step);
  if (nothingSeen !== null) return none(nothingSeen);
  const facts = readAnswer(step);
  const seen: Seen = { step, feature, report, facts };
  const required = gapsRequiredBy(step.requires ?? [], report.gaps);
  const ofFeature = new Set([...(feature?.gaps ?? []), ...ids(required)]);
  const proved = gapsNamedBy(facts.names, report.gaps, ofFeature);
  if (proved.length > 0) return { kind: "proved", gaps: ids(proved), message: blame(proved, "", seen) };
  const excluded = unserved(facts.codes, step);
  if (excluded !== null) return none(notServed(excluded, seen));
  // A server that was never reached has no version; one that was only partly readable may well have what is named.
  const ownWords = report.target.server === null ? inOwnWords(facts.names) : null;
  if (ownWords !== null) return { kind: "proved", gaps: [], message: byText(ownWords, seen) };
  // A warning only slows down or weakens: without the error's word it is not what made the step fail.
  const declared = report.gaps.filter(({ id, severity }) => ofFeature.has(id) && severity === "error");
  // What the step itself requires says more than what its whole feature needs.
  const own = declared.filter((gap) => required.includes(gap));
  const errors = own.length > 0 ? own : declared;
  if (errors.length === 0) return likeBefore(before, seen) ?? none(`${noCause(seen)}${follows(before, seen)}`);
  const fitting = gapsFittingCodes(facts.codes, errors);
  return { kind: "declared", gaps: ids(fitting), message: blame(fitting, `, ${silence(step, facts)}`, seen) };
}

/** What the words of an attribution are made of. */
interface Seen {
  readonly step: StepResult;
  readonly feature: FeatureResult | null;
  readonly report: Report;
  readonly facts: ErrorFacts;
}

/** `Generate an avatar is broken because …; the application answered 500 P2022` */
function blame(gaps: readonly Gap[], silent: string, { step, feature, report, facts }: Seen): string {
  // A statement of the flow that ran in a wrong database says nothing about the feature.
  const onlyStatement = step.request === null && isInWrongDatabase(gaps, report);
  const subject = feature === null || onlyStatement ? `${step.title} failed` : `${feature.title} is broken`;
  const place = misplaced(gaps, report);
  const reason = because(gaps, report.target.schema);
  return `${subject} because ${reason}; ${answered(step, facts)}${silent}${place === null ? "" : `; ${place}`}`;
}

function notServed(words: string, { step, feature, report, facts }: Seen): string {
  const who = step.request === null ? "the statement" : "the application";
  const either = isUnseen(feature, report)
    ? `; the database could not be looked at either${reasonFor(feature, report)}`
    : "";
  return `No schema cause: ${who} ${words}; ${quoted(step, facts)}${either}`;
}

function likeBefore(before: readonly StepResult[], { step, feature, report, facts }: Seen): Attribution | null {
  const refused = refusedBefore(step, before, report);
  if (refused === null) return null;
  const subject = feature?.title ?? step.title;
  const message = `${subject} is refused as step ${refused.id} was before it, because ${refused.because}; ${quoted(step, facts)}`;
  return { kind: "declared", gaps: ids(refused.gaps), message };
}

function follows(before: readonly StepResult[], { step, report }: Seen): string {
  const write = failedWriteBefore(step, before, report);
  return write === null ? "" : `; it may only follow from step ${write.id}, which failed because ${write.because}`;
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

function noCause({ step, feature, facts, report }: Seen): string {
  const answer = quoted(step, facts);
  if (isUnseen(feature, report)) {
    const named = facts.names.length === 0 ? "" : ` (the error names ${describeNames(facts.names)})`;
    return `The database could not be looked at${reasonFor(feature, report)}, so a schema cause is neither proved nor excluded; ${answer}${named}`;
  }
  const named = namedElsewhere(facts, report);
  if (feature === null) {
    const why = step.feature === null ? "the step names no feature" : `the contract has no feature ${step.feature}`;
    return `No schema cause found: the error names no object that has a gap, and ${why}; ${answer}${named}`;
  }
  const state =
    feature.gaps.length === 0 ? "the schema is what the feature needs" : "the feature's gaps are only warnings";
  return `No schema cause found: ${state}; ${answer}${named}`;
}

/** The error says that something is wrong with an object, and where we looked nothing is. */
function namedElsewhere({ names }: ErrorFacts, report: Report): string {
  if (names.length === 0) return "";
  const said = inOwnWords(names);
  if (said === null) return ` (the error names ${describeNames(names)})`;
  return ` (the error says that ${said}, and no such gap was found in ${placeOf(report)}: perhaps the application works on another database or schema, or the contract does not know it)`;
}

function isUnseen(feature: FeatureResult | null, report: Report): boolean {
  return feature === null ? report.verdict === "unverified" : feature.status === "unverified";
}

/** Nobody looked at the database, and the error is clear enough without. */
function byText(ownWords: string, { step, feature, report, facts }: Seen): string {
  const subject = feature === null ? `${step.title} failed` : `${feature.title} is broken`;
  const looked = `the database was not looked at${reasonFor(feature, report)}, so which migration should have brought it is not known`;
  return `${subject} because, by the text of its error alone, ${ownWords}; ${answered(step, facts)}; ${looked}`;
}

function reasonFor(feature: FeatureResult | null, report: Report): string {
  const entry =
    report.unverified.find(({ features }) => feature !== null && features.includes(feature.id)) ?? report.unverified[0];
  return entry === undefined ? "" : ` (${entry.reason})`;
}
