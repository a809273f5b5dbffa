/** One relation of a source -> the expectation: everything in it, and nothing that only this server has. */
import type { ContractSource, ExpectedRelation } from "../../model/contract.js";
import { groupBy } from "../../model/group.js";
import { type QualifiedName, qualifiedKey } from "../../model/names.js";
import type { Provenance } from "../../model/provenance.js";
import type { SubjectKind } from "../../model/report.js";
import type { Column, Relation } from "../../model/schema.js";
import { subjectRelation } from "../../model/subject.js";

/** What the provenance says about whole relations and their columns, by the relation. */
export type RelationOrigins = ReadonlyMap<string, readonly Provenance[]>;

/** Made once for all relations: a thousand of them would look through everything a thousand times. */
export function relationOrigins(provenance: readonly Provenance[]): RelationOrigins {
  const whole = provenance.filter(({ subject: { kind }, property }) => property === null && KINDS.includes(kind));
  return groupBy(whole, ({ subject }) => {
    const relation = subjectRelation(subject);
    return relation === null ? "" : qualifiedKey(relation);
  });
}

const KINDS: readonly SubjectKind[] = ["table", "view", "column"];

/** The expectation of a relation whose every part is known. */
export function wholeRelation(relation: Relation, origins: RelationOrigins, source: ContractSource): ExpectedRelation {
  const { schema, name, kind, columns, constraints, indexes, triggers } = relation;
  const own = origins.get(qualifiedKey(relation)) ?? [];
  const introducedBy = own.find(({ subject }) => subject.kind !== "column")?.createdBy.migration ?? null;
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
    columnIntroducedBy: columnCreators(own, introducedBy),
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

/** Without a prototype: a column may be called `constructor` or `__proto__`. */
function columnCreators(own: readonly Provenance[], introducedBy: string | null): Readonly<Record<string, string>> {
  const creators: Record<string, string> = Object.create(null);
  for (const { subject, createdBy } of own) {
    if (subject.kind !== "column" || createdBy.migration === introducedBy) continue;
    Object.defineProperty(creators, subject.name, { value: createdBy.migration, enumerable: true });
  }
  return creators;
}
