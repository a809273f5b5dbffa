/** What the baseline accepts: softened, not hidden. */
import type { Report } from "../../model/report.js";
import { baselineWords } from "../baseline-words.js";
import { labelled, line, type Row } from "./page.js";

const WIDTH = 10;

export function baselineSection(report: Report): Row[] {
  const words = baselineWords(report);
  if (words === null) return [];
  return [
    line(0, `Baseline: ${words.summary}`, "bold"),
    ...words.accepted.map((text) => labelled(2, "accepted", WIDTH, text, { label: "yellow" })),
    ...words.stale.map((text) => labelled(2, "stale", WIDTH, text, { label: "dim" })),
  ];
}
