/**
 * JUnit XML as Jenkins, GitLab, GitHub actions and Azure read it (https://github.com/windyroad/JUnit-Schema).
 * A broken feature is a failure, an unverified one an error; warnings are only output, because they fail nothing.
 * The report of a smoke run holds the run: one suite for each flow, and one for the clean-up, so that something left
 * behind does not look like a broken feature.
 */
import { suite } from "./junit-suite.js";
import type { Reporter } from "./reporter.js";
import { suitesOf } from "./suites/index.js";
import { element, xmlDocument } from "./xml.js";

export const junit: Reporter = (report) => {
  const suites = suitesOf(report).map(suite);
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
