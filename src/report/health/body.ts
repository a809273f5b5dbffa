/**
 * The health answer, made from the current verdict: application/health+json
 * (https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06), or lines of text for people.
 * 200 for pass and warn, 503 for everything else: load balancers know no third answer.
 */
import type { FeatureResult, Report } from "../../model/report.js";
import { healthChecks } from "./checks.js";
import type { HealthBody, HealthStatus } from "./schema.js";
import { reasonOf, seconds, summarize } from "./sentences.js";
import type { HealthFailure, HeldVerdict } from "./verdict.js";

export interface Health {
  readonly httpStatus: 200 | 503;
  readonly body: HealthBody;
}

export interface HealthQuestion {
  /** Whether the caller may see names of objects. */
  readonly detail: boolean;
  /** Id of a feature, or `application/id`; null for the whole. */
  readonly feature: string | null;
}

interface Judgement {
  readonly status: HealthStatus;
  readonly output: string | null;
}

/** Of a feature that a caller names: what is repeated of it. */
export const LONGEST_NAME = 100;

/** Answers the question from the current verdict; null when the feature is not in the contract. */
export function healthOf(current: HeldVerdict, question: HealthQuestion, releaseId: string): Health | null {
  const features = question.feature === null ? null : featuresNamed(current.report, question.feature);
  if (features?.length === 0 && isComplete(current.report)) return null;
  const { status, output } = softenedByAge(current, judge(current, features, question.detail));
  const name = question.feature?.slice(0, LONGEST_NAME) ?? null;
  const body: HealthBody = {
    status,
    version: "1",
    releaseId,
    serviceId: "schemaready",
    ...(name === null ? {} : { description: `feature ${name}` }),
    ...(output === null ? {} : { output }),
    ...(current.report === null ? {} : { notes: [verifiedWhen(current.report, current.ageMs)] }),
    links: { about: "/schema/verify" },
    ...(question.detail && current.report !== null ? { checks: healthChecks(current, current.report, features) } : {}),
  };
  return { httpStatus: status === "fail" ? 503 : 200, body };
}

/** `verified 2026-11-20T10:00:00.000Z, 4 s ago`; when the database was not reached, nothing was verified. */
export function verifiedWhen(report: Report, ageMs: number | null): string {
  const what = report.target.server === null ? "last attempt" : "verified";
  return `${what} ${report.checkedAt}${ageMs === null ? "" : `, ${seconds(ageMs)} ago`}`;
}

/** Features that an id means; several when two applications use the same one. */
export function featuresNamed(report: Report | null, wanted: string): readonly FeatureResult[] {
  return (report?.features ?? []).filter(({ id, application }) => id === wanted || `${application}/${id}` === wanted);
}

/** A report that could not look at anything need not know the features: their absence says nothing. */
function isComplete(report: Report | null): boolean {
  return report !== null && (report.verdict !== "unverified" || report.features.length > 0);
}

function judge(current: HeldVerdict, features: readonly FeatureResult[] | null, detail: boolean): Judgement {
  if (current.failure !== null)
    return { status: "fail", output: `unverified: ${failureOutput(current.failure, detail)}` };
  if (current.report === null) {
    return { status: "fail", output: "unverified: the first verification has not finished yet" };
  }
  return features === null || features.length === 0
    ? judgeReport(current.report, detail)
    : judgeFeatures(features, current.report, detail);
}

/** Two of the reasons are ours and say nothing about the database; the third may quote an error. */
function failureOutput({ reason, message }: HealthFailure, detail: boolean): string {
  if (detail) return message;
  return reason === "error" ? "the verification broke" : "the verification did not finish in time";
}

function judgeReport(report: Report, detail: boolean): Judgement {
  const status = report.verdict === "unverified" ? "fail" : report.verdict;
  const output = summarize(report);
  const reason = report.verdict === "unverified" && detail ? `: ${reasonOf(report)}` : "";
  return { status, output: output === null ? null : output + reason };
}

const WORST_FIRST = ["broken", "unverified", "degraded", "working"] as const;

function judgeFeatures(features: readonly FeatureResult[], report: Report, detail: boolean): Judgement {
  const worst = WORST_FIRST.find((status) => features.some((feature) => feature.status === status)) ?? "working";
  if (worst === "working") return { status: "pass", output: null };
  if (worst === "unverified") {
    // A report may be `fail` because of another feature; what matters here is that this one could not be looked at.
    const reason = detail ? (report.unverified[0]?.reason ?? null) : null;
    return { status: "fail", output: `unverified: what it needs could not be looked at${reason ? `: ${reason}` : ""}` };
  }
  const gaps = new Set(features.flatMap((feature) => feature.gaps)).size;
  const output = `${worst} by ${gaps} ${gaps === 1 ? "gap" : "gaps"}`;
  return { status: worst === "broken" ? "fail" : "warn", output };
}

/** What age does to a judgement: expired says nothing any more; late and damped make a pass a warning. */
function softenedByAge(current: HeldVerdict, judgement: Judgement): Judgement {
  const age = seconds(current.ageMs ?? 0);
  if (current.state === "expired") return { status: "fail", output: `verdict expired: last verified ${age} ago` };
  if (current.state !== "damped" && current.state !== "late") return judgement;
  const why =
    current.state === "damped"
      ? `last verified ${age} ago; the last attempt could not look`
      : `last verified ${age} ago; the next verification is late`;
  return {
    status: judgement.status === "pass" ? "warn" : judgement.status,
    output: judgement.output === null ? why : `${judgement.output}; ${why}`,
  };
}
