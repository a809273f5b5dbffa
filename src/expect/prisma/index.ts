/** A Prisma schema -> the database schema that it describes: Prisma's engine writes the SQL, PostgreSQL runs it, we read. */
import { type Problem, SchemareadyError } from "../../errors/index.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { SchemaModel } from "../../model/schema.js";
import type { ScratchServer } from "../../scratch/index.js";
import { buildSchema } from "./build.js";
import { type Declaration, declarationsOf } from "./declarations.js";
import { type PrismaFile, readPrismaFiles } from "./files.js";
import { datasourcesOf } from "./hand-over.js";
import { withEitherKey } from "./implicit-tables.js";
import { prismaSql } from "./sql.js";

export interface PrismaInput {
  /** A schema.prisma, a directory of *.prisma files, or a package; as it was given, because problems name files by it. */
  readonly path: string;
  /** The directory that a relative path starts from. */
  readonly directory: string;
  readonly scratch: ScratchServer;
  /** Schema of what is written without one; null: public, or the first of a datasource that lists others. */
  readonly schema: string | null;
}

export interface PrismaResult {
  readonly model: SchemaModel;
  readonly schema: string;
  /** Views that the schema names. Prisma creates none, so nothing but their existence is known. */
  readonly views: readonly QualifiedName[];
  /** For people: what the schema cannot say, and what was arranged or left out. */
  readonly notes: readonly string[];
}

/**
 * Reads the schema, has the SQL written by Prisma's engine, and runs it in a database of the throwaway server, which is
 * dropped again.
 * @throws SchemareadyError PRISMA_SCHEMA with every problem and its place; PRISMA_ENGINE_UNAVAILABLE
 */
export async function schemaFromPrisma(input: PrismaInput): Promise<PrismaResult> {
  const files = await readPrismaFiles(input.path, input.directory);
  const listed = datasourcesOf(files).flatMap(({ schemas }) => schemas);
  const schema = input.schema ?? (listed.includes("public") ? "public" : (listed[0] ?? "public"));
  const sql = await prismaSql(files, schema);
  const declarations = declarationsOf(files);
  if (!declarations.some(({ keyword }) => keyword === "model")) throw nothingThere(input.path, files);
  const schemas = [...new Set([schema, ...listed])];
  const { model, notes } = await buildSchema({ sql, scratch: input.scratch, schemas, declarations });
  const views = viewsOf(declarations, schema);
  return {
    model: { ...model, relations: model.relations.map(withEitherKey) },
    schema,
    views,
    notes: [...notes, ...viewNotes(views)],
  };
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
