/** One relation of a source -> the expectation: everything in it, and nothing that only this server has. */
import type { ContractSource, ExpectedRelation } from "../../model/contract.js";
import { compareQualified, type QualifiedName } from "../../model/names.js";
import type { Provenance } from "../../model/provenance.js";
import type { Column, Relation } from "../../model/schema.js";

/** The expectation of a relation whose every part is known. */
export function wholeRelation(
  relation: Relation,
  provenance: readonly Provenance[],
  source: ContractSource,
): ExpectedRelation {
  const { schema, name, kind, columns, constraints, indexes, triggers } = relation;
  const introducedBy = creatorOf(relation, provenance);
  return {
    schema,
    name,
    kind,
    complete: true,
    ...(source === "prisma-schema" ? { describedBy: source } : {}),
    columns: columns.map(wholeColumn),
    constraints,
    // What a concurrent build left behind unfinished is nothing that anybody needs.
    indexes: indexes.filter(({ valid }) => valid).map((index) => ({ ...index, building: false })),
    triggers: triggers.filter(({ enabled }) => enabled === "O" || enabled === "A").map((trigger) => trigger.name),
    introducedBy,
    columnIntroducedBy: columnCreators(relation, introducedBy, provenance),
  };
}

/** A relation of which the source says only that it is there. */
export function namedRelation({ schema, name }: QualifiedName): ExpectedRelation {
  return {
    schema,
    name,
    kind: null,
    complete: false,
    columns: [],
    constraints: [],
    indexes: [],
    triggers: [],
    introducedBy: null,
    columnIntroducedBy: Object.create(null),
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
