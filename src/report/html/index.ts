/**
 * The report as one HTML file: nothing is loaded, no script runs, and it can be read on a phone, on paper, in the dark.
 * Names come from a database that anybody may have written to: they are text, and the page's policy allows nothing else.
 */
import type { Report } from "../../model/report.js";
import { displayTime } from "../../model/time.js";
import { baselineWords } from "../baseline-words.js";
import { displayDuration, plural } from "../display.js";
import type { Reporter } from "../reporter.js";
import { hasTarget } from "../text/headline.js";
import { element, type Html } from "./element.js";
import { causesPart, featuresPart, gapsPart, type Limits, NO_LIMITS, stepsPart, unverifiedPart } from "./schema.js";
import { banner, documentOf, placeOf, verdictLines } from "./shell.js";
import { smokeParts } from "./smoke.js";
import { STYLE_DIGEST } from "./style.js";
import { historyPart } from "./timeline.js";
import { triagePart } from "./triage.js";

export { type Content, element, type Html } from "./element.js";
export { classOf, code, section, word } from "./parts.js";
export { banner, documentOf, placeOf, type VerdictLines, verdictLines } from "./shell.js";
export { type SmokeLimits, smokeContent } from "./smoke.js";
export { STYLE_DIGEST } from "./style.js";

/** Its own style sheet, and nothing else: in the file, and in the header of whoever serves it. */
export const HTML_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; base-uri 'none'; form-action 'none'`;

export const html: Reporter = (report) => {
  const verdict = verdictLines(report);
  const head = [
    element("meta", { "http-equiv": "Content-Security-Policy", content: HTML_POLICY }),
    element("title", {}, `${verdict.word}: ${verdict.sentence}`),
  ];
  const top = element("header", {}, banner(verdict, where(report)));
  const main = element("main", {}, ...smokeParts(report.smoke), ...schemaParts(report));
  return documentOf({}, head, [top, main, footer(report)]);
};

/** What the verification found, what is urgent first. */
export function schemaParts(report: Report, limits: Limits = NO_LIMITS): Html[] {
  return [
    ...triagePart(report),
    ...causesPart(report, limits),
    ...featuresPart(report, limits),
    ...gapsPart(report, limits),
    ...baselinePart(report),
    ...unverifiedPart(report, limits),
    ...stepsPart(report, limits),
    ...report.history.flatMap(historyPart),
  ];
}

function baselinePart(report: Report): Html[] {
  const words = baselineWords(report);
  if (words === null) return [];
  const items = [...words.accepted.map((text) => `accepted: ${text}`), ...words.stale.map((text) => `stale: ${text}`)];
  return [
    element("h2", {}, "Baseline"),
    element("p", {}, words.summary),
    element("ul", {}, ...items.map((text) => element("li", {}, text))),
  ];
}

function where(report: Report): Html {
  const when = hasTarget(report) ? [`, on ${displayTime(report.checkedAt)}`] : [];
  return element("p", { class: "dim" }, "Looked at ", placeOf(report), ...when);
}

function footer({ summary, durationMs, contract, tool }: Report): Html {
  const { expectations, satisfied, gaps, unverified } = summary;
  const counts = `${plural(expectations, "expectation")}: ${satisfied} satisfied, ${plural(gaps, "gap")}, ${unverified} unverified`;
  const id = contract.id.replace(/^sha256:/, "").slice(0, 12);
  const facts = [
    ...(id === "" ? [] : [counts, displayDuration(durationMs), `contract ${id}`]),
    `${tool.name} ${tool.version}`,
  ];
  return element("footer", {}, element("p", { class: "dim" }, facts.join("; ")));
}
