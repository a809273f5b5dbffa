/** Which object of the contract a gap is about: names are free, so the gap may carry the target's name. */
import type { ExpectedRelation } from "../../model/contract.js";
import { properties, strings } from "../../model/json.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Gap, Json } from "../../model/report.js";
import type { Column, Constraint, Expression, Index, IndexKey } from "../../model/schema.js";
import { subjectRelation } from "../../model/subject.js";
import type { Known } from "./known.js";

export function tableOf(gap: Gap): QualifiedName {
  return subjectRelation(gap.subject) ?? { schema: gap.subject.schema ?? "", name: gap.subject.name };
}

export interface FoundColumn {
  readonly relation: ExpectedRelation;
  readonly column: Column;
}

export function expectedColumn(known: Known, gap: Gap): FoundColumn | null {
  const relation = known.expected(tableOf(gap), gap.applications);
  const column = relation?.columns.find(({ name }) => name === gap.subject.name);
  return relation === null || column === undefined ? null : { relation, column };
}

export interface FoundIndex {
  readonly relation: ExpectedRelation;
  readonly index: Index;
}

export function expectedIndex(known: Known, gap: Gap): FoundIndex | null {
  const relation = known.expected(tableOf(gap), gap.applications);
  const index = indexLike(known, gap);
  return relation === null || index === null ? null : { relation, index };
}

/** By its name; by the columns that the gap describes, when that carries the target's name. */
export function indexLike(known: Known, gap: Gap): Index | null {
  const { columns, where } = properties(gap.expected);
  const wanted = strings(columns).join();
  const indexes = known.expected(tableOf(gap), gap.applications)?.indexes ?? [];
  // A described key also tells its order: `created_at desc`.
  const isAlike = (index: Index) =>
    index.keys.every((key, i) => spellings(key).some((text) => (strings(columns)[i] ?? "").startsWith(text))) &&
    index.keys.length === strings(columns).length &&
    isText(index.predicate, where ?? null);
  return (
    indexes.find(({ name }) => name === gap.subject.name) ?? (wanted === "" ? null : (indexes.find(isAlike) ?? null))
  );
}

function spellings({ column, expression }: IndexKey): string[] {
  return column === null ? textsOf(expression).map((text) => `(${text})`) : [column];
}

function isText(expression: Expression | null, text: Json): boolean {
  return expression === null ? text === null : textsOf(expression).some((each) => each === text);
}

/** However the same expression is printed. */
function textsOf(expression: Expression | null): string[] {
  return expression === null ? [] : [expression.text, ...expression.renderings];
}

export interface FoundConstraint {
  readonly relation: ExpectedRelation;
  readonly constraint: Constraint;
}

export function expectedConstraint(known: Known, gap: Gap): FoundConstraint | null {
  const relation = known.expected(tableOf(gap), gap.applications);
  if (relation === null) return null;
  const alike = relation.constraints.filter((each) => isDescribed(each, gap));
  const constraint = alike.find(({ name }) => name === gap.subject.name) ?? alike[0];
  return constraint === undefined ? null : { relation, constraint };
}

function isDescribed(constraint: Constraint, gap: Gap): boolean {
  const wanted = properties(gap.expected);
  switch (constraint.kind) {
    case "foreign-key":
      return (
        wanted["references"] === displayName(constraint.references) &&
        strings(wanted["columns"]).join() === constraint.columns.join()
      );
    case "check":
      return isText(constraint.expression, wanted["check"] ?? null);
    case "exclusion":
      return (
        wanted["exclusion"] !== undefined && (constraint.name === gap.subject.name || wanted["check"] === undefined)
      );
    case "primary-key":
      return wanted["primaryKey"] === true;
    case "unique":
      return (
        wanted["unique"] === true &&
        wanted["primaryKey"] !== true &&
        strings(wanted["columns"]).join() === constraint.columns.join()
      );
  }
}
