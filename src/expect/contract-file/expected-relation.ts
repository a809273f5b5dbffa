/** One relation of a source -> the expectation: everything in it, and nothing that only this server has. */
import type { ExpectedRelation } from "../../model/contract.js";
import { compareQualified } from "../../model/names.js";
import type { Provenance } from "../../model/provenance.js";
import type { Column, Relation } from "../../model/schema.js";

/** The expectation of a relation whose every part is known. */
export function wholeRelation(relation: Relation, provenance: readonly Provenance[]): ExpectedRelation {
  const { schema, name, kind, columns, constraints, indexes, triggers } = relation;
  const introducedBy = creatorOf(relation, provenance);
  return {
    schema,
    name,
    kind,
    complete: true,
    columns: columns.map(wholeColumn),
    constraints,
    // What a concurrent build left behind unfinished is nothing that anybody needs.
    indexes: indexes.filter(({ valid }) => valid).map((index) => ({ ...index, building: false })),
    triggers: triggers.filter(({ enabled }) => enabled === "O" || enabled === "A").map((trigger) => trigger.name),
    introducedBy,
    columnIntroducedBy: columnCreators(relation, introducedBy, provenance),
  };
}

/**
 * attnum depends on columns that were dropped, and privileges on the role that looked: neither belongs to what is
 * expected.
 */
function wholeColumn(column: Column, i: number): Column {
  return {
    ...column,
    position: i + 1,
    sequence: column.sequence === null ? null : { ...column.sequence, usage: true },
    privileges: { select: true, insert: true, update: true },
  };
}

function creatorOf(relation: Relation, provenance: readonly Provenance[]): string | null {
  const own = provenance.find(
    ({ subject: { kind, schema, name }, property }) =>
      property === null &&
      (kind === "table" || kind === "view") &&
      schema !== null &&
      compareQualified({ schema, name }, relation) === 0,
  );
  return own?.createdBy.migration ?? null;
}

/** Without a prototype: a column may be called `constructor` or `__proto__`. */
function columnCreators(
  relation: Relation,
  introducedBy: string | null,
  provenance: readonly Provenance[],
): Readonly<Record<string, string>> {
  const creators: Record<string, string> = Object.create(null);
  for (const { subject, property, createdBy } of provenance) {
    if (subject.kind !== "column" || property !== null || createdBy.migration === introducedBy) continue;
    if (subject.schema !== relation.schema || subject.relation !== relation.name) continue;
    Object.defineProperty(creators, subject.name, { value: createdBy.migration, enumerable: true });
  }
  return creators;
}
