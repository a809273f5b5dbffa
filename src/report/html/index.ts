/**
 * The report as one HTML file: nothing is loaded, no script runs, and it can be read on a phone, on paper, in the dark.
 * Names come from a database that anybody may have written to: they are text, and the page's policy allows nothing else.
 */
import type { Report } from "../../model/report.js";
import { displayTime } from "../../model/time.js";
import { baselineWords } from "../baseline-words.js";
import { displayDuration, plural } from "../display.js";
import type { Reporter } from "../reporter.js";
import { hasTarget, headline } from "../text/headline.js";
import type { Row } from "../text/page.js";
import { element, type Html } from "./element.js";
import { classOf, code } from "./parts.js";
import { causesPart, featuresPart, gapsPart, historyPart, stepsPart, unverifiedPart } from "./schema.js";
import { smokeParts } from "./smoke.js";
import { STYLE, STYLE_DIGEST } from "./style.js";

const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; base-uri 'none'; form-action 'none'`;

export const html: Reporter = (report) => {
  const [first, ...others] = headline(report);
  const title = first === undefined ? "" : `${first.label}: ${sentence(first)}`;
  const head = element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    element("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("meta", { name: "referrer", content: "no-referrer" }),
    element("title", {}, title),
    { markup: `<style>${STYLE}</style>` },
  );
  const top = element("header", {}, ...headings(first, others), where(report));
  const parts = [...smokeParts(report.smoke), ...causesPart(report), ...featuresPart(report), ...gapsPart(report)];
  const baseline = baselinePart(report);
  const rest = [...unverifiedPart(report), ...report.history.flatMap(historyPart), ...stepsPart(report)];
  const body = element("body", {}, top, element("main", {}, ...parts, ...baseline, ...rest), footer(report));
  return `<!DOCTYPE html>\n${element("html", { lang: "en" }, head, body).markup}\n`;
};

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

function headings(first: Row | undefined, others: readonly Row[]): Html[] {
  if (first === undefined) return [];
  const label = element("span", { class: "word" }, first.label);
  const verdict = `verdict ${classOf(first.labelStyle ?? "bold")}`.trim();
  return [
    element("h1", { class: verdict }, label, " ", sentence(first)),
    ...others.map((row) => element("p", {}, sentence(row))),
  ];
}

function sentence({ words }: Row): string {
  return words.join(" ");
}

function where(report: Report): Html {
  const { target, checkedAt } = report;
  if (!hasTarget(report)) return element("p", { class: "dim" }, "Looked at no database.");
  const server = target.server === null ? "no answer from the server" : `PostgreSQL ${target.server}`;
  const address = code(`${target.user}@${target.host}:${target.port}/${target.database}`);
  const rest = `, schema ${target.schema}, ${server}, on ${displayTime(checkedAt)}`;
  return element("p", { class: "dim" }, "Looked at ", address, rest);
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
