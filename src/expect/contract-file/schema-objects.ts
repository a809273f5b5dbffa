/** The objects of a contract as zod schemas, in the words of src/model/schema.ts. */
import { z } from "zod";

export const qualifiedName = z
  .strictObject({
    schema: z.string().describe("Schema, exactly as the catalog stores it."),
    name: z.string().describe("Name, exactly as the catalog stores it."),
  })
  .meta({ id: "ContractQualifiedName", description: "An object's identity." });

const typeRef = z
  .strictObject({
    text: z.string().describe("As format_type prints it; only for people."),
    schema: z.string().describe("Schema of the element type; pg_catalog for built-in ones."),
    name: z.string().describe("typname of the element type."),
    extension: z.string().nullable().describe("The extension that owns the type."),
    modifier: z.int().describe("atttypmod; -1 when there is none."),
    array: z.boolean().describe("Whether it is an array of the element type."),
    kind: z
      .enum(["base", "enum", "domain", "composite", "range", "multirange", "pseudo"])
      .describe("Kind of the element type."),
    category: z.string().describe("typcategory of the element type."),
  })
  .meta({ id: "ContractType", description: "A type by identity." });

const expression = z
  .strictObject({
    text: z.string().describe("As PostgreSQL prints it first."),
    renderings: z.array(z.string()).describe("Every text that counts as this expression."),
  })
  .meta({ id: "ContractExpression", description: "An SQL expression: two are equal when their renderings meet." });

export const column = z
  .strictObject({
    name: z.string().describe("Name of the column."),
    position: z.int().positive().describe("1-based, without gaps."),
    type: typeRef,
    nullable: z.boolean().describe("False: NOT NULL."),
    notNullValidated: z.boolean().describe("False for a NOT NULL that was added NOT VALID."),
    default: expression.nullable().describe("DEFAULT; null for none, for identity and for generated columns."),
    identity: z.enum(["always", "by-default"]).nullable().describe("GENERATED ... AS IDENTITY."),
    generated: z
      .strictObject({ kind: z.enum(["stored", "virtual"]).describe("How it is kept."), expression })
      .nullable()
      .describe("Null for a column that is not generated."),
    sequence: z
      .strictObject({ ...qualifiedName.shape, usage: z.boolean().describe("Always true: a role has what it needs.") })
      .nullable()
      .describe("The sequence behind nextval() or an identity."),
    collation: qualifiedName.nullable().describe("Null: the type's default."),
    privileges: z
      .strictObject({ select: z.boolean(), insert: z.boolean(), update: z.boolean() })
      .describe("Always true: which privileges are needed follows from the features."),
  })
  .meta({ id: "ContractColumn", description: "A required column." });

const named = {
  name: z.string().describe("Name for messages; constraints match by definition."),
  validated: z.boolean().describe("False after ADD CONSTRAINT ... NOT VALID."),
  enforced: z.boolean().describe("False for NOT ENFORCED."),
  deferrable: z.boolean().describe("DEFERRABLE."),
  initiallyDeferred: z.boolean().describe("INITIALLY DEFERRED."),
};

const names = z.array(z.string());

const key = z.strictObject({
  kind: z.enum(["primary-key", "unique"]),
  ...named,
  columns: names.describe("Key columns, in order."),
  include: names.describe("INCLUDE columns."),
  nullsNotDistinct: z.boolean().describe("NULLS NOT DISTINCT."),
  index: z.string().describe("Name of the index that enforces it."),
});

const action = z.enum(["no-action", "restrict", "cascade", "set-null", "set-default"]);

const foreignKey = z.strictObject({
  kind: z.literal("foreign-key"),
  ...named,
  columns: names.describe("Referencing columns."),
  references: qualifiedName,
  referencedColumns: names.describe("In the order of the referencing columns."),
  onDelete: action.exactOptional().describe("ON DELETE; absent: not looked at."),
  onUpdate: action.exactOptional().describe("ON UPDATE; absent: not looked at."),
  match: z.enum(["simple", "full", "partial"]).exactOptional().describe("MATCH; absent: not looked at."),
});

const check = z.strictObject({ kind: z.literal("check"), ...named, expression });

const indexKey = z
  .strictObject({
    column: z.string().nullable().describe("Name of a column; null for an expression."),
    expression: expression.nullable().describe("Null for a column."),
    descending: z.boolean().describe("DESC."),
    nullsFirst: z.boolean().describe("NULLS FIRST."),
    operatorClass: qualifiedName.nullable().describe("Null: the default of the type."),
    collation: qualifiedName.nullable().describe("Null: the column's own."),
  })
  .meta({ id: "ContractIndexKey", description: "One key of an index." });

const exclusion = z.strictObject({
  kind: z.literal("exclusion"),
  ...named,
  method: z.string().describe("Access method."),
  elements: z.array(z.strictObject({ key: indexKey, operator: z.string().describe("After WITH.") })),
  predicate: expression.nullable().describe("WHERE."),
  index: z.string().describe("Name of the index that enforces it."),
});

export const constraint = z
  .discriminatedUnion("kind", [key, foreignKey, check, exclusion])
  .meta({ id: "ContractConstraint", description: "A required constraint." });

export const index = z
  .strictObject({
    name: z.string().describe("Name for messages; indexes match by definition."),
    method: z.string().describe("Access method."),
    keys: z.array(indexKey).describe("In order."),
    include: names.describe("INCLUDE columns."),
    predicate: expression.nullable().describe("WHERE of a partial index."),
    unique: z.boolean().describe("UNIQUE."),
    nullsNotDistinct: z.boolean().describe("NULLS NOT DISTINCT."),
    constraint: z.string().nullable().describe("Name of the constraint it enforces."),
    immediate: z.boolean().describe("False for the index of a DEFERRABLE constraint."),
    valid: z.boolean().describe("Usable by the planner."),
    ready: z.boolean().describe("Ready for inserts."),
    building: z.boolean().describe("A concurrent build is at work."),
  })
  .meta({ id: "ContractIndex", description: "A required index." });

export const domain = z
  .strictObject({
    ...qualifiedName.shape,
    base: typeRef,
    nullable: z.boolean().describe("False: NOT NULL."),
    default: expression.nullable().describe("DEFAULT."),
    checks: z.array(
      z.strictObject({
        name: z.string().describe("Name of the check."),
        validated: z.boolean().describe("False after NOT VALID."),
        expression,
      }),
    ),
  })
  .meta({ id: "ContractDomain", description: "A required domain." });
