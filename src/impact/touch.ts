/** Whether, how and how badly a feature feels a gap. */
import type { Application, Feature } from "../model/contract.js";
import { properties, strings } from "../model/json.js";
import type { QualifiedName } from "../model/names.js";
import type { Gap, Operation, Severity } from "../model/report.js";
import { subjectObject, subjectRelation } from "../model/subject.js";
import { deletesFrom, isSame, operationsByColumn, operationsOn, operationsOnColumns, operationsWhere } from "./uses.js";

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
  const operations = feltOperations(application, feature, gap);
  return operations.length === 0 ? null : { gap, operations, severity: severityFor(gap, operations) };
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
      operationsWhere(feature, ({ schema }) => schema === subject.schema),
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
  if (gap.subject.kind === "column") return onColumn(feature, gap, relation, own);
  if (gap.code === "MISSING_PRIVILEGE") {
    const columns = strings(properties(gap.expected)["columns"]);
    return columns.length === 0 ? own : among(gap, operationsOnColumns(feature, relation, columns));
  }
  return gap.subject.kind === "constraint" ? onConstraint(application, feature, gap, own) : own;
}

/** An INSERT feels what it leaves out as well: a default that is gone, a NOT NULL that is new. Everything else is by name. */
function onColumn(
  feature: Feature,
  gap: Gap,
  relation: QualifiedName,
  own: readonly Operation[],
): readonly Operation[] {
  const named = among(gap, operationsOnColumns(feature, relation, [gap.subject.name]));
  switch (gap.code) {
    case "BLOCKING_EXTRA_COLUMN":
    case "COLUMN_DEFAULT":
    case "COLUMN_IDENTITY":
    case "COLUMN_NULLABILITY":
      return own.filter((operation) => operation === "insert" || named.includes(operation));
    default:
      return named;
  }
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
  if (code === "BLOCKING_EXTRA_CONSTRAINT" && !operations.includes("delete")) return "warning";
  return severity;
}
