/** Replays a folder of migrations in a throwaway database, and reads after each script what it made. */
import { SchemareadyError } from "../../errors/index.js";
import type { MigrationDirectory, MigrationScript } from "../../model/migrations.js";
import type { ReplayFailure } from "../../model/replay-failure.js";
import type { SchemaModel } from "../../model/schema.js";
import { type ScratchConnection, ScriptStopped } from "../../scratch/index.js";
import { loadGrammar, tokensOf } from "../../sql/index.js";
import { complaintOf } from "./complaint.js";
import { type DeedBook, openDeedBook } from "./creators.js";
import { diagnoseFailure } from "./diagnose.js";
import { type Change, diffModels } from "./diff.js";
import { deedBehind, indexDeeds, lineAt } from "./lines.js";
import { scriptReader } from "./read-script.js";
import { sendScript } from "./send.js";
import type { Refusal } from "./sending.js";
import { readDefinitions, readSnapshot, refresh, type Schemas, type Snapshot } from "./snapshot.js";
import { prepareStage, removeRoles, type Stage } from "./stage.js";
import { type OriginDetails, provenanceList, type Tracked, track } from "./track.js";
import type { ReplayInput, ReplayResult } from "./types.js";

/**
 * Runs the scripts in order, each by its tool's transaction rule. Without `keepGoing` it stops at the first that fails.
 * The connection is left in its database with the settings it had, except search_path: that is the application's.
 * @throws SchemareadyError MIGRATION_REPLAY when what was made cannot be read back, PARSER_UNAVAILABLE
 */
export async function replay(input: ReplayInput): Promise<ReplayResult> {
  const { directory, connection, schemas } = input;
  const read = scriptReader(await loadGrammar());
  const book = openDeedBook(directory.scripts, read);
  const schema = input.schema ?? (schemas === "all" ? "public" : (schemas[0] ?? "public"));
  const stage = await prepareStage(connection, directory.tool, read, schema, createsSchema(book, schema));
  try {
    return await replayAll(input, stage, book);
  } catch (error) {
    // Scripts that are stopped are failures; this stopped our own reading of what they left.
    if (!(error instanceof ScriptStopped)) throw error;
    throw new SchemareadyError("MIGRATION_REPLAY", `What the migrations made cannot be read back: ${error.message}.`, {
      cause: error,
    });
  } finally {
    await removeRoles(stage, rolesCreated(book));
  }
}

function schemasOf({ schemas }: ReplayInput, { platform }: Stage): Schemas {
  return schemas === "all" ? { except: platform.schemas } : schemas;
}

async function replayAll(input: ReplayInput, stage: Stage, book: DeedBook): Promise<ReplayResult> {
  const { directory, connection, keepGoing, onProgress } = input;
  const schemas = schemasOf(input, stage);
  const failures: ReplayFailure[] = [];
  const failed = new Set<number>();
  let snapshot: Snapshot = await readSnapshot(connection, schemas);
  let tracked: Tracked = new Map();
  const origins = input.provenance === false ? (known: Tracked) => known : follow;
  let last: MigrationScript | undefined;
  for (const [index, script] of directory.scripts.entries()) {
    if (input.ran?.has(script.name)) continue;
    const refusal = await sendScript(stage, script);
    const before = snapshot;
    // Nobody asks what a script made that ran; of what stands before a refusal, the schemas are told.
    if (input.provenance !== false || refusal !== null)
      snapshot = await nextSnapshot(connection, schemas, script, before);
    tracked = origins(tracked, before.model, snapshot.model, script, book, index);
    last = script;
    onProgress?.(index + 1, directory.scripts.length, script.name);
    if (refusal === null) continue;
    failures.push(
      describeFailure({ input, stage, book, failed, schemas: snapshot.model.schemas }, index, script, refusal),
    );
    failed.add(index);
    if (!keepGoing || stage.deadline.isOver()) break;
  }
  const { model } = await readSnapshot(connection, schemas);
  // What only the whole reading shows (a rename done by a function, for example) was there after the last script.
  if (last !== undefined)
    tracked = origins(tracked, snapshot.model, model, last, book, directory.scripts.indexOf(last));
  const missingExtensions = [...stage.missingExtensions];
  // While the roles that policies name are still there.
  const definitions = input.definitions === true ? await readDefinitions(connection, model) : [];
  return {
    model,
    definitions,
    provenance: provenanceList(tracked),
    failures,
    notes: [...stage.notes],
    missingExtensions,
  };
}

/**
 * A rename changes how others print although their own catalog rows stay. A function may do it in text that no grammar
 * sees, so the words alone are enough; where they mean nothing, one reading more is all it costs.
 */
const RENAMES = /\brename\b|\bset\s+schema\b/i;

function nextSnapshot(
  connection: ScratchConnection,
  schemas: Schemas,
  script: MigrationScript,
  before: Snapshot,
): Promise<Snapshot> {
  return RENAMES.test(script.sql) ? readSnapshot(connection, schemas) : refresh(connection, schemas, before);
}

function follow(
  tracked: Tracked,
  before: SchemaModel,
  after: SchemaModel,
  script: MigrationScript,
  book: DeedBook,
  index: number,
): Tracked {
  const changes = diffModels(before, after);
  if (changes.length === 0) return tracked;
  const { name: migration, file } = script;
  const deeds = indexDeeds(book.deeds(index));
  const detailsOf = (change: Change): OriginDetails => {
    const deed = deedBehind(change, deeds);
    const line = deed === null ? null : lineAt(script, deed.at);
    return { line, ...(deed?.guarded === true ? { guarded: true } : {}) };
  };
  return track(tracked, changes, { migration, file }, detailsOf);
}

interface Surroundings {
  readonly input: ReplayInput;
  readonly stage: Stage;
  readonly book: DeedBook;
  readonly failed: ReadonlySet<number>;
  readonly schemas: SchemaModel["schemas"];
}

const LONGEST_STATEMENT = 2000;

function describeFailure(
  around: Surroundings,
  index: number,
  script: MigrationScript,
  refusal: Refusal,
): ReplayFailure {
  const { input, stage, book, failed, schemas } = around;
  const { sqlstate, message, statement } = refusal;
  const line = lineOf(script, refusal);
  const text = statement === null ? null : script.sql.slice(statement.start, statement.end);
  return {
    migration: script.name,
    file: script.file,
    line,
    statement: text === null || text.length <= LONGEST_STATEMENT ? text : `${text.slice(0, LONGEST_STATEMENT)} ...`,
    sqlstate,
    message,
    ...diagnoseFailure({
      tool: input.directory.tool,
      sqlstate,
      message,
      index,
      line,
      book,
      otherOrder: input.directory.otherOrder,
      failed,
      schemas: [...schemas.map(({ name }) => name), ...stage.platform.schemas],
      missingExtensions: stage.missingExtensions,
      unread: codeAmong(input.directory),
    }),
  };
}

/** Migrations in other languages than SQL, which the readers of directories leave out and say so. */
function codeAmong({ warnings }: MigrationDirectory): string[] {
  return warnings.flatMap(({ code, file }) =>
    code === "NOT_READ" && file !== null && !/\.sql$/i.test(file) && /\.\w+$/.test(file) ? [file] : [],
  );
}

/** Where PostgreSQL points; else where the statement names the object that the error is about; else where it begins. */
function lineOf(script: MigrationScript, { at, statement, sqlstate, message }: Refusal): number | null {
  if (at !== null) return lineAt(script, at);
  if (statement === null) return null;
  const complaint = complaintOf(sqlstate, message);
  const isName = (kind: string) => kind === "word" || kind === "quoted";
  const named = tokensOf(script.sql, statement.start, statement.end).find(
    ({ kind, value }) => isName(kind) && value === complaint?.name,
  );
  return lineAt(script, named?.start ?? statement.start);
}

/** A script that creates the schema without a guard would fail if it were there. */
function createsSchema(book: DeedBook, schema: string): boolean {
  return book.scripts.some((_, index) =>
    book
      .deeds(index)
      .some(({ act, kind, name, guarded }) => act === "create" && kind === "schema" && name === schema && !guarded),
  );
}

function rolesCreated(book: DeedBook): string[] {
  return book.scripts.flatMap((_, index) =>
    book.deeds(index).flatMap(({ act, kind, name }) => (act === "create" && kind === "role" ? [name] : [])),
  );
}
