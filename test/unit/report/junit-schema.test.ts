import { describe, expect, it } from "vitest";
import { reporters } from "../../../src/report/index.js";
import { everyCodeReport } from "../../support/every-code-report.js";
import { junitProblems } from "../../support/junit/validate.js";
import {
  failReport,
  hostileReport,
  passReport,
  reportWith,
  smokeReport,
  stepWith,
  unreachableReport,
  unverifiedReport,
} from "../../support/report-fixtures.js";

const options = { colour: false, width: 80 };

describe("JUnit", () => {
  it.each(
    Object.entries({
      pass: passReport(),
      fail: failReport(),
      unverified: unverifiedReport(),
      unreachable: unreachableReport(),
      hostile: hostileReport(),
      smoke: smokeReport(),
      everyCode: everyCodeReport(),
      empty: reportWith(),
    }),
  )("is what the schema says: %s", (_, report) => {
    expect(junitProblems(reporters.junit(report, options))).toEqual([]);
  });

  it.each([
    ["needs login, which failed", "blocked by login: needs login, which failed"],
    ["needs flow login, which could not run", "blocked by login: needs flow login, which could not run"],
    ["uses {{token}} of sign-in, which failed", "blocked by sign-in: uses {{token}} of sign-in, which failed"],
    ["the run was stopped", "the run was stopped"],
  ])("says who blocked a step: %s", (reason, message) => {
    const report = smokeReport();
    const [flow] = report.smoke?.flows ?? [];
    if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
    const steps = [stepWith({ id: "a", outcome: "skipped", failures: [`skipped: ${reason}`] })];
    const xml = reporters.junit({ ...report, smoke: { ...report.smoke, flows: [{ ...flow, steps }] } }, options);
    expect(xml).toContain(`<skipped message="${message}"/>`);
  });
});

/** A validator that lets everything pass would prove nothing. */
describe("the validator", () => {
  const suite = 'name="a" tests="1" failures="0" errors="0"';
  it.each([
    [`<testsuites><testsuite ${suite}><testcase classname="c" name="n"/></testsuite></testsuites>`, null],
    [`<testsuites><testsuite ${suite}><testcase classname="c"/></testsuite></testsuites>`, "testcase lacks name"],
    ['<testsuites><testsuite name="a" tests="1" failures="0"/></testsuites>', "testsuite lacks errors"],
    [`<testsuites><testsuite ${suite} colour="red"/></testsuites>`, "testsuite has no attribute colour"],
    ['<testsuites tests="one"/>', 'testsuites tests="one" is no count'],
    [`<testsuites><testsuite ${suite} timestamp="2026-11-20T10:00:00Z"/></testsuites>`, "is no localTime"],
    ["<testsuites><testcase/></testsuites>", "testcase may not stand there"],
    ["<testsuites>text</testsuites>", "testsuites may hold no text"],
    ["<report/>", "element report is not declared"],
    ["<testsuites>", "not well-formed"],
    [
      `<testsuites><testsuite ${suite}><testcase classname="c" name="n"><failure/><skipped/></testcase></testsuite></testsuites>`,
      "skipped may not stand there",
    ],
  ])("%s", (xml, problem) => {
    const found = junitProblems(xml);
    if (problem === null) expect(found).toEqual([]);
    else expect(found.join("\n")).toContain(problem);
  });
});
