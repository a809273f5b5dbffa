/** What a feature does with relations and columns. */
import type { Application, Feature, RelationUse } from "../model/contract.js";
import { displayName, type QualifiedName } from "../model/names.js";
import type { Operation } from "../model/report.js";
import type { Column, ForeignKey } from "../model/schema.js";

const OPERATIONS: readonly Operation[] = ["select", "insert", "update", "delete"];

/** The operations of a feature on a relation. */
export function operationsOn(feature: Feature, relation: QualifiedName): Operation[] {
  return collect(usesOf(feature, relation), performs);
}

/** The operations that name at least one of the columns. */
export function operationsOnColumns(
  feature: Feature,
  relation: QualifiedName,
  columns: readonly string[],
): Operation[] {
  return collect(usesOf(feature, relation), (use, operation) => names(use, operation, columns));
}

/** The columns that each INSERT of a feature into the relation gives. */
export function insertLists(feature: Feature, relation: QualifiedName): (readonly string[])[] {
  return usesOf(feature, relation).flatMap(({ insert }) => (insert === null ? [] : [insert]));
}

/** Everything that a feature does with any relation for which `applies` holds. */
export function operationsWhere(feature: Feature, applies: (relation: QualifiedName) => boolean): Operation[] {
  return collect(
    feature.uses.filter(({ relation }) => applies(relation)),
    performs,
  );
}

/** Operations on the columns of an application's contract for which `applies` holds; null when it has no such column. */
export function operationsByColumn(
  application: Application,
  feature: Feature,
  applies: (column: Column) => boolean,
): Operation[] | null {
  const found = application.relations.flatMap((relation) => {
    const columns = relation.columns.filter(applies).map(({ name }) => name);
    return columns.length === 0 ? [] : [operationsOnColumns(feature, relation, columns)];
  });
  if (found.length === 0) return null;
  return OPERATIONS.filter((operation) => found.some((each) => each.includes(operation)));
}

/** Whether a feature deletes from the relation (`schema.name`), itself or through foreign keys that cascade to it. */
export function deletesFrom(application: Application, feature: Feature, relation: string): boolean {
  const reached = new Set(feature.uses.filter((use) => use.delete).map((use) => displayName(use.relation)));
  // A set also visits what is added while it is walked.
  for (const parent of reached) {
    for (const child of application.relations) {
      const cascades = child.constraints.some((key) => key.kind === "foreign-key" && cascadesFrom(key, parent));
      if (cascades) reached.add(displayName(child));
    }
  }
  return reached.has(relation);
}

function cascadesFrom(key: ForeignKey, parent: string): boolean {
  return key.onDelete === "cascade" && displayName(key.references) === parent;
}

export function isSame(a: QualifiedName, b: QualifiedName): boolean {
  return a.schema === b.schema && a.name === b.name;
}

function usesOf(feature: Feature, wanted: QualifiedName): RelationUse[] {
  return feature.uses.filter(({ relation }) => isSame(relation, wanted));
}

function collect(
  uses: readonly RelationUse[],
  applies: (use: RelationUse, operation: Operation) => boolean,
): Operation[] {
  return OPERATIONS.filter((operation) => uses.some((use) => applies(use, operation)));
}

/** A use that only says "this relation" reads it. */
function performs(use: RelationUse, operation: Operation): boolean {
  switch (operation) {
    case "select":
      return use.select.length > 0 || (use.insert === null && use.update.length === 0 && !use.delete);
    case "insert":
      return use.insert !== null;
    case "update":
      return use.update.length > 0;
    case "delete":
      return use.delete;
  }
}

function names(use: RelationUse, operation: Operation, columns: readonly string[]): boolean {
  const list = operation === "delete" ? [] : (use[operation] ?? []);
  return columns.some((column) => list.includes(column));
}
