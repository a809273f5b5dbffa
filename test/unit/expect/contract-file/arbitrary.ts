/** Arbitrary contracts for property tests: odd names everywhere, and all that is optional both there and not. */
import fc from "fast-check";
import { inOrder } from "../../../../src/expect/contract-file/order.js";
import { contractId } from "../../../../src/expect/contract-id.js";
import type { Application, Contract, ExpectedRelation, Feature } from "../../../../src/model/contract.js";
import { RECORD_TOOLS } from "../../../../src/model/migrations.js";
import type { Provenance } from "../../../../src/model/provenance.js";
import type { Column, Constraint, Expression, Index, IndexKey, TypeRef } from "../../../../src/model/schema.js";

const ODD = ["__proto__", "constructor", "toString", "1", "", '"', "\u2028", "é", "\ud800", "a.b", "\n"];
const name = fc.oneof(fc.constantFrom(...ODD), fc.string({ maxLength: 6 }));
const names = fc.array(name, { maxLength: 3 });
const qualified = fc.record({ schema: name, name });
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const expression: fc.Arbitrary<Expression> = fc.record({ text: name, renderings: names });
const type: fc.Arbitrary<TypeRef> = fc.record({
  text: name,
  schema: name,
  name,
  extension: orNull(name),
  modifier: fc.integer({ min: -1, max: 70000 }),
  array: fc.boolean(),
  kind: fc.constantFrom("base", "enum", "domain", "composite", "range", "multirange", "pseudo"),
  category: name,
});

const column: fc.Arbitrary<Omit<Column, "position">> = fc.record({
  name,
  type,
  nullable: fc.boolean(),
  notNullValidated: fc.boolean(),
  default: orNull(expression),
  identity: orNull(fc.constantFrom("always", "by-default")),
  generated: orNull(fc.record({ kind: fc.constantFrom("stored", "virtual"), expression })),
  sequence: orNull(fc.record({ schema: name, name, usage: fc.constant(true) })),
  collation: orNull(qualified),
  privileges: fc.constant({ select: true, insert: true, update: true }),
});

const base = {
  name,
  validated: fc.boolean(),
  enforced: fc.boolean(),
  deferrable: fc.boolean(),
  initiallyDeferred: fc.boolean(),
};
const key: fc.Arbitrary<IndexKey> = fc.record({
  column: orNull(name),
  expression: orNull(expression),
  descending: fc.boolean(),
  nullsFirst: fc.boolean(),
  operatorClass: orNull(qualified),
  collation: orNull(qualified),
});
const action = fc.constantFrom("no-action", "restrict", "cascade", "set-null", "set-default");

const constraint: fc.Arbitrary<Constraint> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("primary-key" as const, "unique" as const),
    ...base,
    columns: names,
    include: names,
    nullsNotDistinct: fc.boolean(),
    index: name,
  }),
  fc.record(
    {
      kind: fc.constant("foreign-key" as const),
      ...base,
      columns: names,
      references: qualified,
      referencedColumns: names,
      onDelete: action,
      onUpdate: action,
      match: fc.constantFrom("simple", "full", "partial"),
    },
    {
      requiredKeys: [
        "kind",
        "name",
        "validated",
        "enforced",
        "deferrable",
        "initiallyDeferred",
        "columns",
        "references",
        "referencedColumns",
      ],
    },
  ),
  fc.record({ kind: fc.constant("check" as const), ...base, expression }),
  fc.record({
    kind: fc.constant("exclusion" as const),
    ...base,
    method: name,
    elements: fc.array(fc.record({ key, operator: name }), { maxLength: 2 }),
    predicate: orNull(expression),
    index: name,
  }),
) as fc.Arbitrary<Constraint>;

const index: fc.Arbitrary<Index> = fc.record({
  name,
  method: name,
  keys: fc.array(key, { maxLength: 2 }),
  include: names,
  predicate: orNull(expression),
  unique: fc.boolean(),
  nullsNotDistinct: fc.boolean(),
  constraint: orNull(name),
  immediate: fc.boolean(),
  valid: fc.boolean(),
  ready: fc.boolean(),
  building: fc.boolean(),
});

const relation: fc.Arbitrary<ExpectedRelation> = fc.record(
  {
    schema: name,
    name,
    kind: orNull(fc.constantFrom("table", "partitioned-table", "view", "materialized-view", "foreign-table")),
    complete: fc.boolean(),
    describedBy: fc.constant("prisma-schema" as const),
    columns: fc.array(column, { maxLength: 3 }).map((all) => all.map((each, i) => ({ ...each, position: i + 1 }))),
    constraints: fc.array(constraint, { maxLength: 3 }),
    indexes: fc.array(index, { maxLength: 2 }),
    triggers: names,
    introducedBy: orNull(name),
    columnIntroducedBy: fc.array(fc.tuple(name, name), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  },
  {
    requiredKeys: [
      "schema",
      "name",
      "kind",
      "complete",
      "columns",
      "constraints",
      "indexes",
      "triggers",
      "introducedBy",
      "columnIntroducedBy",
    ],
  },
);

const feature: fc.Arbitrary<Feature> = fc.record({
  id: name,
  title: name,
  application: name,
  endpoints: names,
  uses: fc.array(
    fc.record({ relation: qualified, select: names, insert: orNull(names), update: names, delete: fc.boolean() }),
    { maxLength: 2 },
  ),
  rows: fc.array(
    fc.record({ id: name, relation: qualified, where: orNull(name), atLeast: fc.nat(), atMost: orNull(fc.nat()) }),
    { maxLength: 2 },
  ),
  migrations: names,
});

const script = fc.record(
  {
    name,
    file: fc.constantFrom("001_a.sql", "20250101_b/migration.sql"),
    checksum: name,
    alike: names,
    recordedAs: name,
    startsHistory: fc.constant(true as const),
  },
  { requiredKeys: ["name", "file", "checksum"] },
);

const application: fc.Arbitrary<Application> = fc.record({
  name,
  schema: name,
  role: fc.oneof(name, fc.constant(null), fc.constant(false as const)),
  relations: fc.array(relation, { maxLength: 3 }),
  enums: fc.array(fc.record({ schema: name, name, labels: names, ordered: fc.boolean() }), { maxLength: 2 }),
  domains: fc.array(
    fc.record({
      schema: name,
      name,
      base: type,
      nullable: fc.boolean(),
      default: orNull(expression),
      checks: fc.array(fc.record({ name, validated: fc.boolean(), expression }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
  sequences: fc.array(qualified, { maxLength: 2 }),
  functions: fc.array(fc.record({ schema: name, name, arguments: orNull(name) }), { maxLength: 2 }),
  extensions: names,
  migrations: orNull(
    fc.record(
      {
        tool: fc.constantFrom(...RECORD_TOOLS, "sql"),
        schema: orNull(name),
        table: name,
        required: names,
        scripts: fc.array(script, { maxLength: 3 }),
        incomplete: fc.constant(true as const),
      },
      { requiredKeys: ["tool", "schema", "required"] },
    ),
  ),
  features: fc.array(feature, { maxLength: 2 }),
});

const origin = fc.record(
  {
    migration: name,
    file: fc.constantFrom("001_a.sql", "20250101_b/migration.sql"),
    line: orNull(fc.integer({ min: 1, max: 999 })),
    guarded: fc.constant(true as const),
  },
  { requiredKeys: ["migration", "file", "line"] },
);
const provenance: fc.Arbitrary<Provenance> = fc.record({
  subject: fc.record({
    kind: fc.constantFrom("table", "view", "column", "index", "enum"),
    schema: orNull(name),
    relation: orNull(name),
    name,
  }),
  property: orNull(name),
  createdBy: origin,
  changedBy: origin,
});

/** Contracts in the order in which files hold them, with their right id. */
export const contracts: fc.Arbitrary<Contract> = fc
  .record({
    source: fc.constantFrom("check-files", "prisma-migrations", "database", "mixed"),
    applications: fc.array(application, { maxLength: 2 }),
    provenance: fc.array(provenance, { maxLength: 3 }),
  })
  .map((content) => ({ id: contractId(content), ...inOrder(content) }));

/** The same content with every unordered list, and the properties of every object, the other way round. */
export function reversed(contract: Contract): Contract {
  const swap = ({ relations, enums, domains, sequences, functions, extensions, features, ...rest }: Application) => ({
    features: features.map((each) => ({ ...each, uses: each.uses.toReversed() })),
    extensions: extensions.toReversed(),
    functions: functions.toReversed(),
    sequences: sequences.toReversed(),
    domains: domains.map((each) => ({ ...each, checks: each.checks.toReversed() })).toReversed(),
    enums: enums.toReversed(),
    relations: relations
      .map(({ columns, constraints, indexes, triggers, ...other }) => ({
        triggers: triggers.toReversed(),
        indexes: indexes.toReversed(),
        constraints: constraints.toReversed(),
        columns: columns.toReversed(),
        ...other,
      }))
      .toReversed(),
    ...rest,
  });
  return {
    provenance: contract.provenance.toReversed(),
    applications: contract.applications.map(swap).toReversed(),
    source: contract.source,
    id: contract.id,
  };
}
