/** A file of SQL as the source of a contract: a dump, structure.sql, DDL written by hand. */
import { SchemareadyError } from "../errors/index.js";
import { contractFromModel, schemaFromSql } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import { readFileWithin, UnreadableFile } from "./read-file.js";
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
  if (/^\s*$/.test(bytes.toString("latin1"))) throw unusable(file, "the file is empty");
  const scratch = await context.scratch();
  context.progress(`running ${file.shown} in ${scratch.description}`);
  const running = schemaFromSql({ file: file.shown, bytes, scratch, schema, schemas: schemas ?? "all" });
  const { model, definitions, notes } = await context.untilStopped(running);
  for (const note of [...scratch.notes, ...notes]) context.warn(`note: ${note}`);
  if (model.relations.length === 0) throw unusable(file, "it makes no relation, so nothing would be expected");
  return contractFromModel({ ...ORIGIN, model, definitions, schema });
}

async function readSqlFile(file: SourcePath): Promise<Buffer> {
  try {
    return await readFileWithin(file.path, MAX_BYTES);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw unusable(file, `${error.message}${WAYS_OUT[error.reason]}`, error);
  }
}

const WAYS_OUT: Readonly<Record<UnreadableFile["reason"], string>> = {
  directory:
    "; of a dump in directory format (pg_dump -Fd) pg_restore --schema-only -f dump.sql DIRECTORY makes a file, and migrations are given with --migrations",
  size: ": dump the schema without the rows, with pg_dump --schema-only",
  other: "",
};

function unusable({ shown }: SourcePath, message: string, cause?: unknown): SchemareadyError {
  const problems = [{ place: shown, message }];
  return new SchemareadyError("SQL_FILE", `${shown} cannot be taken for the schema of a database.`, {
    problems,
    cause,
  });
}
