/**
 * RENAMED: something with the same type in the same place has a name that no application knows. The catalog does not
 * record that a name was another one before, so this is likely and never certain.
 */
import type { ExpectedRelation } from "../../model/contract.js";
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { properties } from "../../model/json.js";
import { compareText, displayName } from "../../model/names.js";
import type { Confidence, Gap } from "../../model/report.js";
import type { Column, Relation } from "../../model/schema.js";
import { subjectRelation } from "../../model/subject.js";
import type { NearbyRelation } from "../../model/surroundings.js";
import { actualRelation, blockedBy, expectedRelations, originRan, plainName, unknownColumns } from "../around.js";
import type { Explanation, Facts } from "../rule.js";
import { renamedType } from "./renamed-type.js";

export function renamed(facts: Facts): Explanation[] {
  return facts.gaps.flatMap((gap) => {
    if (gap.code === "MISSING_COLUMN") return renamedColumn(facts, gap);
    if (gap.code === "MISSING_TABLE") return renamedTable(facts, gap);
    const type = renamedType(facts, gap);
    return type === null ? [] : [explanation(facts, gap, [gap, ...type.gaps], { ...type, confidence: "likely" })];
  });
}

interface NewName {
  readonly old: string;
  readonly now: string;
  readonly why: string;
  readonly rename: string;
  readonly confidence: Confidence;
}

function explanation(facts: Facts, gap: Gap, gaps: readonly Gap[], found: NewName): Explanation {
  const { old, now, why, rename } = found;
  // Something that was never made cannot have been renamed.
  const confidence = originRan(facts, gap) === false ? "possible" : found.confidence;
  return {
    code: "RENAMED",
    key: [old, now],
    confidence,
    gaps: gaps.map(({ id }) => id),
    restates: [],
    // Which of the two names is the older one, nobody can see: perhaps a migration was to rename it and failed.
    message: `There is no ${old}, and ${now} stands in its place: ${confidence === "likely" ? "it seems to be" : "it may be"} the same thing under another name.`,
    evidence: [{ fact: `${why}. To give it the expected name: ${rename}`, source: "catalog of the database" }],
    doubt: "PostgreSQL keeps no record of earlier names, so this rests on type and place",
    doubtSource: "PostgreSQL",
  };
}

function renamedColumn(facts: Facts, gap: Gap): Explanation[] {
  const name = subjectRelation(gap.subject);
  const actual = name === null ? undefined : actualRelation(facts, name);
  if (name === null || actual === undefined) return [];
  const wanted = gap.subject.name;
  const found = newColumn(facts, actual, gap);
  if (found === null) return [];
  const { column, confidence } = found;
  const table = displayName(name);
  const names: NewName = {
    confidence,
    old: `${table}.${wanted}`,
    now: column.name,
    why: `${table} has a column "${column.name}" that no application knows, of the type ${column.type.text} that is expected of "${wanted}"`,
    rename: `ALTER TABLE ${qualifiedVisibly(name)} RENAME COLUMN ${quoteVisibly(column.name)} TO ${quoteVisibly(wanted)};`,
  };
  return [explanation(facts, gap, [gap, ...blockedBy(facts, name, [column.name])], names)];
}

interface Found {
  readonly column: Column;
  readonly confidence: Confidence;
}

/** Exactly one column fits, by its name or by its place. */
function newColumn(facts: Facts, actual: Relation, gap: Gap): Found | null {
  const wanted = gap.subject.name;
  const type = properties(gap.expected)["type"];
  const candidates = unknownColumns(facts, actual).filter(
    (column) => column.type.text === type && column.name.toLowerCase() !== wanted.toLowerCase(),
  );
  const expected = expectedRelations(facts, actual);
  const placed = (relations: readonly ExpectedRelation[]) =>
    candidates.filter((column) => relations.some((relation) => isInPlace(relation, actual, wanted, column)));
  // Only an application that names every column can tell a stranger from something it does not care about.
  return (
    only(
      candidates.filter(({ name }) => plainName(name) === plainName(wanted)),
      "likely",
    ) ??
    only(placed(expected.filter(({ complete }) => complete)), "likely") ??
    only(placed(expected), "possible")
  );
}

function only(columns: readonly Column[], confidence: Confidence): Found | null {
  const [column] = columns;
  return column !== undefined && columns.length === 1 ? { column, confidence } : null;
}

/**
 * A rename keeps the place: the columns before and after it are the same on both sides, and between it and the one before
 * nothing was dropped. A column that was dropped and added under another name stands behind the gap that it left.
 */
function isInPlace(expected: ExpectedRelation, actual: Relation, wanted: string, candidate: Column): boolean {
  const wantedAt = expected.columns.findIndex(({ name }) => name === wanted);
  const foundAt = actual.columns.indexOf(candidate);
  if (wantedAt < 0 || step(expected.columns, wantedAt) !== step(actual.columns, foundAt)) return false;
  // A list of some columns has its own ends, and a missing neighbour says nothing there.
  const isGone = (name: string) => expected.complete && !actual.columns.some((column) => column.name === name);
  const neighbours = [-1, 1].map((side) => {
    const name = expected.columns[wantedAt + side]?.name;
    const isSame = name === actual.columns[foundAt + side]?.name && (name !== undefined || expected.complete);
    return { isSame, isGone: name !== undefined && isGone(name) };
  });
  // Its neighbour may be missing as well, renamed with it; but then the other one must be there.
  return neighbours.every((each) => each.isSame || each.isGone) && neighbours.some((each) => each.isSame);
}

function step(columns: readonly Column[], at: number): number {
  return (columns[at]?.position ?? 0) - (columns[at - 1]?.position ?? 0);
}

function renamedTable(facts: Facts, gap: Gap): Explanation[] {
  const { schema, name } = gap.subject;
  const candidates = (facts.surroundings?.nearby ?? []).filter(
    (each) =>
      each.match === "columns" && each.wanted.schema === schema && each.wanted.name === name && hasTypes(facts, each),
  );
  const [found, ...others] = [...candidates].sort(bySize);
  const isClear = others.every((other) => other.columns.length > (found?.columns.length ?? 0));
  if (found === undefined || !isClear) return [];
  const extra = found.columns.length - expectedColumns(facts, found).length;
  const names: NewName = {
    confidence: "likely",
    old: displayName(found.wanted),
    now: found.name,
    why: `${displayName(found)}, which no application knows, has all columns that are expected of ${displayName(found.wanted)}, with their types${extra > 0 ? `, and ${extra} more` : ""}`,
    rename: `ALTER TABLE ${qualifiedVisibly(found)} RENAME TO ${quoteVisibly(name)};`,
  };
  return [explanation(facts, gap, [gap], names)];
}

function bySize(a: NearbyRelation, b: NearbyRelation): number {
  return a.columns.length - b.columns.length || compareText(a.name, b.name);
}

function expectedColumns(facts: Facts, { wanted }: NearbyRelation): readonly Column[] {
  return expectedRelations(facts, wanted)[0]?.columns ?? [];
}

/** Two columns say little (`id`, `name`): then the types and the size must be the same as well. */
function hasTypes(facts: Facts, found: NearbyRelation): boolean {
  const expected = expectedColumns(facts, found);
  const types = new Map(found.columns.map(({ name, type }) => [name, type]));
  const isTyped = expected.every(({ name, type }) => types.get(name) === type.text);
  return isTyped && (expected.length > 2 || found.columns.length === expected.length);
}
