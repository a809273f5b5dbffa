/**
 * Gaps on the page. One alone is told in full; those of one kind on one relation with one origin stand together, a line
 * each, or, when they are only warnings, in one paragraph: an incident has a hundred of them and a screen fifty lines.
 */
import type { Gap, Report, SmokeResult } from "../../model/report.js";
import { compareValues, plural, subjectName, subjectWithKind } from "../display.js";
import { numberCauses } from "./causes.js";
import { labelled, line, type Row } from "./page.js";

const BULLET_WIDTH = 2;

export type CauseNumbers = ReadonlyMap<string, number>;

/** Every gap once, in the order of the list. */
export function gapRows(gaps: readonly Gap[], indent: number, causes: CauseNumbers): Row[] {
  return groupBy(gaps, groupKey).flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    return others.length === 0 ? singleRows(first, indent, causes) : groupRows(first, group, indent, causes);
  });
}

/** `shown above: public.users (16 columns, 4 indexes), public.credits (5 indexes)` */
export function gapReferences(gaps: readonly Gap[], indent: number): Row[] {
  if (gaps.length === 0) return [];
  const places = groupBy(gaps, (gap) => `${placeOf(gap)}${gap.subject.relation === null ? gap.id : ""}`).map(
    (group) => {
      const [first] = group;
      if (first === undefined) return "";
      if (first.subject.relation === null) return subjectName(first.subject);
      const kinds = groupBy(group, ({ subject }) => subject.kind).map((same) => countOf(same));
      return `${placeOf(first)} (${kinds.join(", ")})`;
    },
  );
  return [labelled(indent, "-", BULLET_WIDTH, `shown above: ${places.join(", ")}`)];
}

/** Gaps that no listed feature refers to. */
export function looseGaps({ gaps, features }: Report): Gap[] {
  const felt = new Set(features.flatMap((feature) => feature.gaps));
  return gaps.filter(({ id }) => !felt.has(id));
}

/** Migrations that are not applied are told by the history, not here once more. */
export function looseGapsSection(report: Report): Row[] {
  const loose = looseGaps(report).filter(({ code }) => code !== "MIGRATION_NOT_APPLIED" || report.history.length === 0);
  if (loose.length === 0) return [];
  const title = report.features.length === 0 ? "Gaps" : "Gaps that no feature feels";
  return [line(0, title, "bold"), ...gapRows(loose, 2, numberCauses(report.causes))];
}

/** What a smoke run ran into; the rest of the schema is the business of verify. */
export function attributedGapsSection(report: Report, smoke: SmokeResult): Row[] {
  const steps = [...smoke.flows.flatMap((flow) => flow.steps), ...smoke.cleanup.steps];
  const ids = new Set(steps.flatMap(({ attribution }) => attribution?.gaps ?? []));
  const behind = report.gaps.filter(({ id }) => ids.has(id));
  const others = report.gaps.length - behind.length;
  if (report.gaps.length === 0) return [];
  const rest = behind.length === 0 ? plural(others, "gap") : `${others} more`;
  return [
    line(0, behind.length === 0 ? "Gaps" : "Gaps behind the failures", "bold"),
    ...gapRows(behind, 2, numberCauses(report.causes)),
    ...(others === 0 ? [] : [line(2, `${rest}, behind none of these failures; schemaready verify shows them`, "dim")]),
  ];
}

function singleRows(gap: Gap, indent: number, causes: CauseNumbers): Row[] {
  const inner = indent + BULLET_WIDTH;
  const names = [gap.subject.name, ...(gap.subject.relation === null ? [] : [gap.subject.relation])];
  const isNamed = names.some((name) => gap.message.includes(name));
  const named = isNamed ? gap.message : `${subjectWithKind(gap.subject)}: ${gap.message}`;
  const values = isWhole(gap) ? "" : compareValues(gap);
  return [
    labelled(indent, "-", BULLET_WIDTH, named, styleOf(gap)),
    line(inner, values === "" ? kindOf(gap) : `${kindOf(gap)}: ${values}`, "dim"),
    ...originRow(gap, inner, causes),
  ];
}

function groupRows(first: Gap, group: readonly Gap[], indent: number, causes: CauseNumbers): Row[] {
  const inner = indent + BULLET_WIDTH;
  const title = `${kindOf(first)}: ${countOf(group)} of ${placeOf(first)}`;
  return [
    labelled(indent, "-", BULLET_WIDTH, title, styleOf(first)),
    ...originRow(first, inner, causes),
    ...(isWhole(first) || (first.severity === "warning" && isMissing(first))
      ? [line(inner, group.map(({ subject }) => subject.name).join(", "))]
      : group.map((gap) => line(inner, memberText(gap)))),
  ];
}

function memberText(gap: Gap): string {
  return isMissing(gap) ? `${gap.subject.name}: ${compareValues(gap)}` : gap.message;
}

function groupKey(gap: Gap): string {
  return JSON.stringify([gap.code, gap.severity, gap.subject.kind, placeOf(gap), gap.introducedBy, gap.causes]);
}

function groupBy(gaps: readonly Gap[], keyOf: (gap: Gap) => string): Gap[][] {
  const groups = new Map<string, Gap[]>();
  for (const gap of gaps) groups.set(keyOf(gap), [...(groups.get(keyOf(gap)) ?? []), gap]);
  return [...groups.values()];
}

/** What the subject belongs to: its relation, else its schema. */
function placeOf({ subject: { schema, relation } }: Gap): string {
  return [schema, relation].filter((part) => part !== null).join(".") || "the database";
}

function countOf(gaps: readonly Gap[]): string {
  const kind = gaps[0]?.subject.kind ?? "rows";
  if (kind === "rows" || kind === "privileges") return plural(gaps.length, `finding on ${kind}`, `findings on ${kind}`);
  return plural(gaps.length, kind, kind === "index" ? "indexes" : kind === "history" ? "histories" : `${kind}s`);
}

/** Of a missing relation the name says it all; its columns are for the machine formats. */
function isWhole({ code }: Gap): boolean {
  return code === "MISSING_TABLE" || code === "MISSING_VIEW";
}

function isMissing({ code }: Gap): boolean {
  return code.startsWith("MISSING_");
}

function kindOf({ code, severity }: Gap): string {
  return severity === "error" ? code : `${code} (warning)`;
}

function styleOf({ severity }: Gap): { readonly text?: "yellow" } {
  return severity === "error" ? {} : { text: "yellow" };
}

function originRow({ introducedBy, causes }: Gap, indent: number, numbers: CauseNumbers): Row[] {
  const known = causes.flatMap((id) => numbers.get(id) ?? []);
  const parts = [
    ...(introducedBy === null ? [] : [`comes with migration ${introducedBy}`]),
    ...(known.length === 0 ? [] : [`why: ${known.sort((a, b) => a - b).join(", ")}`]),
  ];
  return parts.length === 0 ? [] : [line(indent, parts.join("; "), "dim")];
}
