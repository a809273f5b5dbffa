/**
 * The gaps of one code in one place, as the lines behind that code. Short forms hold what a person needs to put it
 * right (type, default, columns of an index); a gap without a short form is told by its message.
 */
import { groupBy } from "../../model/group.js";
import { properties, strings } from "../../model/json.js";
import type { Gap } from "../../model/report.js";
import { plural, subjectWithKind } from "../display.js";
import { columnText } from "./definitions.js";
import { effectOf, privilegeName, shortForm } from "./short-forms.js";
import { grantNumber, type Task } from "./steps.js";

/**
 * @param gaps of one code and one severity, in one place
 * @param tasks the next steps, to point at the GRANT that closes a gap
 * @returns lines, each a list of items that are better not broken
 */
export function entryLines(gaps: readonly Gap[], tasks: readonly Task[]): string[][] {
  const [first] = gaps;
  if (first === undefined) return [];
  if (first.code === "MISSING_COLUMN" || first.code === "BLOCKING_EXTRA_COLUMN") return columnLines(first, gaps);
  if (first.code === "MISSING_PRIVILEGE") return [privilegeItems(gaps, tasks)];
  if (isWhole(first)) return [wholeItems(first, gaps)];
  return [...groupBy(gaps, effectOf).values()].flatMap((same) => shortLines(same));
}

/** @param gaps with the same effect */
function shortLines(gaps: readonly Gap[]): string[][] {
  const [first] = gaps;
  if (first === undefined) return [];
  const entries = gaps.flatMap((gap) => shortForm(gap) ?? []);
  return withMessages(
    first,
    joined([...new Set(entries)], first.code === "MISSING_INDEX" ? "," : ";"),
    gaps.filter((gap) => shortForm(gap) === null),
  );
}

/** Relations that are missing as a whole. */
export function isWhole({ code }: Pick<Gap, "code">): boolean {
  return code === "MISSING_TABLE" || code === "MISSING_VIEW";
}

/** `a, b text; c integer not null`: columns of one definition share it. */
function columnLines(first: Gap, gaps: readonly Gap[]): string[][] {
  const known = gaps.filter((gap) => definitionOf(gap) !== null);
  const groups = [...groupBy(known, definitionOf)].map(([definition, same]) => {
    const names = same.map(({ subject }) => subject.name);
    return [...names.slice(0, -1).map((name) => `${name},`), `${names.at(-1)} ${definition}`];
  });
  const items = groups.flatMap((group, at) => (at === groups.length - 1 ? group : endWith(group, ";")));
  return withMessages(
    first,
    items,
    gaps.filter((gap) => !known.includes(gap)),
  );
}

/** The items as one line that ends with their effect, and a line for each gap that is told by its message. */
function withMessages(first: Gap, items: readonly string[], others: readonly Gap[]): string[][] {
  const effect = effectOf(first);
  const line = items.length === 0 ? [] : [[...items, ...(effect === null ? [] : [`(${effect})`])]];
  return [...line, ...[...new Set(others.map(named))].map((message) => [message])];
}

function definitionOf({ expected, actual, code }: Gap): string | null {
  const definition = columnText(code === "BLOCKING_EXTRA_COLUMN" ? actual : expected);
  const { similar } = properties(actual);
  if (definition === null || typeof similar !== "string") return definition;
  return `${definition} (there is ${JSON.stringify(similar)}: upper and lower case differ)`;
}

/** `devices (11 columns), apps (18 columns)`; one alone is told in full. */
function wholeItems(first: Gap, gaps: readonly Gap[]): string[] {
  const text = (name: string, gap: Gap) => [name, ...details(gap, gaps.length === 1)].join(" ");
  if (gaps.length === 1) return [text(`${subjectWithKind(first.subject)} is missing`, first)];
  return joined(
    gaps.map((gap) => text(gap.subject.name, gap)),
    ",",
  );
}

function details({ code, subject, expected, actual }: Gap, inFull: boolean): string[] {
  const { columns, kind } = properties(expected);
  const instead = properties(actual)["kind"];
  const parts = [
    ...(code === "MISSING_VIEW" && typeof kind === "string" && kind !== subject.kind ? [kind.replace("-", " ")] : []),
    ...(strings(columns).length > 0
      ? [`${plural(strings(columns).length, "column")}${inFull ? " expected" : ""}`]
      : []),
    ...(typeof instead === "string" ? [`there is a ${instead.replace("-", " ")} of this name`] : []),
  ];
  return parts.length === 0 ? [] : [`(${parts.join("; ")})`];
}

/** `INSERT, UPDATE (status) for role app (GRANT: next step 1)` */
function privilegeItems(gaps: readonly Gap[], tasks: readonly Task[]): string[] {
  const groups = [...groupBy(gaps, ({ expected }) => properties(expected)["role"])].map(([role, same]) => {
    return [...joined(same.map(privilegeName), ","), ...(typeof role === "string" ? [`for role ${role}`] : [])];
  });
  const numbers = [...new Set(gaps.flatMap((gap) => grantNumber(gap, tasks) ?? []))];
  const hint =
    numbers.length === 0 ? [] : [`(GRANT: next step${numbers.length === 1 ? "" : "s"} ${numbers.join(", ")})`];
  return [...groups.flatMap((group, at) => (at === groups.length - 1 ? group : endWith(group, ";"))), ...hint];
}

/** The message, and of whom it speaks if it does not say so itself. */
function named(gap: Gap): string {
  const names = [gap.subject.name, ...(gap.subject.relation === null ? [] : [gap.subject.relation])];
  return names.some((name) => gap.message.includes(name))
    ? gap.message
    : `${subjectWithKind(gap.subject)}: ${gap.message}`;
}

function joined(items: readonly string[], separator: string): string[] {
  return items.map((item, at) => (at === items.length - 1 ? item : `${item}${separator}`));
}

function endWith(items: readonly string[], end: string): string[] {
  return items.map((item, at) => (at === items.length - 1 ? `${item}${end}` : item));
}
