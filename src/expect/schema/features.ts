/** Migrations and features: what must have been applied, and which part of the application needs what. */
import { z } from "zod";
import { RECORD_TOOLS } from "../../model/migrations.js";
import { names, section, text, texts } from "./blocks.js";

const requiredMigration = z.union([
  text.describe("Name of a migration, as the tool records it."),
  section({
    name: text.describe("Name of the migration, as the tool records it."),
    creates: texts.optional().describe("Relations (`avatars`) and columns (`users.accountType`) that it brings."),
  }),
]);

export const migrations = section({
  tool: z.enum(RECORD_TOOLS).describe("The tool whose record table is read."),
  schema: text
    .optional()
    .describe("Schema of the record table; default: the application's, else wherever it is found."),
  table: text.optional().describe("Name of the record table; default: the tool's own."),
  required: z.array(requiredMigration).optional().describe("Migrations that the deployed code needs, oldest first."),
});

const everyColumn = z.literal("*").describe("Every column that this file names for the relation.");
const columns = z.union([everyColumn, texts.describe("Names of columns.")]);

const written = z.union([
  everyColumn.describe("INSERT and UPDATE of every column that this file names (generated ones aside)."),
  texts.describe("INSERT and UPDATE if the list has every column an INSERT must supply; otherwise UPDATE."),
  section({
    insert: columns.optional().describe("Columns of the INSERT."),
    update: columns.optional().describe("Columns of the UPDATE."),
    delete: z.boolean().optional().describe("Rows are deleted."),
  }),
]);

const rows = section({
  table: text.describe("Key of a relation of this file."),
  where: text.optional().describe("SQL condition; absent: all rows. Names without a schema mean the application's."),
  atLeast: z.int().min(0).optional().describe("Default 1."),
  atMost: z.int().min(0).optional().describe("Default: no limit."),
});

/** `METHOD /path/{parameter}` */
export const ENDPOINT = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S*$/;

export const feature = section({
  title: text.optional().describe("For people; default: the feature's key."),
  endpoints: z
    .array(z.string().regex(ENDPOINT, 'write METHOD and path, for example "POST /api/projects/{projectId}"'))
    .optional()
    .describe("Endpoints that stop working with the feature."),
  reads: names(columns).optional().describe("Relation -> columns that are selected."),
  writes: names(written).optional().describe("Relation -> columns that are written."),
  deletes: z.array(text).optional().describe("Relations from which rows are deleted."),
  rows: z.array(rows).optional().describe("Reference data that must be there."),
  migrations: z
    .array(text)
    .optional()
    .describe("Required migrations that the feature needs beyond its objects (data)."),
});
