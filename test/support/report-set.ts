/** Every hand-made Report by name: what a reporter has to be tried with. */
import type { Report } from "../../src/model/report.js";
import { everyCodeReport } from "./every-code-report.js";
import {
  failReport,
  hostileReport,
  passReport,
  smokeReport,
  stepWith,
  unreachableReport,
  unverifiedReport,
} from "./report-fixtures.js";

export const REPORTS: Readonly<Record<string, Report>> = {
  pass: passReport(),
  fail: failReport(),
  unverified: unverifiedReport(),
  unreachable: unreachableReport(),
  hostile: hostileReport(),
  smoke: smokeReport(),
  "every-code": everyCodeReport(),
};

/** The smoke report with this text in every place that an application, a database or a check file can write to. */
export function smokeReportSaying(text: string): Report {
  const report = smokeReport();
  if (report.smoke === null) throw new Error("the fixture has a smoke run");
  const step = stepWith({
    ...{ id: text, title: text, outcome: "failed", request: `GET http://app/${text}`, status: 500, failures: [text] },
    ...{ body: text, curl: text, place: { file: text, line: 3 } },
    attribution: { kind: "none", gaps: [], message: text },
  });
  const flow = { id: text, application: text, title: text, outcome: "failed", steps: [step] } as const;
  const cleanup = { outcome: "failed", steps: [step], leftovers: [text] } as const;
  return { ...report, smoke: { ...report.smoke, baseUrl: text, flows: [flow], cleanup } };
}
