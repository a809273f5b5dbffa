/** MISSING_CONSTRAINT, CONSTRAINT_DEFINITION, UNVALIDATED_CONSTRAINT. */
import { displayName } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import type { Constraint, ForeignKey } from "../../model/schema.js";
import { leave, task } from "./draft.js";
import { foreignKeyText, missingForeignKey, replaceForeignKey, validateForeignKey } from "./foreign-keys.js";
import { replaceIndex } from "./indexes.js";
import { addKey, isKey, keyText, missingKey, replaceKey } from "./keys.js";
import type { Known } from "./known.js";
import { tightenColumn } from "./nullability.js";
import { missingRule, type Rule, replaceRule, ruleText, validateRule } from "./rules.js";
import { expectedConstraint, expectedIndex, type FoundConstraint, tableOf } from "./subjects.js";
import type { Planned } from "./task.js";

export function missingConstraint(gap: Gap, known: Known): Planned {
  const found = expectedConstraint(known, gap);
  if (found === null) return unknown(gap);
  const { relation, constraint } = found;
  switch (constraint.kind) {
    case "primary-key":
    case "unique":
      return missingKey(gap, known, relation, constraint);
    case "foreign-key":
      return missingForeignKey(gap, known, relation, constraint);
    default:
      return missingRule(gap, known, relation, constraint);
  }
}

function unknown(gap: Gap): Planned {
  return leave(
    [gap],
    `Mend the constraint ${gap.subject.name}`,
    `The contract does not say how it is made. ${gap.message}`,
  );
}

export function constraintDefinition(gap: Gap, known: Known): Planned {
  const found = gap.subject.kind === "index" ? null : expectedConstraint(known, gap);
  // The target may have a constraint where the contract has an index.
  return found === null ? uniqueIndex(gap, known) : replaced(gap, known, found);
}

/** A unique index that treats NULL otherwise, or that is deferred. */
function uniqueIndex(gap: Gap, known: Known): Planned {
  const found = expectedIndex(known, gap);
  if (found === null) return unknown(gap);
  const { relation, index } = found;
  const columns = index.keys.map(({ column }) => column);
  const actual = known.actual(relation)?.indexes.find(
    (each) =>
      each.unique &&
      sameSet(
        each.keys.map(({ column }) => column),
        columns,
      ),
  );
  return replaceIndex(gap, known, relation, index, actual ?? index);
}

function replaced(gap: Gap, known: Known, { relation, constraint }: FoundConstraint): Planned {
  const present = known.actual(relation)?.constraints ?? [];
  if (isKey(constraint)) {
    const old = present.find((each) => isKeyOn(each, constraint));
    if (old !== undefined) return replaceKey(gap, known, relation, constraint, old.name);
    return task([gap], keyText(relation, constraint), addKey(known, relation, constraint));
  }
  if (constraint.kind === "foreign-key") {
    const keys = present.filter((each): each is ForeignKey => each.kind === "foreign-key");
    const old =
      keys.find(({ name }) => name === gap.subject.name) ??
      keys.find(({ columns }) => columns.join() === constraint.columns.join());
    return old === undefined
      ? missingForeignKey(gap, known, relation, constraint)
      : replaceForeignKey(gap, known, relation, constraint, old);
  }
  const old = present.find((each): each is Rule => each.name === constraint.name && each.kind === constraint.kind);
  return old === undefined
    ? missingRule(gap, known, relation, constraint)
    : replaceRule(gap, known, relation, constraint, old);
}

function isKeyOn(present: Constraint, wanted: Constraint & { readonly columns: readonly string[] }): boolean {
  if (present.kind !== "primary-key" && present.kind !== "unique") return false;
  const isOtherKey = wanted.kind === "primary-key" && present.kind === "primary-key";
  return isOtherKey || (present.kind === wanted.kind && sameSet(present.columns, wanted.columns));
}

function sameSet(a: readonly (string | null)[], b: readonly (string | null)[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

/** Of a column: a NOT NULL that was added NOT VALID. */
export function unvalidatedConstraint(gap: Gap, known: Known): Planned {
  if (gap.subject.kind === "column") return tightenColumn(gap, known);
  const found = expectedConstraint(known, gap);
  const actual = known.actual(tableOf(gap))?.constraints.find(({ name }) => name === gap.subject.name);
  if (found === null) return unknown(gap);
  const { relation, constraint } = found;
  if (actual !== undefined && !actual.enforced)
    return replaced(gap, known, { relation, constraint: { ...constraint, name: actual.name } });
  const named = { ...constraint, name: gap.subject.name };
  if (named.kind === "foreign-key") {
    return task([gap], foreignKeyText(relation, named), [
      { ...validateForeignKey(known, relation, named), why: gap.message },
    ]);
  }
  if (named.kind !== "check")
    return leave([gap], `Mend the constraint ${displayName(relation)}.${named.name}`, gap.message);
  return task([gap], ruleText(relation, named), [{ ...validateRule(known, relation, named), why: gap.message }]);
}
