/** The `checks` of a health+json body: which endpoints are affected by which gap, in the field the draft has for it. */
import type { FeatureResult, Gap, Report } from "../../model/report.js";
import { subjectName } from "../display.js";
import type { Check } from "./schema.js";
import type { HeldVerdict } from "./verdict.js";

/** A health answer is polled: it names the first gaps and leaves the long list to the report. */
const MOST_ENTRIES = 50;

/** Checks for the whole report, or for some of its features. */
export function healthChecks(
  current: HeldVerdict,
  report: Report,
  only: readonly FeatureResult[] | null,
): Record<string, Check[]> {
  const features = only ?? report.features;
  const ids = new Set(features.flatMap(({ gaps }) => gaps));
  const gaps = only === null ? report.gaps : report.gaps.filter(({ id }) => ids.has(id));
  return {
    "schema:gaps":
      gaps.length === 0 ? [noGaps(report)] : gaps.slice(0, MOST_ENTRIES).map((gap) => gapCheck(gap, report)),
    ...unverifiedChecks(report, only),
    "schema:age": [ageCheck(current, report)],
    "postgres:responseTime": [responseCheck(report)],
    ...featureChecks(features, report),
  };
}

function gapCheck(gap: Gap, report: Report): Check {
  const affected = report.features.filter(({ id }) => gap.features.includes(id));
  return {
    componentId: subjectName(gap.subject),
    componentType: "datastore",
    observedValue: gap.code,
    status: gap.severity === "error" ? "fail" : "warn",
    time: report.checkedAt,
    ...affectedBy(affected),
    output: gap.message,
    gap: gap.id,
    features: [...gap.features],
  };
}

function noGaps({ verdict, checkedAt }: Report): Check {
  // Nothing found is only good news when everything was looked at.
  const status = verdict === "unverified" ? "fail" : "pass";
  return { componentType: "datastore", observedValue: 0, observedUnit: "gaps", status, time: checkedAt };
}

function unverifiedChecks(report: Report, only: readonly FeatureResult[] | null): Record<string, Check[]> {
  const ids = only?.map(({ id }) => id) ?? null;
  const entries = report.unverified.filter(({ features }) => ids?.some((id) => features.includes(id)) ?? true);
  if (entries.length === 0) return {};
  const checks = entries.slice(0, MOST_ENTRIES).map((entry): Check => {
    const affected = report.features.filter(({ id }) => entry.features.includes(id));
    return {
      componentId: subjectName(entry.subject),
      componentType: "datastore",
      observedValue: "unverified",
      status: report.verdict === "unverified" ? "fail" : "warn",
      time: report.checkedAt,
      ...affectedBy(affected),
      output: entry.reason,
      features: [...entry.features],
    };
  });
  return { "schema:unverified": checks };
}

function ageCheck({ state, ageMs }: HeldVerdict, report: Report): Check {
  const status = state === "expired" ? "fail" : state === "current" ? "pass" : "warn";
  const observedValue = Math.floor((ageMs ?? 0) / 1000);
  return { componentType: "component", observedValue, observedUnit: "s", status, time: report.checkedAt };
}

function responseCheck({ target, durationMs, checkedAt }: Report): Check {
  const status = target.server === null ? "fail" : "pass";
  return {
    componentType: "datastore",
    observedValue: Math.round(durationMs * 10) / 10,
    observedUnit: "ms",
    status,
    time: checkedAt,
  };
}

const FEATURE_STATUS = { working: "pass", degraded: "warn", broken: "fail", unverified: "fail" } as const;

function featureChecks(features: readonly FeatureResult[], report: Report): Record<string, Check[]> {
  const checks: Record<string, Check[]> = {};
  for (const feature of features) {
    // Names in keys must not hold a colon: it parts component and measurement.
    const key = `${feature.id.replaceAll(":", "-")}:status`;
    const entries = checks[key] ?? [];
    checks[key] = entries;
    entries.push(featureCheck(feature, report));
  }
  return checks;
}

function featureCheck(feature: FeatureResult, report: Report): Check {
  const status = FEATURE_STATUS[feature.status];
  const base = {
    componentId: `${feature.application}/${feature.id}`,
    componentType: "component",
    observedValue: feature.status,
    status,
    time: report.checkedAt,
  } as const;
  return status === "pass" ? base : { ...base, ...affectedBy([feature]), output: feature.title };
}

/** `POST /projects/{id}` is `/projects/{id}` here: the draft wants URI Templates. */
function affectedBy(features: readonly FeatureResult[]): { affectedEndpoints?: string[] } {
  const endpoints = features.flatMap((feature) => feature.endpoints).map((each) => each.replace(/^[A-Z]+ /, ""));
  return endpoints.length === 0 ? {} : { affectedEndpoints: [...new Set(endpoints)] };
}
