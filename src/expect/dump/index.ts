/** A file of SQL (pg_dump, structure.sql, DDL written by hand) -> the schema that it makes. */

import { type Problem, SchemareadyError } from "../../errors/index.js";
import type { MigrationDirectory } from "../../model/migrations.js";
import type { ReplayFailure } from "../../model/replay-failure.js";
import type { ScratchServer } from "../../scratch/index.js";
import { blank, cutScript, type Grammar, loadGrammar, type ParsedScript } from "../../sql/index.js";
import { type ReplayResult, replayInScratch } from "../replay/index.js";
import { decodeSql } from "./decode.js";
import { isCreation, isDrop, isLeftOut } from "./left-out.js";
import { dumpProblems } from "./sections.js";

export interface SqlFileInput {
  /** What messages call the file. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly scratch: ScratchServer;
  /** Where names without a schema go. */
  readonly schema: string;
  /** Schemas that count; `all`: every schema that is there in the end. */
  readonly schemas: readonly string[] | "all";
}

/**
 * Runs the statements one by one in a database of the throwaway server, which is dropped again. What says nothing about
 * the schema (rows, owners, privileges, comments, databases and roles) is left out.
 * @returns the model with the definitions, and what was arranged so that the file could run
 * @throws SchemareadyError SQL_FILE: not SQL text, no single database, or refused by PostgreSQL
 */
export async function schemaFromSql(
  input: SqlFileInput,
): Promise<Pick<ReplayResult, "model" | "definitions" | "notes">> {
  const { file, bytes, scratch, schema, schemas } = input;
  const directory = oneScript(file, readSql(file, bytes, await loadGrammar()));
  const { failures, model, definitions, notes } = await replayInScratch(scratch, {
    directory,
    schema,
    schemas,
    provenance: false,
    definitions: true,
    keepGoing: false,
  });
  const [failure] = failures;
  if (failure !== undefined) throw refused(file, failure, notes);
  return { model, definitions, notes };
}

/** The text that is sent: with blanks where something is left out, so that lines stay what they are. */
export function readSql(file: string, bytes: Buffer, grammar: Grammar): string {
  const decoded = decodeSql(bytes);
  if ("problem" in decoded) throw unusable(file, [{ place: file, message: decoded.problem }]);
  const sql = withoutRows(decoded.text);
  const script = grammar.parseScript(sql);
  const problems = dumpProblems(script).map(({ at, message }) => ({ place: `${file}:${lineOf(sql, at)}`, message }));
  if (problems.length > 0) throw unusable(file, problems);
  return blank(sql, leftOut(script));
}

/** Before the grammar sees them: the trees of a million rows would need a thousand times the room of the schema's. */
function withoutRows(sql: string): string {
  const { copies, statements } = cutScript(sql);
  const inserts = statements.filter(({ start }) => /^insert\s/i.test(sql.slice(start, start + 7)));
  return blank(sql, [...copies, ...inserts]);
}

function leftOut({ statements }: ParsedScript) {
  const first = statements.findIndex(({ node }) => isCreation(node));
  return statements.filter(({ node }, i) => isLeftOut(node) || (i < first && isDrop(node)));
}

function lineOf(sql: string, at: number): number {
  return sql.slice(0, at).split("\n").length;
}

function oneScript(file: string, sql: string): MigrationDirectory {
  const script = { name: file, file, sql, firstLine: 1, transaction: "none", checksum: null } as const;
  return { tool: "sql", scripts: [script], otherOrder: null, warnings: [] };
}

function unusable(file: string, problems: readonly Problem[]): SchemareadyError {
  return new SchemareadyError("SQL_FILE", `${file} cannot be taken for the schema of a database.`, { problems });
}

function refused(file: string, failure: ReplayFailure, notes: readonly string[]): SchemareadyError {
  const { line, message, sqlstate } = failure;
  const why = REASONS[failure.code] ?? (failure.code.startsWith("NEEDS_") ? failure.diagnosis : null);
  const said = `PostgreSQL says: ${message} (${sqlstate}).${why === null ? "" : ` ${why}`}`;
  const problems = [{ place: line === null ? file : `${file}:${line}`, message: said }];
  return new SchemareadyError("SQL_FILE", `PostgreSQL refuses a statement of ${file}.`, {
    problems: [...problems, ...notes.map((note) => ({ message: note }))],
    sqlstate,
  });
}

/** The diagnoses of migrations, in the words of a single file. */
const REASONS: Readonly<Partial<Record<ReplayFailure["code"], string>>> = {
  NO_MIGRATION_CREATES_IT:
    "Nothing in the file creates it: dump the whole schema (pg_dump --schema-only), not single tables of it.",
  NEEDS_SCHEMA: "Nothing in the file creates the schema: dump all schemas that the application uses.",
  DEPENDENCY_ORDER: "The file creates it further down: what is needed must come first.",
};
