/** Do the lists of a relation name what the file has? */
import type { FileCheck } from "../check-file.js";
import { findColumn, type NamedRelation } from "../names.js";
import type { ForeignKeySection, IndexKeySection, RelationSection } from "../schema/check-file.js";
import { definitionProblem, expressionProblem } from "../text/sql-scan.js";
import { requireColumns, requireRelation } from "./columns.js";
import { readIndexKey } from "./index-key.js";

/** Checks every relation of a file. */
export function checkRelations(check: FileCheck): void {
  for (const relation of check.file.names.values()) {
    checkKind(check, relation);
    checkDefinitions(check, relation);
    checkKeys(check, relation);
    relation.section.indexes?.forEach((_, i) => {
      checkIndex(check, relation, i);
    });
    relation.section.foreignKeys?.forEach((foreignKey, i) => {
      checkForeignKey(check, relation, foreignKey, i);
    });
  }
}

type ListKey = Extract<
  keyof RelationSection,
  "primaryKey" | "unique" | "indexes" | "foreignKeys" | "checks" | "exclusions" | "triggers"
>;
/** What PostgreSQL does not have on relations of a kind. */
const IMPOSSIBLE: Readonly<Record<string, readonly ListKey[]>> = {
  view: ["primaryKey", "unique", "indexes", "foreignKeys", "checks", "exclusions"],
  "materialized-view": ["primaryKey", "foreignKeys", "checks", "exclusions", "triggers"],
  "foreign-table": ["primaryKey", "unique", "indexes", "foreignKeys", "exclusions"],
};

function checkKind(check: FileCheck, { section, path }: NamedRelation): void {
  const kind = section.kind ?? "";
  for (const list of IMPOSSIBLE[kind] ?? []) {
    if (section[list] !== undefined) check.report([...path, list], `a ${kind} cannot have ${list}`, "key");
  }
}

function checkDefinitions(check: FileCheck, { columns, section, path }: NamedRelation): void {
  for (const { definition, definitionPath } of columns.values()) {
    const problem = definitionProblem(definition);
    if (problem !== null) check.report(definitionPath, `not one column definition: ${problem}`);
  }
  section.checks?.forEach((entry, i) => {
    const problem = expressionProblem(typeof entry === "string" ? entry : entry.expression);
    const place = [...path, "checks", i, ...(typeof entry === "string" ? [] : ["expression"])];
    if (problem !== null) check.report(place, `not one expression: ${problem}`);
  });
  section.exclusions?.forEach((entry, i) => {
    const problem = definitionProblem(entry);
    if (problem !== null) check.report([...path, "exclusions", i], `not one exclusion constraint: ${problem}`);
  });
}

function checkKeys(check: FileCheck, relation: NamedRelation): void {
  const { section, path } = relation;
  requireColumns(check, relation, section.primaryKey ?? [], (i) => [...path, "primaryKey", i]);
  for (const [i, entry] of (section.unique ?? []).entries()) {
    const place = [...path, "unique", i];
    const short = Array.isArray(entry);
    requireColumns(check, relation, short ? entry : entry.columns, (j) => [...place, ...(short ? [] : ["columns"]), j]);
    requireColumns(check, relation, short ? [] : (entry.include ?? []), (j) => [...place, "include", j]);
  }
}

function checkIndex(check: FileCheck, relation: NamedRelation, position: number): void {
  const index = relation.section.indexes?.[position] ?? [];
  const path = [...relation.path, "indexes", position];
  const short = Array.isArray(index);
  const keys: readonly IndexKeySection[] = short ? index : index.columns;
  for (const [i, section] of keys.entries()) {
    const key = readIndexKey(section, (name) => findColumn(relation, name) !== null);
    const place = [...path, ...(short ? [] : ["columns"]), i];
    const inside = (name: string) => (typeof section === "string" ? place : [...place, name]);
    if (key.column !== null) requireColumns(check, relation, [key.column], () => inside("column"));
    const problem = key.expression === null ? null : expressionProblem(key.expression);
    if (problem !== null) check.report(inside("expression"), `not one expression: ${problem}`);
  }
  if (short) return;
  requireColumns(check, relation, index.include ?? [], (i) => [...path, "include", i]);
  const problem = index.where === undefined ? null : expressionProblem(index.where);
  if (problem !== null) check.report([...path, "where"], `not one expression: ${problem}`);
}

function checkForeignKey(check: FileCheck, relation: NamedRelation, foreignKey: ForeignKeySection, i: number): void {
  const path = [...relation.path, "foreignKeys", i];
  const { columns, references, referencedColumns } = foreignKey;
  requireColumns(check, relation, columns, (j) => [...path, "columns", j]);
  const target = requireRelation(check, references, [...path, "references"], "value", check.file.names);
  if (target === null || referencedColumns === undefined) return;
  requireColumns(check, target, referencedColumns, (j) => [...path, "referencedColumns", j]);
  if (columns.length === referencedColumns.length) return;
  const message = `${columns.length} columns cannot reference ${referencedColumns.length}`;
  check.report([...path, "referencedColumns"], message);
}
