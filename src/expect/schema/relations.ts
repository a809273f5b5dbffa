/** What a check file can say about database objects. */
import { z } from "zod";
import { exactlyOne, names, section, text, texts } from "./blocks.js";

const DDL =
  "Column definition as in CREATE TABLE, without the name: `text not null default 'pending'`. " +
  "Inline PRIMARY KEY, UNIQUE, REFERENCES, CHECK, GENERATED and COLLATE are understood.";

const column = z.union([
  text.describe(DDL),
  section({
    type: text.describe(DDL),
    introducedBy: text.optional().describe("Migration that adds this column, when it is not the relation's own."),
  }),
]);

const columnList = texts.describe("Names of columns, case kept.");
const constraintName = text.optional().describe("Name for messages and repairs; constraints match by definition.");
const deferrable = z.boolean().optional().describe("DEFERRABLE.");
const initiallyDeferred = z.boolean().optional().describe("INITIALLY DEFERRED.");

const unique = z.union([
  columnList,
  section({
    columns: columnList,
    name: constraintName,
    nullsNotDistinct: z.boolean().optional().describe("NULLS NOT DISTINCT (PostgreSQL 15)."),
    include: columnList.optional().describe("INCLUDE columns."),
    deferrable,
    initiallyDeferred,
  }),
]);

const indexKey = z.union([
  text.describe(
    "A column (case kept), or an expression if it holds a parenthesis; `asc`, `desc`, `nulls first`, `nulls last` may follow.",
  ),
  section({
    column: text.optional().describe("Name of a column."),
    expression: text.optional().describe("SQL expression: `lower(email)`."),
    order: z.enum(["asc", "desc"]).optional().describe("Default asc."),
    nulls: z.enum(["first", "last"]).optional().describe("Default: last for asc, first for desc."),
    operatorClass: text.optional().describe("Operator class, for example text_pattern_ops."),
    collation: text.optional().describe("Collation, for example C."),
  }).superRefine((key, context) => exactlyOne(key, ["column", "expression"], context)),
]);

const index = z.union([
  z.array(indexKey).min(1).describe("Keys of a plain btree index."),
  section({
    columns: z.array(indexKey).min(1).describe("Keys, in order."),
    name: text.optional().describe("Name for messages and repairs; indexes match by definition."),
    unique: z.boolean().optional().describe("UNIQUE."),
    method: text.optional().describe("Access method: btree (default), gin, gist, brin, hash, ..."),
    where: text.optional().describe("Predicate of a partial index, SQL."),
    include: columnList.optional().describe("INCLUDE columns."),
    nullsNotDistinct: z.boolean().optional().describe("NULLS NOT DISTINCT (PostgreSQL 15)."),
  }),
]);

const action = z.enum(["no action", "restrict", "cascade", "set null", "set default"]).optional();

const foreignKey = section({
  columns: columnList,
  references: text.describe("Key of a relation of this file."),
  referencedColumns: columnList.optional().describe("Default: the primary key of the referenced relation."),
  onDelete: action.describe("ON DELETE; not compared when absent."),
  onUpdate: action.describe("ON UPDATE; not compared when absent."),
  match: z.enum(["simple", "full"]).optional().describe("MATCH; not compared when absent."),
  deferrable,
  initiallyDeferred,
  name: constraintName,
});

const check = z.union([
  text.describe("SQL expression: `amount > 0`."),
  section({ name: constraintName, expression: text.describe("SQL expression: `amount > 0`.") }),
]);

/** relkinds that have columns, by the names of the contract. */
export const RELATION_KINDS = ["table", "partitioned-table", "view", "materialized-view", "foreign-table"] as const;

export const relation = section({
  kind: z.enum(RELATION_KINDS).optional().describe("Absent: any relation that has columns will do."),
  schema: text.optional().describe("Schema of this relation, when it is not the application's."),
  name: text.optional().describe("Name in the database, when it is not the key (same name in two schemas)."),
  complete: z
    .boolean()
    .optional()
    .describe("The lists name everything the application knows: whatever else blocks its writes is a gap."),
  introducedBy: text.optional().describe("Migration that creates the relation."),
  columns: names(column).optional().describe("Required columns: name -> column definition."),
  primaryKey: columnList.optional().describe("Columns of the primary key, in order."),
  unique: z.array(unique).optional().describe("Required uniqueness: a constraint or a unique index."),
  indexes: z.array(index).optional().describe("Required indexes; they match by definition, whatever their name."),
  foreignKeys: z.array(foreignKey).optional().describe("Required foreign keys."),
  checks: z.array(check).optional().describe("Required CHECK constraints."),
  exclusions: z
    .array(text.describe("As after EXCLUDE: `using gist (room with =, during with &&)`."))
    .optional()
    .describe("Required exclusion constraints."),
  triggers: z.array(text).optional().describe("Names of triggers that must exist and be enabled."),
});

export const enumType = z.union([
  texts.describe("Labels that must exist, in any order."),
  section({
    labels: texts.describe("Labels that must exist."),
    ordered: z.boolean().optional().describe("Their order matters to the application (`<`, ORDER BY); default false."),
  }),
]);

export const extension = z.union([
  text.describe("Name of an extension."),
  section({
    name: text.describe("Name of the extension."),
    schema: text.optional().describe("Schema it is installed in, when defaults call its functions by that schema."),
  }),
]);

const ownSchema = text.optional().describe("Schema, when it is not the application's.");

export const sequence = z.union([
  text.describe("Name of a sequence."),
  section({ name: text.describe("Name of the sequence."), schema: ownSchema }),
]);

export const functionEntry = z.union([
  text.describe("Name with argument types, `normalize_email(text)`, or without, `touch_row` (any overload)."),
  section({
    name: text.describe("Name of the function, case kept."),
    schema: ownSchema,
    arguments: z.array(text).optional().describe("Argument types; absent: any overload."),
  }),
]);
