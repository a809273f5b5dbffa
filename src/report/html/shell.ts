/** What the report as a file and the status page of the service have in common around their sections. */
import type { Report } from "../../model/report.js";
import { hasTarget, headline } from "../text/headline.js";
import type { Row, Style } from "../text/page.js";
import { type Content, element, type Html } from "./element.js";
import { classOf, code } from "./parts.js";
import { STYLE } from "./style.js";

/** The verdict as it is told at the top: a word with its colour, a sentence, and what else has to be said at once. */
export interface VerdictLines {
  readonly word: string;
  readonly style: Style;
  readonly sentence: string;
  readonly others: readonly string[];
}

/** Of a report, in the words of every other format. */
export function verdictLines(report: Report): VerdictLines {
  const [first, ...others] = headline(report);
  return {
    word: first?.label ?? "",
    style: first?.labelStyle ?? "bold",
    sentence: first === undefined ? "" : sentenceOf(first),
    others: others.map(sentenceOf),
  };
}

function sentenceOf({ words }: Row): string {
  return words.join(" ");
}

/** The whole file, the style sheet in it. */
export function documentOf(
  attributes: Readonly<Record<string, string>>,
  head: readonly Content[],
  body: readonly Content[],
): string {
  const start = element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("meta", { name: "referrer", content: "no-referrer" }),
    ...head,
    { markup: `<style>${STYLE}</style>` },
  );
  const page = element("html", { lang: "en", ...attributes }, start, element("body", {}, ...body));
  return `<!DOCTYPE html>\n${page.markup}\n`;
}

/** The block at the top: its colour is the verdict's, and so is its first word. */
export function banner({ word, style, sentence, others }: VerdictLines, ...below: readonly Content[]): Html {
  return element(
    "div",
    { class: `verdict ${classOf(style)}`.trim(), id: "verdict" },
    element("h1", {}, element("span", { class: "badge" }, word), " ", element("span", {}, sentence)),
    ...others.map((each) => element("p", {}, each)),
    ...below,
  );
}

/** Where we looked: `app@db:5432/app, schema public, PostgreSQL 15.18`. */
export function placeOf(report: Report): Content[] {
  const { target } = report;
  if (!hasTarget(report)) return ["no database"];
  const server = target.server === null ? "no answer from the server" : `PostgreSQL ${target.server}`;
  const address = code(`${target.user}@${target.host}:${target.port}/${target.database}`);
  return [address, `, schema ${target.schema}, ${server}`];
}
