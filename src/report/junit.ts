/**
 * JUnit XML as Jenkins, GitLab, GitHub actions and Azure read it (https://github.com/windyroad/JUnit-Schema).
 * A broken feature is a failure, an unverified one an error; warnings are only output, because they fail nothing.
 * The report of a smoke run holds the run: one suite for each flow, and one for the clean-up, so that something left
 * behind does not look like a broken feature.
 */
import type { FeatureResult, Gap, Report, Unverified } from "../model/report.js";
import { subjectName, subjectWithKind } from "./display.js";
import { smokeSuites } from "./junit-smoke.js";
import { suite, type TestCase } from "./junit-suite.js";
import { looseGaps } from "./loose-gaps.js";
import type { Reporter } from "./reporter.js";
import { headlineText } from "./text/headline.js";
import { valueWords } from "./value-words.js";
import { element, xmlDocument } from "./xml.js";

export const junit: Reporter = (report) => {
  const suites = report.smoke === null ? verifySuites(report) : smokeSuites(report.smoke);
  const sum = (key: string) => suites.reduce((total, { attributes }) => total + Number(attributes[key]), 0);
  const attributes = {
    name: report.tool.name,
    tests: sum("tests"),
    failures: sum("failures"),
    errors: sum("errors"),
    skipped: sum("skipped"),
    time: sum("time").toFixed(3),
  };
  return xmlDocument(element("testsuites", attributes, suites));
};

function verifySuites(report: Report) {
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
      return suite({ name, cases, timestamp: report.checkedAt, durationMs: at === 0 ? report.durationMs : 0 });
    });
}

function featureCase(feature: FeatureResult, report: Report): TestCase {
  const base = { classname: feature.application, name: feature.id, durationMs: 0 };
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
  const base = { classname: "schema", name: "contract", durationMs: 0, output: headlineText(report) };
  return [{ ...base, result: { kind: "passed" } }];
}

function gapCase(gap: Gap): TestCase {
  const base = { classname: "schema", name: `${gap.code} ${subjectName(gap.subject)}`, durationMs: 0 };
  if (gap.severity === "warning") return { ...base, result: { kind: "passed" }, output: gapText(gap) };
  return { ...base, result: { kind: "failure", type: gap.code, message: gap.message, text: gapText(gap) }, output: "" };
}

function unverifiedCase(unverified: Unverified): TestCase {
  const name = `unverified ${subjectWithKind(unverified.subject)}`;
  return { classname: "schema", name, durationMs: 0, result: unverifiedResult([unverified]), output: "" };
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
