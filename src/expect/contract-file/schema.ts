/**
 * The contract file as a zod schema: what `schemaready compile` writes and `--contract` reads. The types at the end of
 * this file do not compile unless the schema and the model (src/model/contract.ts) say the same.
 */
import { z } from "zod";
import type {
  Application,
  Contract,
  ExpectedEnum,
  ExpectedFunction,
  ExpectedMigrations,
  ExpectedRelation,
  Feature,
  RelationUse,
  RowsExpectation,
} from "../../model/contract.js";
import { DEFINITION_KINDS, type ObjectDefinition } from "../../model/definitions.js";
import { RECORD_TOOLS } from "../../model/migrations.js";
import type { Provenance } from "../../model/provenance.js";
import { SUBJECT_KINDS } from "../../model/report.js";
import type { Holds, Same } from "../../model/same-type.js";
import type { Column, Constraint, DomainType, Expression, Index, IndexKey, TypeRef } from "../../model/schema.js";
import { column, constraint, domain, index, qualifiedName } from "./schema-objects.js";

/** Changes when a reader of this format would misunderstand a file. */
export const CONTRACT_FORMAT_VERSION = 1;

const names = z.array(z.string());
const relativePath = z
  .string()
  .regex(/^(?![\\/]|[A-Za-z]:)/, "expected a path relative to the directory of the migrations")
  .describe("Relative to the directory of the migrations, with /.");

const relation = z
  .strictObject({
    ...qualifiedName.shape,
    kind: z
      .enum(["table", "partitioned-table", "view", "materialized-view", "foreign-table"])
      .nullable()
      .describe("Null: any relation that has columns will do."),
    complete: z.boolean().describe("The lists name everything: whatever else blocks writes is a gap."),
    describedBy: z
      .literal("prisma-schema")
      .optional()
      .describe("The language it was described in: what that has no words for (checks, partial indexes) is no gap."),
    columns: z.array(column).describe("By position."),
    constraints: z.array(constraint).describe("By name."),
    indexes: z.array(index).describe("By name."),
    triggers: names.describe("Names of triggers that must exist and be enabled."),
    introducedBy: z.string().nullable().describe("Migration that creates the relation, when known."),
    columnIntroducedBy: z
      .record(z.string(), z.string())
      .describe("Migration that adds a column, when it is not the relation's own: column -> migration."),
  })
  .meta({ id: "ContractRelation", description: "A relation that must exist, with what is required of it." });

const rows = z
  .strictObject({
    id: z.string().describe("Stable between compilations."),
    relation: qualifiedName,
    where: z.string().nullable().describe("SQL condition of the check file; null: all rows."),
    atLeast: z.int().nonnegative().describe("Least number of rows."),
    atMost: z.int().nonnegative().nullable().describe("Greatest number of rows; null: no limit."),
  })
  .meta({ id: "ContractRows", description: "Reference data that must be there." });

const use = z
  .strictObject({
    relation: qualifiedName,
    select: names.describe("Columns that are selected."),
    insert: names.nullable().describe("Columns of the INSERT; null: none is made."),
    update: names.describe("Columns that are updated."),
    delete: z.boolean().describe("Whether rows are deleted."),
  })
  .meta({ id: "ContractRelationUse", description: "What one feature does with one relation." });

const feature = z
  .strictObject({
    id: z.string().describe("Id of the feature in its check file."),
    title: z.string().describe("Name for people."),
    application: z.string().describe("Application it belongs to."),
    endpoints: names.describe("`METHOD /path/{parameter}`"),
    uses: z.array(use).describe("By relation."),
    rows: z.array(rows).describe("Reference data that it needs."),
    migrations: names.describe("Migrations that it needs beyond its objects."),
  })
  .meta({ id: "ContractFeature", description: "A named part of the application; the unit of impact." });

const script = z
  .strictObject({
    name: z.string().describe("As the tool records it."),
    file: relativePath,
    checksum: z
      .string()
      .describe("As the tool records it; of tools that record none, `sha256:` and the digest of the up part."),
    alike: names.optional().describe("Checksums of the same text with other line ends."),
    recordedAs: z.string().optional().describe("What the tool records beside the name (Drizzle's `when`)."),
    startsHistory: z
      .literal(true)
      .optional()
      .describe("Runs on an empty database only, in place of all that is older."),
  })
  .meta({ id: "ContractScript", description: "One migration of the directory." });

const application = z
  .strictObject({
    name: z.string().describe("Name of the application."),
    schema: z.string().describe("The schema of every object that is written without one."),
    role: z
      .union([z.string(), z.literal(false), z.null()], { error: "expected the name of a role, false or null" })
      .describe("Role it connects as; null: the connected role; false: privileges are not judged."),
    relations: z.array(relation).describe("By schema and name."),
    enums: z.array(
      z
        .strictObject({
          ...qualifiedName.shape,
          labels: names.describe("In order."),
          ordered: z.boolean().describe("Whether their order is compared."),
        })
        .meta({ id: "ContractEnum", description: "A required enum type." }),
    ),
    domains: z.array(domain),
    sequences: z.array(qualifiedName).describe("Those that no column owns."),
    functions: z.array(
      z
        .strictObject({
          ...qualifiedName.shape,
          arguments: z.string().nullable().describe("Argument types; null: any overload."),
        })
        .meta({ id: "ContractFunction", description: "A required function." }),
    ),
    extensions: names.describe("Extensions that must be installed."),
    migrations: z
      .strictObject({
        tool: z
          .enum([...RECORD_TOOLS, "sql"])
          .describe("The tool whose record table is read; sql: scripts without a tool, which leave no record."),
        schema: z.string().nullable().describe("Schema of the record table; null: where it is found."),
        table: z.string().optional().describe("Name of the record table, when it is not the tool's own."),
        required: names.describe("As the tool records them, oldest first."),
        incomplete: z
          .literal(true)
          .optional()
          .describe("The directory holds migrations besides `scripts`: code, which is not run."),
        scripts: z.array(script).optional().describe("The directory of migrations, when it was compiled from one."),
      })
      .nullable()
      .describe("Null: no migrations are required."),
    features: z.array(feature).describe("In the order of the check file."),
  })
  .meta({ id: "ContractApplication", description: "What one application needs." });

const origin = z
  .strictObject({
    migration: z.string().describe("Name as the tool records it."),
    file: relativePath,
    line: z.int().positive().nullable().describe("1-based; null when unknown."),
    guarded: z.literal(true).optional().describe("IF NOT EXISTS or a condition around the statement; absent: none."),
  })
  .meta({ id: "ContractOrigin", description: "A place in the migrations." });

const provenance = z
  .strictObject({
    subject: z.strictObject({
      kind: z.enum(SUBJECT_KINDS),
      schema: z.string().nullable(),
      relation: z.string().nullable(),
      name: z.string(),
    }),
    property: z.string().nullable().describe("Null: the object itself."),
    createdBy: origin,
    changedBy: origin,
  })
  .meta({ id: "ContractProvenance", description: "Which migration created something, and which last changed it." });

const definition = z
  .strictObject({
    kind: z.enum(DEFINITION_KINDS).describe("What is defined, or which clause of it."),
    schema: z.string().nullable().describe("Null: of the database."),
    relation: z.string().nullable().describe("The relation that it is a part of; null: it stands alone."),
    name: z.string().describe("Of a function with its argument types."),
    sql: names.describe("Statements in the order in which to run them, or clauses; as PostgreSQL prints them."),
  })
  .meta({ id: "ContractDefinition", description: "How to make what the lists of the contract say too little about." });

export const contractFileSchema = z
  .strictObject({
    formatVersion: z.literal(CONTRACT_FORMAT_VERSION).describe("Changes when a reader of this format would break."),
    id: z.string().describe("`sha256:` and the digest of everything below."),
    source: z
      .enum(["check-files", "prisma-migrations", "prisma-schema", "sql", "database", "mixed"])
      .describe("What it was compiled from."),
    applications: z.array(application).describe("By name."),
    provenance: z.array(provenance).describe("By subject; empty when it was not compiled from migrations."),
    definitions: z
      .array(definition)
      .optional()
      .describe("In an order in which they can be made. Only `repair` uses them; nothing is compared with them."),
  })
  .meta({ id: "Contract", title: "schemaready contract, format version 1" });

/** The JSON Schema (draft 2020-12) of the contract file. */
export function contractJsonSchema(): Record<string, unknown> {
  const { $schema, $defs = {} } = z.toJSONSchema(contractFileSchema, { target: "draft-2020-12" });
  // zod puts everything with an id into $defs, the contract too; readers expect it at the top.
  const { Contract: top, ...parts } = $defs;
  return { $schema, ...top, $defs: parts };
}

type Item<T> = T extends readonly (infer Each)[] ? Each : never;

type File = z.infer<typeof contractFileSchema>;
type FileApplication = Item<File["applications"]>;
type FileRelation = Item<FileApplication["relations"]>;
type FileFeature = Item<FileApplication["features"]>;

/**
 * The compiler's proof that schema and model agree; `false` here is a type error. Part by part, because the compiler
 * takes a type for equal without a look at what is nested deeper than it cares to go.
 */
export type SchemaMatchesModel = [
  Holds<Same<File, Contract & { readonly formatVersion: typeof CONTRACT_FORMAT_VERSION }>>,
  Holds<Same<Item<File["provenance"]>, Provenance>>,
  Holds<Same<Item<Exclude<File["definitions"], undefined>>, ObjectDefinition>>,
  Holds<Same<FileApplication, Application>>,
  Holds<Same<Item<FileApplication["enums"]>, ExpectedEnum>>,
  Holds<Same<Item<FileApplication["domains"]>, DomainType>>,
  Holds<Same<Item<FileApplication["functions"]>, ExpectedFunction>>,
  Holds<Same<Exclude<FileApplication["migrations"], null>, ExpectedMigrations>>,
  Holds<Same<FileRelation, ExpectedRelation>>,
  Holds<Same<Item<FileRelation["columns"]>, Column>>,
  Holds<Same<Item<FileRelation["columns"]>["type"], TypeRef>>,
  Holds<Same<Exclude<Item<FileRelation["columns"]>["default"], null>, Expression>>,
  Holds<Same<Item<FileRelation["constraints"]>, Constraint>>,
  Holds<Same<Item<FileRelation["indexes"]>, Index>>,
  Holds<Same<Item<Item<FileRelation["indexes"]>["keys"]>, IndexKey>>,
  Holds<Same<FileFeature, Feature>>,
  Holds<Same<Item<FileFeature["uses"]>, RelationUse>>,
  Holds<Same<Item<FileFeature["rows"]>, RowsExpectation>>,
];
