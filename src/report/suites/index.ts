/** A report as test suites: those of its smoke run when it holds one, else those of the schema; of a gate both. */
import type { Report } from "../../model/report.js";
import { smokeSuites } from "./smoke.js";
import type { Suite } from "./test-case.js";
import { verifySuites } from "./verify.js";

export type { Suite, TestCase } from "./test-case.js";

export function suitesOf(report: Report): Suite[] {
  if (report.smoke === null) return verifySuites(report);
  return [...(report.gate === undefined ? [] : verifySuites(report)), ...smokeSuites(report.smoke)];
}
