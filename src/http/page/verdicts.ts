/** The verdict over time: a bar whose height and colour are the verdict, and the same as a list. */
import type { Verdict } from "../../model/report.js";
import { displayTime } from "../../model/time.js";
import { type Content, classOf, code, element, type Html, section, VERDICTS, word } from "../../report/index.js";
import type { ChangeRecord } from "../changes.js";
import { type Span, spansOf, timeText, totals, WINDOW_MS } from "./spans.js";

const LISTED = 8;
const WIDTH = 1000;
const HEIGHT = 40;
/** A minute in a day would be less than a pixel, and it is what somebody looks for. */
const NARROWEST = 4;
/** Told apart without colour, too. */
const HEIGHTS: Readonly<Record<Verdict, number>> = { pass: 10, warn: 20, unverified: 30, fail: HEIGHT };

/**
 * Nothing before the first verdict.
 * @param changes newest first
 */
export function verdictsPart(changes: readonly ChangeRecord[], nowMs: number): Html[] {
  const spans = spansOf(changes, nowMs);
  const [first] = spans;
  if (first === undefined) return [];
  const words = totalWords(spans);
  const start = new Date(first.fromMs).toISOString();
  const isClipped = nowMs - first.fromMs >= WINDOW_MS;
  const ends = element(
    "div",
    { class: "ends dim", "aria-hidden": "true" },
    element("span", {}, isClipped ? "24 h ago" : displayTime(start)),
    element("span", {}, "now"),
  );
  return section(
    "verdicts",
    "Verdict over time",
    element("p", { class: "dim" }, `${isClipped ? "In the last 24 h" : `Since ${displayTime(start)}`}: ${words}`),
    bar(spans, words),
    ends,
    changeList(changes, nowMs),
  );
}

function totalWords(spans: readonly Span[]): string {
  const whole = spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const sums = [...totals(spans)];
  if (whole === 0 || sums.length === 1) return sums.map(([verdict, ms]) => `${verdict} ${timeText(ms)}`).join(", ");
  return sums.map(([verdict, ms]) => `${verdict} ${timeText(ms)} (${percent(ms / whole)})`).join(", ");
}

/** A little is never nothing, and nearly all is never all. */
function percent(part: number): string {
  if (part < 0.01) return "under 1 %";
  return part > 0.99 ? "over 99 %" : `${Math.round(part * 100)} %`;
}

function bar(spans: readonly Span[], words: string): Html {
  const widths = widthsOf(spans);
  let x = 0;
  const blocks = spans.map(({ verdict }, at) => {
    const width = widths[at] ?? 0;
    const height = HEIGHTS[verdict];
    const place = { x: round(x), y: round(HEIGHT - height), width: round(width), height: round(height) };
    x += width;
    return element("rect", { class: classOf(VERDICTS[verdict].style), ...place });
  });
  const attributes = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" };
  return element("svg", { class: "bar", ...attributes, "aria-label": `Verdicts, oldest first: ${words}` }, ...blocks);
}

/** In proportion to time, except that nothing disappears; together exactly the width. */
function widthsOf(spans: readonly Span[]): number[] {
  const whole = spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const shares = spans.map(({ fromMs, toMs }) =>
    whole === 0 ? WIDTH / spans.length : ((toMs - fromMs) / whole) * WIDTH,
  );
  const raised = shares.map((share) => Math.max(share, NARROWEST));
  const sum = raised.reduce((total, each) => total + each, 0);
  return raised.map((each) => (each / sum) * WIDTH);
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function changeList(changes: readonly ChangeRecord[], nowMs: number): Content {
  const items = changes.slice(0, LISTED).map((change, at) => changeItem(change, changes[at - 1] ?? null, nowMs));
  const rest = changes.length - LISTED;
  const more = rest > 0 ? [element("p", { class: "dim" }, `${rest} older ones: `, code("/schema/changes"))] : [];
  return [element("ol", { class: "timeline" }, ...items), ...more];
}

/** @param next the change that ended it; null: it still holds */
function changeItem({ at, to, summary }: ChangeRecord, next: ChangeRecord | null, nowMs: number): Html {
  const { style } = VERDICTS[to];
  const lasted = timeText(Math.max(0, (next === null ? nowMs : Date.parse(next.at)) - Date.parse(at)));
  const when = `from ${displayTime(at)}, ${next === null ? `for ${lasted} now` : `for ${lasted}`}`;
  return element(
    "li",
    { class: `dot ${classOf(style)}` },
    word({ word: to, style }),
    " ",
    when,
    ...(summary === null ? [] : [element("div", { class: "dim" }, summary)]),
  );
}
