/**
 * A verification as test suites: one for each application with a case for each feature, and `schema` for what no
 * feature feels. A broken feature is a failure, an unverified one an error; warnings are only output.
 */
import type { FeatureResult, Gap, Report, Unverified } from "../../model/report.js";
import { subjectName, subjectWithKind } from "../display.js";
import { looseGaps } from "../loose-gaps.js";
import { headlineText } from "../text/headline.js";
import { valueWords } from "../value-words.js";
import type { Suite, TestCase } from "./test-case.js";

export function verifySuites(report: Report): Suite[] {
  const applications = [...new Set(report.features.map(({ application }) => application))];
  const perApplication = applications.map((application) => ({
    name: application,
    cases: report.features
      .filter((feature) => feature.application === application)
      .map((feature) => featureCase(feature, report)),
  }));
  const all = [...perApplication, { name: "schema", cases: schemaCases(report) }];
  return all
    .filter(({ cases }) => cases.length > 0)
    .map(({ name, cases }, at) => {
      // Features have no duration of their own: the verification as a whole stands at the first suite.
      return { name, cases, timestamp: report.checkedAt, durationMs: at === 0 ? report.durationMs : 0 };
    });
}

function featureCase(feature: FeatureResult, report: Report): TestCase {
  const base = { classname: feature.application, name: feature.id, durationMs: 0, place: null };
  const gaps = report.gaps.filter(({ id }) => feature.gaps.includes(id));
  const details = [feature.title, ...feature.endpoints, ...gaps.map(gapText)].join("\n");
  const message = gaps.map((gap) => gap.message).join("; ");
  switch (feature.status) {
    case "working":
      return { ...base, result: { kind: "passed" }, output: "" };
    case "degraded":
      return { ...base, result: { kind: "passed" }, output: details };
    case "broken":
      return { ...base, result: { kind: "failure", type: codes(gaps), message, text: details }, output: "" };
    case "unverified":
      return {
        ...base,
        result: unverifiedResult(unverifiedOf(feature, report)),
        output: gaps.length > 0 ? details : "",
      };
  }
}

function unverifiedOf(feature: FeatureResult, { unverified }: Report): readonly Unverified[] {
  const own = unverified.filter(({ features }) => features.includes(feature.id));
  return own.length > 0 ? own : unverified;
}

function unverifiedResult(unverified: readonly Unverified[]): TestCase["result"] {
  const reasons = [...new Set(unverified.map(({ reason }) => reason))];
  const text = unverified.map(({ subject, reason }) => `${subjectWithKind(subject)}: ${reason}`).join("\n");
  return { kind: "error", type: "UNVERIFIED", message: reasons.join("; "), text };
}

/** Gaps and blind spots that no feature feels; a report without any test case would look like a run that never was. */
function schemaCases(report: Report): TestCase[] {
  const cases = [
    ...looseGaps(report).map(gapCase),
    ...report.unverified.filter(({ features }) => features.length === 0).map(unverifiedCase),
  ];
  if (cases.length > 0 || report.features.length > 0) return cases;
  const base = { classname: "schema", name: "contract", durationMs: 0, place: null, output: headlineText(report) };
  return [{ ...base, result: { kind: "passed" } }];
}

function gapCase(gap: Gap): TestCase {
  const base = { classname: "schema", name: `${gap.code} ${subjectName(gap.subject)}`, durationMs: 0, place: null };
  if (gap.severity === "warning") return { ...base, result: { kind: "passed" }, output: gapText(gap) };
  return { ...base, result: { kind: "failure", type: gap.code, message: gap.message, text: gapText(gap) }, output: "" };
}

function unverifiedCase(unverified: Unverified): TestCase {
  const name = `unverified ${subjectWithKind(unverified.subject)}`;
  return { classname: "schema", name, durationMs: 0, place: null, result: unverifiedResult([unverified]), output: "" };
}

function gapText(gap: Gap): string {
  const origin = gap.introducedBy === null ? [] : [`comes with migration ${gap.introducedBy}`];
  const more = [valueWords(gap), ...origin].filter((part) => part !== "");
  const message = more.length === 0 ? gap.message : gap.message.replace(/\.$/, "");
  return [`${gap.severity} ${gap.code}: ${message}`, ...more].join("; ");
}

function codes(gaps: readonly Gap[]): string {
  return [...new Set(gaps.filter(({ severity }) => severity === "error").map(({ code }) => code))].join(" ");
}
