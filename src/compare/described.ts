/**
 * A relation that a Prisma schema describes, seen as far as its language has words. What a migration added by hand
 * (a check, a partial unique index, DEFERRABLE, NOT VALID, a generated column) cannot stand in the schema, so that it is
 * there says nothing against the database: it is an extra, not a gap. What check files require besides is compared.
 */
import type { ExpectedRelation } from "../model/contract.js";
import { displayName } from "../model/names.js";
import type { Column, Constraint, Index, Relation } from "../model/schema.js";
import { rules, ruleText, sameRule } from "./checks.js";
import { foreignKeys, sameReference } from "./foreign-keys.js";
import { indexText, serves, uniqueColumns } from "./index-definition.js";
import { extra, type Outcome } from "./outcome.js";
import { partOf } from "./subjects.js";

export interface Seen {
  readonly actual: Relation;
  /** What is there beyond the words of the language. */
  readonly beyond: readonly Outcome[];
}

/** The relation itself when the contract's language can say everything. */
export function seenAsDescribed(expected: ExpectedRelation, actual: Relation): Seen {
  if (expected.describedBy === undefined) return { actual, beyond: [] };
  const constraints = actual.constraints.filter((constraint) => mayBeSaid(expected, constraint));
  const indexes = actual.indexes.filter((index) => index.constraint !== null || isSayable(expected, index));
  const hidden = [
    ...actual.constraints.filter((each) => !constraints.includes(each)).map((each) => extraConstraint(expected, each)),
    ...actual.indexes.filter((each) => !indexes.includes(each)).map((each) => extraIndex(expected, each)),
  ];
  const seen: Relation = {
    ...actual,
    columns: actual.columns.map((column) => seenColumn(expected, column)),
    constraints: constraints.map(seenConstraint),
    indexes: indexes.map((index) => seenIndex(expected, index)),
  };
  return { actual: seen, beyond: hidden };
}

/** A schema has no words for checks and exclusions, and none for a foreign key to a schema that it does not list. */
function mayBeSaid(expected: ExpectedRelation, constraint: Constraint): boolean {
  if (constraint.kind === "check" || constraint.kind === "exclusion") {
    return rules(expected).some((rule) => rule.name === constraint.name || sameRule(rule, constraint) !== "different");
  }
  if (constraint.kind !== "foreign-key" || constraint.references.schema === expected.schema) return true;
  return foreignKeys(expected).some(
    (key) => sameReference(key, constraint) || key.columns.join() === constraint.columns.join(),
  );
}

/** Partial and expression indexes; a plain one of them stands in nobody's way, so only unique ones are looked at. */
function isSayable(expected: ExpectedRelation, index: Index): boolean {
  if (!index.unique || uniqueColumns(index) !== null) return true;
  return expected.indexes.some((each) => each.name === index.name || serves(each, index) !== "different");
}

/** An INSERT that fails for NOT VALID or DEFERRABLE fails without them, too. */
function seenConstraint(constraint: Constraint): Constraint {
  return constraint.kind === "foreign-key" ? { ...constraint, validated: true, enforced: true } : constraint;
}

function seenIndex(expected: ExpectedRelation, index: Index): Index {
  const namesake = expected.indexes.find(({ name }) => name === index.name);
  const isNarrowed = !index.unique && namesake?.predicate === null;
  const nullsNotDistinct = index.nullsNotDistinct && expected.indexes.some((each) => each.nullsNotDistinct);
  return { ...index, immediate: true, nullsNotDistinct, predicate: isNarrowed ? null : index.predicate };
}

function seenColumn(relation: ExpectedRelation, column: Column): Column {
  const expected = relation.columns.find(({ name }) => name === column.name);
  if (expected === undefined) return column;
  const isGenerated = column.generated !== null && expected.generated === null;
  return {
    ...column,
    // A list is never optional for Prisma and always nullable in what it writes.
    nullable: column.nullable || (column.type.array && expected.type.array && expected.nullable),
    identity: column.identity === "always" && expected.identity === null ? "by-default" : column.identity,
    collation: expected.collation === null ? null : column.collation,
    ...(isGenerated ? { generated: null, default: expected.default } : {}),
  };
}

function extraConstraint(relation: ExpectedRelation, constraint: Constraint): Outcome {
  const what =
    constraint.kind === "check" || constraint.kind === "exclusion"
      ? `${constraint.kind} constraint ${ruleText(constraint)}`
      : `${constraint.kind.replace("-", " ")} constraint`;
  const message = `${displayName(relation)} has the ${what} (${constraint.name}), for which a Prisma schema has no words.`;
  return extra(partOf(relation, "constraint", constraint.name), message);
}

function extraIndex(relation: ExpectedRelation, index: Index): Outcome {
  const message = `${displayName(relation)} has the ${indexText(index)} (${index.name}), which the Prisma schema does not name.`;
  return extra(partOf(relation, "index", index.name), message);
}
