import type { ExpectedRelation } from "../model/contract.js";
import { displayName } from "../model/names.js";
import type { Json, Operation, Severity } from "../model/report.js";
import type { ForeignKey, Relation } from "../model/schema.js";
import { gap, type Outcome, SATISFIED } from "./outcome.js";
import { columnList, partOf } from "./subjects.js";

const WRITES: readonly Operation[] = ["insert", "update"];

export function foreignKeys(relation: Pick<Relation, "constraints">): ForeignKey[] {
  return relation.constraints.filter((constraint): constraint is ForeignKey => constraint.kind === "foreign-key");
}

/** Foreign keys match by columns and target; the name is free. */
export function compareForeignKeys(expected: ExpectedRelation, actual: Relation): Outcome[] {
  const present = foreignKeys(actual);
  return foreignKeys(expected).map((key) => {
    const found = present.find((candidate) => sameReference(key, candidate));
    return found === undefined ? missing(expected, key, present) : compareRules(expected, key, found);
  });
}

/** Same pairs of (column, referenced column), in whatever order, to the same table. */
export function sameReference(a: ForeignKey, b: ForeignKey): boolean {
  const pairs = (key: ForeignKey) =>
    key.columns.map((column, i) => JSON.stringify([column, key.referencedColumns[i] ?? ""])).sort();
  return (
    a.references.schema === b.references.schema &&
    a.references.name === b.references.name &&
    pairs(a).join() === pairs(b).join()
  );
}

function missing(relation: ExpectedRelation, key: ForeignKey, present: readonly ForeignKey[]): Outcome {
  const other = present.find((candidate) => candidate.columns.join() === key.columns.join());
  const instead = other === undefined ? "" : `; it references ${reference(other)} instead`;
  return gap({
    code: other === undefined ? "MISSING_CONSTRAINT" : "CONSTRAINT_DEFINITION",
    severity: other === undefined ? "warning" : "error",
    subject: partOf(relation, "constraint", key.name),
    expected: describeForeignKey(key),
    actual: other === undefined ? null : describeForeignKey(other),
    operations: WRITES,
    introducedBy: relation.introducedBy,
    message: `${displayName(relation)} has no foreign key ${columnList(key.columns)} to ${reference(key)}${instead}.`,
  });
}

function compareRules(relation: ExpectedRelation, expected: ForeignKey, actual: ForeignKey): Outcome {
  const differing = ruleDifferences(expected, actual);
  if (differing.length > 0) {
    return gap({
      code: "CONSTRAINT_DEFINITION",
      severity: rulesSeverity(expected, actual),
      subject: partOf(relation, "constraint", actual.name),
      expected: describeForeignKey(expected),
      actual: describeForeignKey(actual),
      operations: ["insert", "update", "delete"],
      introducedBy: relation.introducedBy,
      message: `Foreign key ${actual.name} on ${displayName(relation)}: ${differing.join(", ")}.`,
    });
  }
  if (expected.validated && expected.enforced && !(actual.validated && actual.enforced))
    return unchecked(relation, expected, actual);
  return SATISFIED;
}

function ruleDifferences(expected: ForeignKey, actual: ForeignKey): string[] {
  const rules: [string, string | undefined, string | undefined][] = [
    ["ON DELETE", expected.onDelete, actual.onDelete],
    ["ON UPDATE", expected.onUpdate, actual.onUpdate],
    ["MATCH", expected.match, actual.match],
  ];
  const differences = rules
    .filter(([, want, have]) => want !== undefined && want !== have)
    .map(([rule, want, have]) => `${rule} is ${sql(have)}, expected ${sql(want)}`);
  const deferred = expected.initiallyDeferred && !actual.initiallyDeferred;
  if (deferred || (expected.deferrable && !actual.deferrable)) {
    differences.push(`it is checked at once, expected DEFERRABLE${deferred ? " INITIALLY DEFERRED" : ""}`);
  }
  return differences;
}

/** A delete that should cascade and does not is refused (23503); the other way round more is deleted than meant. */
function rulesSeverity(expected: ForeignKey, actual: ForeignKey): Severity {
  const refuses = (action: string | undefined) => action === "no-action" || action === "restrict";
  const nowRefused = expected.onDelete !== undefined && !refuses(expected.onDelete) && refuses(actual.onDelete);
  const checkedTooEarly = expected.initiallyDeferred && !actual.initiallyDeferred;
  return nowRefused || checkedTooEarly ? "error" : "warning";
}

function unchecked(relation: ExpectedRelation, expected: ForeignKey, actual: ForeignKey): Outcome {
  const state = actual.enforced
    ? "NOT VALID: rows from before it was added are not checked"
    : "NOT ENFORCED: nothing is checked";
  return gap({
    code: "UNVALIDATED_CONSTRAINT",
    severity: "warning",
    subject: partOf(relation, "constraint", actual.name),
    expected: { ...describeForeignKey(expected), validated: true },
    actual: { validated: actual.validated, enforced: actual.enforced },
    operations: WRITES,
    introducedBy: relation.introducedBy,
    message: `Foreign key ${actual.name} on ${displayName(relation)} is ${state}.`,
  });
}

export function describeForeignKey(key: ForeignKey): { readonly [key: string]: Json } {
  return {
    columns: key.columns,
    references: displayName(key.references),
    referencedColumns: key.referencedColumns,
    ...(key.onDelete === undefined ? {} : { onDelete: key.onDelete }),
    ...(key.onUpdate === undefined ? {} : { onUpdate: key.onUpdate }),
  };
}

function reference(key: ForeignKey): string {
  return `${displayName(key.references)} ${columnList(key.referencedColumns)}`;
}

function sql(action: string | undefined): string {
  return (action ?? "").replace("-", " ").toUpperCase();
}
