/** Answers about the situation that every planner asks. */
import type { ExpectedRelation } from "../../model/contract.js";
import type { ObjectDefinition } from "../../model/definitions.js";
import { displayName, type QualifiedName, qualifiedKey } from "../../model/names.js";
import type { TableSize } from "../../model/repair.js";
import type { Gap } from "../../model/report.js";
import type { Column, EnumType, Relation } from "../../model/schema.js";
import { subjectRelation } from "../../model/subject.js";
import type { Situation } from "../situation.js";
import { columnText } from "./draft.js";

/**
 * How careful a statement on a table has to be. `new`: the plan makes it, `empty`: it has no rows, so nothing takes
 * long and nothing can be refused. `small`: what reads every row takes a moment. `large`: it would hold others up.
 */
export type Room = "new" | "empty" | "small" | "large";

/** From this many rows on (estimated), or where nobody knows, nothing reads all rows under a lock that blocks writes. */
export const LARGE_ROWS = 100_000;

export interface Known {
  readonly situation: Situation;
  readonly definitions: readonly ObjectDefinition[];
  /** Each relation once. */
  readonly relations: readonly ExpectedRelation[];
  /** `server_version_num` of the target; null: not known. */
  readonly serverVersion: number | null;
  /** As all applications together describe it; where they differ, as the first of these does. */
  expected(name: QualifiedName, applications?: readonly string[]): ExpectedRelation | null;
  expectedColumn(name: QualifiedName, column: string): Column | null;
  /** Null: not there, or nobody has looked. */
  actual(name: QualifiedName): Relation | null;
  actualColumn(name: QualifiedName, column: string): Column | null;
  actualEnum(name: QualifiedName): EnumType | null;
  /** Null of a table that the plan makes. */
  size(name: QualifiedName): TableSize | null;
  room(name: QualifiedName): Room;
  /** A gap says that it is not there. */
  lacksRelation(name: QualifiedName): boolean;
  lacksColumn(name: QualifiedName, column: string): boolean;
  /** The value that somebody gave for rows without one. */
  backfill(name: QualifiedName, column: string): string | null;
}

/** Looks everything up once, so that a plan for many gaps stays quick. */
export function knownFrom(situation: Situation): Known {
  const { contract, models, tables, backfill } = situation;
  const expected = mergedRelations(situation, []);
  const actual = new Map(
    (models ?? []).flatMap(({ relations }) => relations).map((each) => [qualifiedKey(each), each]),
  );
  const missing = absences(situation.gaps);
  const preferred = new Map<string, Map<string, ExpectedRelation>>();
  const byApplications = (first: readonly string[]) => {
    const key = JSON.stringify(first);
    const merged = preferred.get(key) ?? mergedRelations(situation, first);
    preferred.set(key, merged);
    return merged;
  };
  const lacksRelation = (name: QualifiedName) => missing.has(qualifiedKey(name));
  const known: Omit<Known, "room" | "size"> = {
    situation,
    definitions: contract.definitions ?? [],
    relations: [...expected.values()],
    serverVersion: models?.[0]?.serverVersion ?? null,
    expected: (name, first = []) => {
      const isSameForAll = contract.applications.length === 1 || first.length === 0;
      return (isSameForAll ? expected : byApplications(first)).get(qualifiedKey(name)) ?? null;
    },
    expectedColumn: (name, column) => columnOf(expected.get(qualifiedKey(name)), column),
    actual: (name) => actual.get(qualifiedKey(name)) ?? null,
    actualColumn: (name, column) => columnOf(actual.get(qualifiedKey(name)), column),
    actualEnum: (name) =>
      models?.flatMap(({ enums }) => enums).find((each) => qualifiedKey(each) === qualifiedKey(name)) ?? null,
    lacksRelation,
    lacksColumn: (name, column) => lacksRelation(name) || missing.has(JSON.stringify([qualifiedKey(name), column])),
    backfill: (name, column) => backfill.get(columnText(name, column)) ?? null,
  };
  const size = (name: QualifiedName) => (lacksRelation(name) ? null : sizeOf(name, tables));
  return { ...known, size, room: (name) => (lacksRelation(name) ? "new" : roomOf(name, tables)) };
}

export function isInPrimaryKey(known: Known, table: QualifiedName, column: string): boolean {
  const constraints = known.actual(table)?.constraints ?? [];
  return constraints.some((each) => each.kind === "primary-key" && each.columns.includes(column));
}

function sizeOf({ schema, name }: QualifiedName, tables: Situation["tables"]): TableSize {
  const facts = tables.get(displayName({ schema, name }));
  return { schema, name, rows: facts?.rows ?? null, bytes: facts?.bytes ?? null };
}

function roomOf(name: QualifiedName, tables: Situation["tables"]): Room {
  const facts = tables.get(displayName(name));
  if (facts?.empty === true) return "empty";
  return facts?.rows == null || facts.rows >= LARGE_ROWS ? "large" : "small";
}

/** Of a relation its key, of a column the key of its relation and its name. */
function absences(gaps: readonly Gap[]): Set<string> {
  const keys = gaps.flatMap(({ code, subject }): string[] => {
    const name = subjectRelation(subject);
    if (name === null) return [];
    if (code === "MISSING_TABLE" || code === "MISSING_VIEW") return [qualifiedKey(name)];
    return code === "MISSING_COLUMN" ? [JSON.stringify([qualifiedKey(name), subject.name])] : [];
  });
  return new Set(keys);
}

function columnOf(relation: Pick<Relation, "columns"> | undefined, name: string): Column | null {
  return relation?.columns.find((column) => column.name === name) ?? null;
}

function mergedRelations({ contract }: Situation, first: readonly string[]): Map<string, ExpectedRelation> {
  const merged = new Map<string, ExpectedRelation>();
  const isFirst = ({ name }: { readonly name: string }) => first.includes(name);
  const { applications } = contract;
  const inOrder = [...applications.filter(isFirst), ...applications.filter((each) => !isFirst(each))];
  for (const relation of inOrder.flatMap(({ relations }) => relations)) {
    const key = qualifiedKey(relation);
    const known = merged.get(key);
    merged.set(key, known === undefined ? relation : merge(known, relation));
  }
  return merged;
}

/** What two applications say of one relation; where both name the same part, the first is taken. */
function merge(a: ExpectedRelation, b: ExpectedRelation): ExpectedRelation {
  const union = <T extends { readonly name: string }>(one: readonly T[], other: readonly T[]): T[] => [
    ...one,
    ...other.filter(({ name }) => !one.some((each) => each.name === name)),
  ];
  return {
    ...a,
    kind: a.kind ?? b.kind,
    complete: a.complete || b.complete,
    columns: union(a.columns, b.columns),
    constraints: union(a.constraints, b.constraints),
    indexes: union(a.indexes, b.indexes),
    triggers: [...new Set([...a.triggers, ...b.triggers])],
    introducedBy: a.introducedBy ?? b.introducedBy,
  };
}
