/**
 * A directory whose migrations make something twice can never be replayed, and yet says what has to be there. So a script
 * that is refused finds the tables gone that it makes itself (an older shape of one is no reason to skip it); where that
 * does not help, statements are left out whose object exists already.
 */
import { migrationFailures } from "../expect/index.js";
import type { MigrationDirectory, MigrationScript } from "../model/migrations.js";
import { quoteIdentifier, quoteQualified } from "../model/names.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import type { ScratchServer } from "../scratch/index.js";
import { blank, deedsOf, type Grammar, loadGrammar } from "../sql/index.js";

export interface Replayable {
  readonly directory: MigrationDirectory;
  /** What was left out: the migration, and the statement as written. */
  readonly leftOut: readonly { readonly migration: string; readonly statement: string }[];
}

/** duplicate_table, duplicate_object, duplicate_column, duplicate_schema, duplicate_function */
const DUPLICATE = ["42P07", "42710", "42701", "42P06", "42723"];
const MOST_ATTEMPTS = 6;

/** The directory as it can be replayed; whatever else is refused in it stays. */
export async function replayable(
  directory: MigrationDirectory,
  scratch: ScratchServer,
  schema: string,
): Promise<Replayable> {
  const grammar = await loadGrammar();
  let current: Replayable = { directory, leftOut: [] };
  const cleared = new Set<string>();
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const { failures } = await migrationFailures({ directory: current.directory, scratch, schemas: "all", schema });
    const script = current.directory.scripts.find(({ file }) => file === failures[0]?.file);
    if (failures[0] === undefined || script === undefined) break;
    const next = cleared.has(script.file)
      ? leaveOut(current, script, failures[0], grammar)
      : clear(current, script, grammar);
    cleared.add(script.file);
    if (next === null) break;
    current = next;
  }
  return current;
}

/** The drops stand in the script's first line, so that every other line keeps its number. */
function clear({ directory, leftOut }: Replayable, script: MigrationScript, grammar: Grammar): Replayable {
  const tables = grammar
    .parseScript(script.sql)
    .statements.filter(({ node }) => node !== null && "CreateStmt" in node)
    .flatMap((statement) => deedsOf(statement, grammar))
    .filter(({ act, kind }) => act === "create" && kind === "relation")
    .map(({ schema, name }) => (schema === null ? quoteIdentifier(name) : quoteQualified({ schema, name })));
  const drops = [...new Set(tables)].map((table) => `DROP TABLE IF EXISTS ${table} CASCADE; `).join("");
  return { directory: replaced(directory, script, `${drops}${script.sql}`), leftOut };
}

function leaveOut(
  { directory, leftOut }: Replayable,
  script: MigrationScript,
  failure: ReplayFailure,
  grammar: Grammar,
) {
  if (failure.line === null || !DUPLICATE.includes(failure.sqlstate)) return null;
  const found = statementAt(script, failure.line, grammar);
  if (found === null) return null;
  return {
    directory: replaced(directory, script, blank(script.sql, [found])),
    leftOut: [...leftOut, { migration: script.name, statement: script.sql.slice(found.start, found.end) }],
  };
}

function replaced(directory: MigrationDirectory, script: MigrationScript, sql: string): MigrationDirectory {
  return { ...directory, scripts: directory.scripts.map((each) => (each === script ? { ...script, sql } : each)) };
}

/** @param line 1-based, of the file */
function statementAt({ sql, firstLine }: MigrationScript, line: number, grammar: Grammar) {
  const wanted = line - firstLine + 1;
  const lineOf = (offset: number) => sql.slice(0, offset).split("\n").length;
  const { statements } = grammar.parseScript(sql);
  return statements.find(({ start, end }) => lineOf(start) <= wanted && wanted <= lineOf(end)) ?? null;
}
