/** A file of SQL as the source of a contract: a dump, structure.sql, DDL written by hand. */
import { open } from "node:fs/promises";
import { SchemareadyError } from "../errors/index.js";
import { contractFromModel, schemaFromSql } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import type { SourceContext, SourcePath, SourceRequest } from "./source.js";

/** The schema of a thousand tables is a few megabytes; what is larger holds rows. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A dump is a database as it was on one day: no migration made it, and its partitions come and go. */
const ORIGIN = { name: "application", source: "sql", migrations: null, provenance: [], partitions: false } as const;

/** @throws SchemareadyError SQL_FILE, also when the file makes no relation; SCRATCH_UNAVAILABLE */
export async function contractFromSqlFile(
  { file }: { readonly file: SourcePath },
  request: SourceRequest,
  context: SourceContext,
): Promise<Contract> {
  const { schemas } = request;
  const schema = request.schema ?? "public";
  const bytes = await readSqlFile(file);
  const scratch = await context.scratch();
  context.progress(`running ${file.shown} in ${scratch.description}`);
  const running = schemaFromSql({ file: file.shown, bytes, scratch, schema, schemas: schemas ?? "all" });
  const { model, notes } = await context.untilStopped(running);
  for (const note of [...scratch.notes, ...notes]) context.warn(`note: ${note}`);
  if (model.relations.length === 0) throw unusable(file, "it makes no relation, so nothing would be expected");
  return contractFromModel({ ...ORIGIN, model, schema });
}

async function readSqlFile(file: SourcePath): Promise<Buffer> {
  try {
    const handle = await open(file.path);
    try {
      const stats = await handle.stat();
      if (stats.isDirectory()) throw unusable(file, IS_DIRECTORY);
      if (stats.size > MAX_BYTES) throw unusable(file, TOO_LARGE);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof SchemareadyError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw unusable(file, code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`, error);
  }
}

const IS_DIRECTORY =
  "it is a directory; of a dump in directory format (pg_dump -Fd) pg_restore --schema-only -f dump.sql DIRECTORY makes a file, and migrations are given with --migrations";
const TOO_LARGE = "it is larger than 64 MiB: dump the schema without the rows, with pg_dump --schema-only";

function unusable({ shown }: SourcePath, message: string, cause?: unknown): SchemareadyError {
  const problems = [{ place: shown, message }];
  return new SchemareadyError("SQL_FILE", `${shown} cannot be taken for the schema of a database.`, {
    problems,
    cause,
  });
}
