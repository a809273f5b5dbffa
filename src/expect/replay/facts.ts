/**
 * A schema model as a flat list of facts: each object, and each property of it that a migration can change.
 * What depends on the reading role (privileges) and on the moment (an index that is being built) is no fact.
 */
import type { Subject, SubjectKind } from "../../model/report.js";
import type {
  Column,
  Constraint,
  DomainType,
  EnumType,
  Index,
  Relation,
  SchemaModel,
  Sequence,
  Trigger,
} from "../../model/schema.js";

export interface Fact {
  /** Unambiguous among the facts of one model. */
  readonly key: string;
  readonly subject: Subject;
  /** Null: that the object is there. */
  readonly property: string | null;
  /** Equal texts, equal values. */
  readonly value: string;
}

type Properties = Readonly<Record<string, unknown>>;

/** Every fact of the model, by key. The keys of a model are unique. */
export function factsOf(model: SchemaModel): Map<string, Fact> {
  const facts = [
    ...model.schemas.flatMap(({ name }) => object(alone("schema", name, name), {})),
    ...model.relations.flatMap(relationFacts),
    ...model.enums.flatMap(enumFacts),
    ...model.domains.flatMap(domainFacts),
    ...model.sequences.flatMap(sequenceFacts),
    ...model.functions.flatMap(({ schema, name, arguments: args, kind, returns, definitionHash }) =>
      object(alone("function", schema, `${name}(${args})`), { definition: [kind, returns, definitionHash] }),
    ),
    ...model.extensions.flatMap(({ name, schema, version }) =>
      object(alone("extension", null, name), { schema, version }),
    ),
  ];
  return new Map(facts.map((fact) => [fact.key, fact]));
}

/** The fact that stands for an object as a whole. */
export function keyOf(subject: Subject, property: string | null = null): string {
  return JSON.stringify([subject.kind, subject.schema, subject.relation, subject.name, property]);
}

function alone(kind: SubjectKind, schema: string | null, name: string): Subject {
  return { kind, schema, relation: null, name };
}

function object(subject: Subject, properties: Properties): Fact[] {
  const fact = (property: string | null, value: unknown): Fact => ({
    key: keyOf(subject, property),
    subject,
    property,
    value: JSON.stringify(value ?? null),
  });
  return [fact(null, true), ...Object.entries(properties).map(([property, value]) => fact(property, value))];
}

function relationFacts(relation: Relation): Fact[] {
  const { schema, name, kind, partitionOf, definition, rowSecurity } = relation;
  const part = (partKind: SubjectKind, partName: string): Subject => ({
    kind: partKind,
    schema,
    relation: name,
    name: partName,
  });
  const isView = kind === "view" || kind === "materialized-view";
  return [
    ...object(alone(isView ? "view" : "table", schema, name), {
      kind,
      partitionOf,
      definition,
      rowSecurity: [rowSecurity.enabled, rowSecurity.forced],
    }),
    ...relation.columns.flatMap((column) => object(part("column", column.name), columnProperties(column))),
    ...relation.constraints.flatMap((constraint) =>
      object(part("constraint", constraint.name), constraintProperties(constraint)),
    ),
    ...relation.indexes.flatMap((index) => object(part("index", index.name), indexProperties(index))),
    ...relation.triggers.flatMap((trigger) => object(part("trigger", trigger.name), triggerProperties(trigger))),
  ];
}

/** `int` with a sequence behind it and identity columns: the sequence is part of the default or the identity. */
function columnProperties(column: Column): Properties {
  return {
    type: [column.type, column.collation],
    nullability: [column.nullable, column.notNullValidated],
    default: [column.default?.text, column.identity === null && sequenceName(column)],
    identity: [column.identity, column.identity !== null && sequenceName(column)],
    generated: column.generated === null ? null : [column.generated.kind, column.generated.expression.text],
  };
}

function sequenceName({ sequence }: Column): string[] | null {
  return sequence === null ? null : [sequence.schema, sequence.name];
}

function constraintProperties(constraint: Constraint): Properties {
  const { validated, enforced, ...definition } = constraint;
  return { definition: texts(definition), validated: [validated, enforced] };
}

function indexProperties(index: Index): Properties {
  const { valid, ready, building, ...definition } = index;
  return { definition: texts(definition), valid: [valid, ready] };
}

function triggerProperties({ definitionHash, enabled }: Trigger): Properties {
  return { definition: definitionHash, enabled };
}

function enumFacts({ schema, name, labels }: EnumType): Fact[] {
  return [
    ...object(alone("enum", schema, name), { labels }),
    ...labels.flatMap((label) => object({ kind: "enum", schema, relation: name, name: label }, {})),
  ];
}

function domainFacts({ schema, name, ...definition }: DomainType): Fact[] {
  return object(alone("domain", schema, name), { definition: texts(definition) });
}

function sequenceFacts({ schema, name, privileges, ...definition }: Sequence): Fact[] {
  return object(alone("sequence", schema, name), { definition });
}

/** Expressions count by the text that PostgreSQL prints. */
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts);
  if (typeof value !== "object" || value === null) return value;
  if ("renderings" in value && "text" in value) return value.text;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, texts(each)]));
}
