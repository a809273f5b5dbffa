/** Flows and steps as lists: for people who choose with --only and --tag, and for programs. */
import type { FlowListing, StepListing } from "../model/flow-listing.js";
import type { ReporterOptions } from "./reporter.js";
import { labelled, layOut, line, type Row, sections } from "./text/page.js";

const ID_WIDTH = 24;

/** Everything, indented, with a newline at the end. */
export function listingJson(flows: readonly FlowListing[]): string {
  return `${JSON.stringify({ formatVersion: 1, flows }, null, 2)}\n`;
}

export function listingText(flows: readonly FlowListing[], options: ReporterOptions): string {
  if (flows.length === 0) return "no flows\n";
  return layOut(sections(...flows.map(flowRows)), options);
}

function flowRows({ application, id, title, tags, needs, baseUrl, steps }: FlowListing): Row[] {
  const facts = [
    ...(needs.length === 0 ? [] : [`needs ${needs.join(", ")}`]),
    ...(tags.length === 0 ? [] : [`tags ${tags.join(", ")}`]),
    ...(baseUrl === null ? [] : [`at ${baseUrl}`]),
  ];
  const name = `${application}/${id}${title === id ? "" : `  ${title}`}`;
  return [
    line(0, name, "bold"),
    ...(facts.length === 0 ? [] : [line(2, facts.join("; "), "dim")]),
    ...steps.flatMap(stepRows),
  ];
}

function stepRows({ id, feature, tags, needs, does, creates }: StepListing): Row[] {
  const facts = [
    ...(feature === null ? [] : [`feature ${feature}`]),
    ...(needs.length === 0 ? [] : [`needs ${needs.join(", ")}`]),
    ...(tags.length === 0 ? [] : [`tags ${tags.join(", ")}`]),
    ...creates.map((what) => `creates ${what}, and removes it`),
  ];
  const row = labelled(2, id, Math.max(ID_WIDTH, id.length + 2), does.replace(/\s+/g, " "));
  return facts.length === 0 ? [row] : [row, line(2 + ID_WIDTH, facts.join("; "), "dim")];
}
