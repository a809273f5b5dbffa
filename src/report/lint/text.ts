/** What lint found, for people: by migration, the same thing said once. */
import { groupBy } from "../../model/group.js";
import { FINDING_SEVERITIES, type FindingSeverity, type LintFinding, type LintResult } from "../../model/lint.js";
import { displaySafe, plural } from "../display.js";
import { labelled, layOut, line, paragraph, type Row, type Style, sections } from "../text/page.js";
import { type LintReporter, pathOf } from "./reporter.js";

const STYLES: Readonly<Record<FindingSeverity, Style>> = { error: "red", warning: "yellow", note: "cyan" };
/** Room for `warning` and two spaces. */
const MARGIN = 9;
const PART = 7;

export const lintText: LintReporter = (result, options) => {
  const shown = result.findings.filter(({ severity }) => options.notes || severity !== "note");
  const groups = [
    ...groupBy(shown, ({ migration, file }) => JSON.stringify([migration, migration === null ? null : file])).values(),
  ];
  const parts = groups.map((group) => migrationRows(result, group));
  return layOut(sections([headline(result)], ...parts, footer(result, options.notes)), options);
};

/** `FAIL  prisma/migrations: 1 error and 2 warnings in 40 migrations`, on one line without colour. */
export function lintHeadline(result: LintResult): string {
  const { label, words } = headline(result);
  return displaySafe(`${label}  ${words.join(" ")}`);
}

function headline(result: LintResult): Row {
  const { summary, migrations, newMigrations, migrationTool, replayed } = result;
  const { errors, warnings } = summary;
  const [word, style] =
    errors > 0
      ? (["FAIL", "red"] as const)
      : warnings > 0
        ? (["WARN", "yellow"] as const)
        : (["PASS", "green"] as const);
  const found = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
  ].join(" and ");
  const fresh = newMigrations === null ? "" : `, ${newMigrations} of them new`;
  const how = replayed ? "replayed" : "not replayed";
  const text = `${pathOf(result, null)}: ${found === "" ? "nothing found" : found} in ${plural(migrations, "migration")} of ${migrationTool}${fresh} (${how})`;
  return labelled(0, word, word.length + 2, text, { label: style, text: "bold" });
}

function migrationRows(result: LintResult, findings: readonly LintFinding[]): Row[] {
  const [first] = findings;
  const { migration = null, file = null } = first ?? {};
  const same = groupBy([...findings].sort(bySeverity), ({ code, severity, why, fix }) =>
    JSON.stringify([code, severity, why, fix]),
  );
  return [
    line(0, titleOf(result, migration, file), "bold"),
    ...[...same.values()].flatMap((group) => sameRows(result, group)),
  ];
}

function bySeverity(a: LintFinding, b: LintFinding): number {
  return FINDING_SEVERITIES.indexOf(a.severity) - FINDING_SEVERITIES.indexOf(b.severity);
}

/** The file says most; the name of the migration besides where it does not stand in it. */
function titleOf(result: LintResult, migration: string | null, file: string | null): string {
  if (migration === null || file === null) return migration ?? "The directory";
  const path = pathOf(result, file);
  return path.includes(migration) ? path : `${path} (${migration})`;
}

/** More than these would hide the rest; their lines are given all the same. */
const MOST_SHOWN = 8;

/** Findings that differ in their place only share why and what to do. */
function sameRows(result: LintResult, group: readonly LintFinding[]): Row[] {
  const [first] = group;
  if (first === undefined) return [];
  const { code, severity, why, fix } = first;
  const most = severity === "error" || group.length <= MOST_SHOWN + 1 ? group.length : MOST_SHOWN;
  const [shown, others] = [group.slice(0, most), group.slice(most)];
  const style = { label: STYLES[severity], text: "bold" } as const;
  return [
    labelled(2, severity, MARGIN, code, style),
    ...shown.flatMap((finding) => oneRow(result, finding)),
    ...(others.length === 0 ? [] : [paragraph(2 + MARGIN, "", restOf(others))]),
    labelled(2 + MARGIN, "why", PART, why, { label: "dim" }),
    labelled(2 + MARGIN, "to do", PART, fix, { label: "dim" }),
  ];
}

function restOf(findings: readonly LintFinding[]): string[] {
  const lines = findings.flatMap(({ line: at }) => (at === null ? [] : [String(at)]));
  return `and ${findings.length} more${lines.length === 0 ? "" : `, in lines ${lines.join(", ")}`}`.split(" ");
}

function oneRow(result: LintResult, finding: LintFinding): Row[] {
  const { migration, file, line: at, message, statement, severity } = finding;
  const place = at !== null ? `line ${at}:` : migration === null && file !== null ? `${pathOf(result, file)}:` : "";
  const text = paragraph(2 + MARGIN, "", [...(place === "" ? [] : [place]), ...message.split(" ")]);
  if (severity !== "error" || statement === null) return [text];
  return [text, line(4 + MARGIN, statement, "dim")];
}

function footer({ summary, arrangements }: LintResult, notes: boolean): Row[] {
  const hidden = notes || summary.notes === 0 ? [] : [`${plural(summary.notes, "note")} not shown (--notes)`];
  const found = summary.errors + summary.warnings + (notes ? summary.notes : 0) > 0;
  const more = found ? ["`schemaready explain CODE` says more about a code"] : [];
  const last = [...hidden, ...more].join("; ");
  return [
    ...arrangements.map((text) => labelled(0, "note:", 6, text, { label: "dim" })),
    ...(last === "" ? [] : [line(0, `${last}.`, "dim")]),
  ];
}
