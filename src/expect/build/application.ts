/** One check file, built in a database of its own and read back: the expectations of an application. */
import { PRINTING_SETTINGS } from "../../db/index.js";
import type { Application, ExpectedEnum, ExpectedRelation, Feature } from "../../model/contract.js";
import { compareQualified, compareText, quoteIdentifier, truncateIdentifier } from "../../model/names.js";
import type { SchemaModel } from "../../model/schema.js";
import { type ScratchConnection, ScriptStopped } from "../../scratch/index.js";
import type { CheckFile } from "../check-file.js";
import { readEnum } from "../checks/enums.js";
import { introductions, requiredMigrations } from "../checks/migrations.js";
import { distinct } from "../distinct.js";
import type { Path, PlacedProblem } from "../load/place.js";
import { findRelation, type KnownSchema, NOTHING_KNOWN } from "../names.js";
import { withDeadline } from "./deadline.js";
import { expectedRelation } from "./expected.js";
import { type FunctionTypes, printFunctions, resolveFunctions } from "./functions.js";
import { extensionTasks, schemaTasks, sequenceTasks, typeTasks } from "./objects.js";
import { readBuilt } from "./read.js";
import { columnTasks, constraintTasks, qualify, tableTasks } from "./relations.js";
import { withRenderings } from "./renderings.js";
import { checkConditions, readRows } from "./rows.js";
import {
  attempt,
  BuildTimeout,
  isUndefined,
  type Refusal,
  runTasks,
  STATEMENT_SECONDS,
  withoutConsequences,
} from "./tasks.js";
import { readUses } from "./uses.js";

export interface Built {
  /** Null when there are problems. */
  readonly application: Application | null;
  readonly problems: readonly PlacedProblem[];
}

/** Real files take a second; one that takes longer computes instead of describing. */
const FILE_SECONDS = 60;

export interface BuildOptions {
  /** Schema of a file that names none. */
  readonly defaultSchema: string;
  /** What the file's features may name besides what it defines. */
  readonly known?: KnownSchema | undefined;
  readonly seconds?: number;
}

/** Builds a file in an empty database, within a minute. */
export async function buildApplication(
  file: CheckFile,
  connection: ScratchConnection,
  { defaultSchema, known = NOTHING_KNOWN, seconds = FILE_SECONDS }: BuildOptions,
): Promise<Built> {
  try {
    return await buildAndRead(file, withDeadline(connection, seconds * 1000), { defaultSchema, known });
  } catch (error) {
    if (error instanceof ScriptStopped) return { application: null, problems: [notReadBack(file, error)] };
    if (!(error instanceof BuildTimeout)) throw error;
    return { application: null, problems: [tooLong(file, error, seconds)] };
  }
}

function notReadBack(file: CheckFile, { message }: ScriptStopped): PlacedProblem {
  return { place: file.locate([]), message: `what PostgreSQL built of this file cannot be read back: ${message}` };
}

function tooLong(file: CheckFile, { task }: BuildTimeout, seconds: number): PlacedProblem {
  const defines = task?.defines ?? null;
  const where = defines === null ? "" : ` of ${defines.kind} ${JSON.stringify(defines.name)}`;
  const reached =
    task === null ? "what was built could not be read back in that time" : `it ended before the statement${where}`;
  const message = `PostgreSQL takes more than ${seconds} s to build this file: ${reached}`;
  return { place: file.locate(task?.path ?? [], task?.part), message };
}

async function buildAndRead(
  file: CheckFile,
  connection: ScratchConnection,
  { defaultSchema, known }: { readonly defaultSchema: string; readonly known: KnownSchema },
): Promise<Built> {
  const schema = truncateIdentifier(file.content.schema ?? defaultSchema);
  const { refusals, functions, missing } = await build(file, connection, { schema, known });
  if (refusals.length > 0) {
    return { application: null, problems: withoutConsequences(refusals).map((each) => describe(file, each, missing)) };
  }
  await connection.execute(PRINTING_SETTINGS.replaceAll("set local", "set"));
  const schemas = [schema, ...[...file.names.values()].flatMap((relation) => relation.schema ?? [])];
  const read = await readBuilt(connection, [...new Set(schemas)]);
  const model = await withRenderings(connection, read);
  return readBack(file, { schema, model, known, functions: await printFunctions(connection, functions) });
}

interface BuildResult {
  readonly refusals: readonly Refusal[];
  readonly functions: readonly FunctionTypes[];
  /** Extensions that the throwaway server does not have, with its reason. */
  readonly missing: ReadonlyMap<string, string>;
}

async function build(
  file: CheckFile,
  connection: ScratchConnection,
  { schema, known }: { readonly schema: string; readonly known: KnownSchema },
): Promise<BuildResult> {
  await connection.execute(`set statement_timeout = '${STATEMENT_SECONDS}s'`);
  // The scan of the file's SQL (text/sql-scan.ts) counts on it, and a server that a user gives may differ.
  await connection.execute("set standard_conforming_strings = on");
  const refusals = await runTasks(connection, schemaTasks(file, schema));
  const missing = await createExtensions(file, connection);
  await setSearchPath(connection, [schema, "public"]);
  refusals.push(
    ...(await runTasks(connection, [
      ...typeTasks(file, schema),
      ...tableTasks(file, schema),
      ...columnTasks(file, schema),
      ...sequenceTasks(file, schema),
      ...constraintTasks(file, schema),
    ])),
  );
  const resolved = await resolveFunctions(connection, file, schema);
  await setSearchPath(connection, [schema]);
  refusals.push(...resolved.refusals, ...(await checkConditions(connection, file, { schema, known })));
  await connection.execute("reset statement_timeout");
  return { refusals, functions: resolved.functions, missing };
}

const INSUFFICIENT_PRIVILEGE = "42501";
/** The first of the search_path at this moment. */
const DEFAULT_EXTENSION_SCHEMA = "public";

/** An extension is required by name: that this server does not have it matters only to what uses it. */
async function createExtensions(file: CheckFile, connection: ScratchConnection): Promise<Map<string, string>> {
  const missing = new Map<string, string>();
  for (const task of extensionTasks(file)) {
    const refusal = await attempt(task, () => connection.query(task.statement));
    if (refusal === null) continue;
    // Some of PostgreSQL's own are for superusers only, which check files are not in the server that is started for them.
    const created =
      refusal.sqlstate === INSUFFICIENT_PRIVILEGE &&
      (await connection.createExtension(task.name, task.schema ?? DEFAULT_EXTENSION_SCHEMA));
    if (!created) missing.set(task.name, refusal.message);
  }
  return missing;
}

async function setSearchPath(connection: ScratchConnection, schemas: readonly string[]): Promise<void> {
  const path = schemas.map(quoteIdentifier).join(", ");
  await connection.query("select pg_catalog.set_config('search_path', $1, false)", [path]);
}

function describe(file: CheckFile, refusal: Refusal, missing: ReadonlyMap<string, string>): PlacedProblem {
  const { path, part } = refusal.task;
  if (refusal.sqlstate === null) return { place: file.locate(path, part), message: refusal.message };
  const reasons = isUndefined(refusal)
    ? [...missing].map(
        ([name, reason]) => `; the throwaway PostgreSQL lacks extension ${JSON.stringify(name)}: ${reason}`,
      )
    : [];
  const message = `PostgreSQL says: ${refusal.message} (${refusal.sqlstate})${reasons.join("")}`;
  return { place: file.locate(path, part), message };
}

interface ReadBack {
  readonly schema: string;
  readonly model: SchemaModel;
  readonly known: KnownSchema;
  readonly functions: Application["functions"];
}

function readBack(file: CheckFile, { schema, model, known, functions }: ReadBack): Built {
  const { content, names } = file;
  const around = { names, schema, introductions: introductions(content, names) };
  const problems: PlacedProblem[] = [];
  const expected = new Map<string, ExpectedRelation>();
  for (const named of names.values()) {
    const built = model.relations.find((relation) => compareQualified(relation, qualify(named, schema)) === 0);
    const extra = built?.columns.find(({ name }) => !named.columns.has(name));
    if (built === undefined || extra !== undefined) {
      const message = `the definitions make something else of this relation (${extra?.name ?? "it is gone"})`;
      problems.push({ place: file.locate(named.path, "key"), message });
    } else expected.set(named.key, expectedRelation(named, built, around));
  }
  const usable = usableRelations(file, schema, expected, known);
  const find = (key: string) => usable.get(findRelation(file.known, key)?.key ?? key) ?? null;
  const domains = [...model.domains, ...known.domains];
  const features = [...(content.features ?? [])].map(([id, section]): Feature => {
    const path: Path = ["features", id];
    const { uses, problems: wrong } = readUses(section, { find, domains }, path);
    problems.push(...wrong.map((each) => ({ place: file.locate(each.path), message: each.message })));
    return {
      id,
      title: section.title ?? id,
      application: content.application,
      endpoints: section.endpoints ?? [],
      uses,
      rows: readRows(file, id, section, schema),
      migrations: section.migrations ?? [],
    };
  });
  if (problems.length > 0) return { application: null, problems };
  const relations = [...expected.values()].sort(compareQualified);
  return { application: { ...beside(file, schema, model), relations, functions, features }, problems };
}

/** What features may name, by key: the relations of the file, with the columns that the known schema adds, and its other ones. */
function usableRelations(
  file: CheckFile,
  schema: string,
  expected: ReadonlyMap<string, ExpectedRelation>,
  known: KnownSchema,
): Map<string, ExpectedRelation> {
  const usable = new Map(expected);
  for (const named of file.known.values()) {
    const other = known.relations.find((relation) => compareQualified(relation, qualify(named, schema)) === 0);
    if (other === undefined) continue;
    const own = expected.get(named.key) ?? other;
    usable.set(named.key, { ...own, columns: distinct([...other.columns, ...own.columns], ({ name }) => name) });
  }
  return usable;
}

/** What is not a relation, a function or a feature. */
function beside({ content }: CheckFile, schema: string, model: SchemaModel) {
  const named = (name: string) => ({ schema, name: truncateIdentifier(name) });
  const domains = [...(content.domains?.keys() ?? [])].map(named);
  const enums = [...(content.enums ?? [])].map(
    ([name, entry]): ExpectedEnum => ({ ...named(name), ...readEnum(entry) }),
  );
  const sequences = (content.sequences ?? []).map((entry) => {
    const { name, schema: own = schema } = typeof entry === "string" ? { name: entry } : entry;
    return { schema: truncateIdentifier(own), name: truncateIdentifier(name) };
  });
  const { migrations } = content;
  return {
    name: content.application,
    schema,
    role: content.role ?? null,
    enums: enums.sort(compareQualified),
    domains: model.domains.filter((each) => domains.some((domain) => compareQualified(domain, each) === 0)),
    sequences: sequences.sort(compareQualified),
    extensions: (content.extensions ?? [])
      .map((each) => (typeof each === "string" ? each : each.name))
      .sort(compareText),
    migrations:
      migrations === undefined
        ? null
        : {
            tool: migrations.tool,
            schema: migrations.schema ?? null,
            ...(migrations.table === undefined ? {} : { table: migrations.table }),
            required: requiredMigrations(content),
          },
  };
}
