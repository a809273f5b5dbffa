/**
 * Extras that stand in the way. What the contract does not name is information, except where it makes a write of the
 * application fail: a NOT NULL column without default in a table that a feature inserts into, or, where the contract
 * claims to name everything (`complete`), a constraint that it does not know.
 */
import type { ExpectedRelation, RelationUse } from "../model/contract.js";
import { displayName, type QualifiedName } from "../model/names.js";
import type { Severity } from "../model/report.js";
import type { Column, Constraint, ForeignKey, Index, Relation } from "../model/schema.js";
import { rules, ruleText, sameRule } from "./checks.js";
import { columnNamed } from "./column-names.js";
import { autoIncrementOf } from "./defaults.js";
import { foreignKeys, sameReference } from "./foreign-keys.js";
import { sameMembers, serves, uniqueColumns } from "./index-definition.js";
import { extra, gap, type Outcome } from "./outcome.js";
import { columnList, columnName, partOf } from "./subjects.js";
import { uniquenesses } from "./unique.js";

/** `uses`: what the features of the application do, with all relations. */
export function blockingExtras(expected: ExpectedRelation, actual: Relation, uses: readonly RelationUse[]): Outcome[] {
  const own = uses.filter(({ relation }) => isSame(relation, expected));
  const inserted = own.some(({ insert }) => insert !== null);
  const columns = actual.columns.filter(({ name }) => columnNamed(expected.columns, name) === undefined);
  const mayBeFilled = actual.triggers.some(({ beforeInsert, enabled }) => beforeInsert && enabled !== "D");
  const blocks = inserted || expected.complete;
  const found = columns.map((column) => extraColumn(expected, column, blocks, mayBeFilled));
  if (!expected.complete) return found.filter(({ kind }) => kind === "gap");
  return [
    ...found,
    ...extraForeignKeys(expected, actual, uses),
    ...extraRules(expected, actual),
    ...extraUniques(expected, actual),
  ];
}

function isSame(a: QualifiedName, b: QualifiedName): boolean {
  return a.schema === b.schema && a.name === b.name;
}

function extraColumn(relation: ExpectedRelation, column: Column, blocks: boolean, mayBeFilled: boolean): Outcome {
  const filledIn = column.default !== null || column.generated !== null || autoIncrementOf(column) !== "none";
  const subject = partOf(relation, "column", column.name);
  const name = columnName(relation, column.name);
  if (column.nullable || filledIn || !blocks) return extra(subject, `${name} is not in the contract.`);
  return gap({
    code: "BLOCKING_EXTRA_COLUMN",
    severity: mayBeFilled ? "warning" : "error",
    subject,
    expected: null,
    actual: { type: column.type.text, nullable: false, default: null },
    operations: ["insert"],
    message: `Column ${name} is NOT NULL without a default and unknown to the application: ${mayBeFilled ? "unless a trigger fills it in, " : ""}every INSERT fails (23502).`,
  });
}

function extraForeignKeys(expected: ExpectedRelation, actual: Relation, uses: readonly RelationUse[]): Outcome[] {
  const known = foreignKeys(expected);
  return (
    foreignKeys(actual)
      .filter((key) => key.enforced && !known.some((candidate) => sameReference(candidate, key)))
      // The same columns to another target are told as CONSTRAINT_DEFINITION already.
      .filter((key) => !known.some((candidate) => candidate.columns.join() === key.columns.join()))
      .filter((key) => !known.some((candidate) => followedColumns(candidate, key, actual)))
      .map((key) => {
        const refusesDelete = key.onDelete === "restrict" || key.onDelete === "no-action";
        const deleted = uses.some((use) => use.delete && isSame(use.relation, key.references));
        const severity = refusesDelete && deleted ? "error" : "warning";
        return { key, severity } as const;
      })
      .filter(
        ({ key, severity }) =>
          severity === "error" || key.match === "full" || !staysNull(expected, actual, key.columns),
      )
      .map(({ key, severity }) => blockingConstraint(expected, key, severity, foreignKeyEffect(key, severity)))
  );
}

/** The expected key on columns that were renamed: the missing column is the gap, and the key is no other one than before. */
function followedColumns(expected: ForeignKey, key: ForeignKey, actual: Relation): boolean {
  const isGone = expected.columns.some((column) => columnNamed(actual.columns, column) === undefined);
  return isGone && expected.name === key.name && isSame(expected.references, key.references);
}

/**
 * A column that the application does not know and that nothing fills in is NULL in every row that it writes: neither a
 * foreign key (MATCH SIMPLE) nor a unique index then refuses anything. So it is after a newer release has migrated.
 */
function staysNull(expected: ExpectedRelation, actual: Relation, columns: readonly string[]): boolean {
  return actual.columns.some(
    (column) =>
      columns.includes(column.name) &&
      columnNamed(expected.columns, column.name) === undefined &&
      column.nullable &&
      column.default === null &&
      column.generated === null,
  );
}

function foreignKeyEffect(key: ForeignKey, severity: Severity): string {
  const target = `${displayName(key.references)} ${columnList(key.referencedColumns)}`;
  return severity === "error"
    ? `foreign key ${columnList(key.columns)} to ${target}: deleting from ${displayName(key.references)} is refused (23503)`
    : `foreign key ${columnList(key.columns)} to ${target}: writes can be refused (23503)`;
}

function extraRules(expected: ExpectedRelation, actual: Relation): Outcome[] {
  return rules(actual)
    .filter(
      (rule) =>
        rule.enforced &&
        !rules(expected).some((known) => sameRule(known, rule) !== "different" || known.name === rule.name),
    )
    .map((rule) =>
      blockingConstraint(
        expected,
        rule,
        "warning",
        `${rule.kind} constraint ${ruleText(rule)}: writes can be refused (${rule.kind === "check" ? "23514" : "23P01"})`,
      ),
    );
}

function extraUniques(expected: ExpectedRelation, actual: Relation): Outcome[] {
  const known = uniquenesses(expected);
  return actual.indexes
    .filter((index) => index.unique && index.ready && !isKnownUnique(index, expected, known))
    .filter((index) => index.nullsNotDistinct || !staysNull(expected, actual, plainKeys(index)))
    .map((index) =>
      gap({
        code: "BLOCKING_EXTRA_CONSTRAINT",
        severity: "warning",
        subject: partOf(expected, "index", index.name),
        expected: null,
        actual: { unique: true, columns: index.keys.map(({ column, expression }) => column ?? expression?.text ?? "") },
        operations: ["insert", "update"],
        message: `${displayName(expected)} has the unique index ${index.name}, which the application does not know: writes can be refused (23505).`,
      }),
    );
}

function plainKeys({ keys }: Index): string[] {
  return keys.flatMap(({ column }) => column ?? []);
}

/** Also known: a wider unique index than an expected one (it forbids nothing more) and what INDEX_DEFINITION already tells. */
function isKnownUnique(index: Index, expected: ExpectedRelation, known: ReturnType<typeof uniquenesses>): boolean {
  const columns = uniqueColumns({ ...index, predicate: null });
  if (
    columns !== null &&
    known.some((one) => sameMembers(one.columns, columns) || one.columns.every((column) => columns.includes(column)))
  )
    return true;
  return expected.indexes.some(
    (candidate) => candidate.name === index.name || serves(candidate, index) !== "different",
  );
}

function blockingConstraint(
  relation: ExpectedRelation,
  constraint: Constraint,
  severity: Severity,
  effect: string,
): Outcome {
  const operations =
    constraint.kind === "foreign-key" ? (["insert", "update", "delete"] as const) : (["insert", "update"] as const);
  return gap({
    code: "BLOCKING_EXTRA_CONSTRAINT",
    severity,
    subject: partOf(relation, "constraint", constraint.name),
    expected: null,
    actual:
      constraint.kind === "foreign-key"
        ? {
            columns: constraint.columns,
            references: displayName(constraint.references),
            onDelete: constraint.onDelete ?? null,
          }
        : { kind: constraint.kind },
    operations,
    message: `Constraint ${constraint.name} on ${displayName(relation)} is unknown to the application: ${effect}.`,
  });
}
