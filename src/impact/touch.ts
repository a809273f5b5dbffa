/** Whether, how and how badly a feature feels a gap. */
import type { Application, Feature } from "../model/contract.js";
import { properties, strings } from "../model/json.js";
import type { QualifiedName } from "../model/names.js";
import type { Gap, Operation, Severity } from "../model/report.js";
import { subjectObject, subjectRelation } from "../model/subject.js";
import {
  deletesFrom,
  insertLists,
  isSame,
  operationsByColumn,
  operationsOn,
  operationsOnColumns,
  operationsWhere,
} from "./uses.js";

export interface Touch {
  readonly gap: Gap;
  /** The operations of the feature that feel it; may be empty (a data migration that did not run). */
  readonly operations: readonly Operation[];
  /** How badly this feature feels it: at most as badly as the gap's own severity. */
  readonly severity: Severity;
}

/** Null: the feature does not feel the gap. */
export function touch(application: Application, feature: Feature, gap: Gap): Touch | null {
  if (gap.code === "MIGRATION_NOT_APPLIED") {
    return needsMigration(application, feature, gap) ? { gap, operations: [], severity: gap.severity } : null;
  }
  // Nothing says which feature calls a function or uses an extension that no column needs: each may.
  if (isUsedSomewhere(application, gap)) return { gap, operations: [], severity: "warning" };
  const operations = feltOperations(application, feature, gap);
  return operations.length === 0 ? null : { gap, operations, severity: severityFor(gap, operations) };
}

function isUsedSomewhere(application: Application, { code, subject }: Gap): boolean {
  if (code === "MISSING_FUNCTION") return true;
  const columns = application.relations.flatMap((relation) => relation.columns);
  if (code !== "MISSING_EXTENSION" || !application.extensions.includes(subject.name)) return false;
  return !columns.some(({ type }) => type.extension === subject.name);
}

function needsMigration({ migrations, schema }: Application, feature: Feature, { subject }: Gap): boolean {
  if (migrations === null || feature.migrations.length === 0) return false;
  // Without a table the gap stands for all migrations of the application; `schema` is where the table belongs.
  if (subject.kind === "history") return (migrations.schema ?? schema) === subject.schema;
  const sameTable = migrations.schema === null || migrations.schema === subject.schema;
  return sameTable && feature.migrations.includes(subject.name);
}

function feltOperations(application: Application, feature: Feature, gap: Gap): readonly Operation[] {
  const { subject } = gap;
  if (subject.kind === "rows") return feature.rows.some(({ id }) => id === subject.name) ? ["select"] : [];
  const relation = subjectRelation(subject);
  if (relation !== null) return onRelation(application, feature, gap, relation);
  if (subject.kind === "privileges" || subject.kind === "schema") {
    return among(
      gap,
      // Without a schema it is the database itself that the role may not enter.
      operationsWhere(feature, ({ schema }) => subject.schema === null || schema === subject.schema),
    );
  }
  return among(gap, onObject(application, feature, gap));
}

function onRelation(
  application: Application,
  feature: Feature,
  gap: Gap,
  relation: QualifiedName,
): readonly Operation[] {
  const own = among(gap, operationsOn(feature, relation));
  if (gap.subject.kind === "column") return onColumn(application, feature, gap, relation, own);
  if (gap.code === "MISSING_PRIVILEGE") {
    const columns = strings(properties(gap.expected)["columns"]);
    return columns.length === 0 ? own : among(gap, operationsOnColumns(feature, relation, columns));
  }
  if (gap.subject.kind === "constraint") return onConstraint(application, feature, gap, own);
  return gap.subject.kind === "index" ? onIndex(feature, gap, relation, own) : own;
}

/** A plain index can only help a feature that names one of its columns; what a DELETE filters by is not known. */
function onIndex(feature: Feature, gap: Gap, relation: QualifiedName, own: readonly Operation[]): readonly Operation[] {
  const { unique, columns, where } = properties(gap.expected);
  const keys = strings(columns);
  const isPlain = unique !== true && where === undefined && keys.length > 0 && keys.every((key) => !key.includes("("));
  if (!isPlain) return own;
  const names = keys.map((key) => key.replace(/ (?:desc|asc|nulls first|nulls last|collate .*)\b.*$/, ""));
  return among(gap, operationsOnColumns(feature, relation, names));
}

/** An INSERT feels what it leaves out as well: a default that is gone, a NOT NULL that is new. Everything else is by name. */
function onColumn(
  application: Application,
  feature: Feature,
  gap: Gap,
  relation: QualifiedName,
  own: readonly Operation[],
): readonly Operation[] {
  const { name } = gap.subject;
  const named = among(gap, operationsOnColumns(feature, relation, [name]));
  const besides = named.filter((operation) => operation !== "insert");
  switch (gap.code) {
    case "BLOCKING_EXTRA_COLUMN":
    case "COLUMN_NULLABILITY":
      return own.filter((operation) => operation === "insert" || named.includes(operation));
    case "COLUMN_DEFAULT":
    case "COLUMN_IDENTITY": {
      const isLost = properties(gap.actual)["autoIncrement"] !== "always";
      const feels = isLost ? insertsWithout(application, feature, relation, name) : named.includes("insert");
      return feels && own.includes("insert") ? [...besides, "insert"] : besides;
    }
    default:
      return named;
  }
}

/** Whether an INSERT of the feature may leave the column out; one that names all columns ("*") may give any of them. */
function insertsWithout(application: Application, feature: Feature, relation: QualifiedName, column: string): boolean {
  const expected = application.relations.find((candidate) => isSame(candidate, relation));
  const writable = (expected?.columns ?? []).filter(({ generated }) => generated === null);
  return insertLists(feature, relation).some(
    (columns) => !columns.includes(column) || writable.every(({ name }) => columns.includes(name)),
  );
}

/** A foreign key is also felt where rows are deleted that it refers to, directly or by a cascade. */
function onConstraint(
  application: Application,
  feature: Feature,
  gap: Gap,
  own: readonly Operation[],
): readonly Operation[] {
  const target = properties(gap.actual)["references"] ?? properties(gap.expected)["references"];
  if (typeof target !== "string" || !gap.operations.includes("delete")) return own;
  const deletes = deletesFrom(application, feature, target);
  // Deleting from the table that holds the key is always allowed.
  const writes = gap.code === "BLOCKING_EXTRA_CONSTRAINT" ? own.filter((operation) => operation !== "delete") : [];
  return deletes ? [...writes, "delete"] : writes;
}

function onObject(application: Application, feature: Feature, { subject }: Gap): readonly Operation[] {
  const everything = () => operationsWhere(feature, () => true);
  const object = subjectObject(subject);
  if (subject.kind === "extension") {
    const byType = operationsByColumn(application, feature, ({ type }) => type.extension === subject.name);
    return byType ?? (application.extensions.includes(subject.name) ? everything() : []);
  }
  if (object === null) return [];
  const lists = {
    enum: application.enums,
    domain: application.domains,
    sequence: application.sequences,
    function: application.functions,
  };
  const listed = Object.hasOwn(lists, subject.kind) ? lists[subject.kind as keyof typeof lists] : [];
  const byColumn =
    subject.kind === "sequence"
      ? insertsWith(application, feature, object)
      : operationsByColumn(application, feature, ({ type }) => type.kind === subject.kind && isSame(type, object));
  return byColumn ?? (listed.some((each) => isSame(each, object)) ? everything() : []);
}

/** An INSERT that leaves the column out is what needs its sequence. Null when no column of the application has it. */
function insertsWith(application: Application, feature: Feature, wanted: QualifiedName): readonly Operation[] | null {
  const relations = application.relations.filter(({ columns }) =>
    columns.some(({ sequence }) => sequence !== null && isSame(sequence, wanted)),
  );
  const inserts = relations.some((relation) => operationsOn(feature, relation).includes("insert"));
  return relations.length === 0 ? null : inserts ? ["insert"] : [];
}

function among({ operations }: Gap, performed: readonly Operation[]): Operation[] {
  return performed.filter((operation) => operations.includes(operation));
}

/**
 * Without a unique index only upserts (INSERT ... ON CONFLICT) fail; an unknown foreign key refuses deletes, while writes
 * mostly pass. Whoever does only the other half is degraded, not broken.
 */
function severityFor({ code, severity, expected }: Gap, operations: readonly Operation[]): Severity {
  const isUnique = properties(expected)["unique"] === true;
  if (isUnique && !operations.includes("insert")) return "warning";
  // Reading works; only a filter that uses the label fails.
  if (
    code === "MISSING_ENUM_LABEL" &&
    !operations.some((operation) => operation === "insert" || operation === "update")
  )
    return "warning";
  if (code === "BLOCKING_EXTRA_CONSTRAINT" && !operations.includes("delete")) return "warning";
  return severity;
}
