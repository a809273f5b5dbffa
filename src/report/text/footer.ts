/** The counts at the foot of the page. */
import type { Report } from "../../model/report.js";
import { displayDuration, plural } from "../display.js";
import { VERDICTS } from "../wording.js";
import { labelled, line, type Row } from "./page.js";

const SHORT_ID = 12;

export function footer(report: Report): Row[] {
  const { expectations, satisfied, gaps, implied, unverified } = report.summary;
  const counts = [
    `${satisfied} satisfied`,
    plural(gaps, "gap"),
    ...(implied > 0 ? [`${implied} implied`] : []),
    `${unverified} unverified`,
    ...(report.extras.length > 0 ? [plural(report.extras.length, "extra")] : []),
  ];
  const nothingCompared = report.contract.id === "";
  const facts = [
    ...(nothingCompared
      ? []
      : [`${plural(expectations, "expectation")}: ${counts.join(", ")}`, displayDuration(report.durationMs)]),
    ...(nothingCompared ? [] : [`contract ${shortId(report.contract.id)}`]),
    `${report.tool.name} ${report.tool.version}`,
    report.checkedAt,
  ];
  // The end of a long page is what a terminal still shows: the verdict stands there once more.
  const { word, style } = VERDICTS[report.gate ?? report.verdict];
  // Under a smoke run it would be taken for the run's.
  if (report.smoke !== null && report.gate === undefined) return [line(0, facts.join("; "), "dim")];
  return [labelled(0, word, word.length + 2, facts.join("; "), { label: style, text: "dim" })];
}

/** `sha256:0123456789ab...` -> `0123456789ab` */
function shortId(id: string): string {
  return id.slice(id.indexOf(":") + 1).slice(0, SHORT_ID);
}
