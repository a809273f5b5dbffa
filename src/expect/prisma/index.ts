/** A Prisma schema -> the database schema that it describes: Prisma's engine writes the SQL, PostgreSQL runs it, we read. */
import { type Problem, SchemareadyError } from "../../errors/index.js";
import type { ObjectDefinition } from "../../model/definitions.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { SchemaModel } from "../../model/schema.js";
import type { ScratchServer } from "../../scratch/index.js";
import { buildSchema } from "./build.js";
import { type Declaration, declarationsOf } from "./declarations.js";
import { type PrismaFile, readPrismaFiles } from "./files.js";
import { datasourcesOf } from "./hand-over.js";
import { withEitherKey } from "./implicit-tables.js";
import { prismaSql } from "./sql.js";

export interface PrismaSource {
  /** A schema.prisma, a directory of *.prisma files, or a package; as it was given, because problems name files by it. */
  readonly path: string;
  /** The directory that a relative path starts from. */
  readonly directory: string;
  /** Schema of what is written without one; null: public, or the first of a datasource that lists others. */
  readonly schema: string | null;
}

/** A Prisma schema as its engine understands it; nothing has been built. */
export interface PrismaSchema {
  /** What Prisma would run on an empty database. */
  readonly sql: string;
  /** Those that the SQL writes into: the one for names without a schema first. */
  readonly schemas: readonly string[];
  readonly declarations: readonly Declaration[];
}

export interface PrismaInput extends PrismaSource {
  readonly scratch: ScratchServer;
}

export interface PrismaResult {
  readonly model: SchemaModel;
  readonly definitions: readonly ObjectDefinition[];
  readonly schema: string;
  /** Views that the schema names. Prisma creates none, so nothing but their existence is known. */
  readonly views: readonly QualifiedName[];
  /** For people: what the schema cannot say, and what was arranged or left out. */
  readonly notes: readonly string[];
}

/**
 * Reads the schema and has the SQL written by Prisma's engine; needs no PostgreSQL.
 * @throws SchemareadyError PRISMA_SCHEMA with every problem and its place; PRISMA_ENGINE_UNAVAILABLE
 */
export async function readPrismaSchema({ path, directory, schema }: PrismaSource): Promise<PrismaSchema> {
  const files = await readPrismaFiles(path, directory);
  const listed = datasourcesOf(files).flatMap(({ schemas }) => schemas);
  const home = schema ?? (listed.includes("public") ? "public" : (listed[0] ?? "public"));
  const sql = await prismaSql(files, home);
  const declarations = declarationsOf(files);
  if (!declarations.some(({ keyword }) => keyword === "model")) throw nothingThere(path, files);
  return { sql, schemas: [...new Set([home, ...listed])], declarations };
}

/**
 * Runs the SQL in a database of the throwaway server, which is dropped again, and reads what it made.
 * @throws SchemareadyError PRISMA_SCHEMA with everything that PostgreSQL refuses
 */
export async function buildPrismaSchema(read: PrismaSchema, scratch: ScratchServer): Promise<PrismaResult> {
  const { model, definitions, notes } = await buildSchema({ ...read, scratch });
  const schema = read.schemas[0] ?? "public";
  const views = viewsOf(read.declarations, schema);
  return {
    model: { ...model, relations: model.relations.map(withEitherKey) },
    definitions,
    schema,
    views,
    notes: [...notes, ...viewNotes(views)],
  };
}

/** Both in one. @throws as readPrismaSchema and buildPrismaSchema */
export async function schemaFromPrisma({ scratch, ...source }: PrismaInput): Promise<PrismaResult> {
  return buildPrismaSchema(await readPrismaSchema(source), scratch);
}

/** `@@ignore` hides a view from the application. */
function viewsOf(declarations: readonly Declaration[], schema: string): QualifiedName[] {
  const views = declarations.filter(({ keyword, ignored }) => keyword === "view" && !ignored);
  return views.map((view) => ({ schema: view.schema ?? schema, name: view.name }));
}

function viewNotes(views: readonly QualifiedName[]): string[] {
  if (views.length === 0) return [];
  const names = views.map(displayName).join(", ");
  return [
    `Prisma creates no views: of ${names} only the existence is expected; describe columns that matter in a check file`,
  ];
}

/** A contract that expects nothing would pass every database. */
function nothingThere(given: string, files: readonly PrismaFile[]): SchemareadyError {
  const message = "the schema has no model, so nothing would be expected";
  const problems: Problem[] = [{ place: files.map(({ path }) => path).join(", ") || given, message }];
  return new SchemareadyError("PRISMA_SCHEMA", "The Prisma schema describes no table.", { problems });
}
