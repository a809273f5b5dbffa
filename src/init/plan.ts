/** Looks at a project, tries its sources in the throwaway server, and says which files would make a beginning. */
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import type { ConnectionSettings } from "../config/index.js";
import { type Problem, SchemareadyError } from "../errors/index.js";
import { printContract } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import { loadSource, type Source, type SourceContext, sourcePath } from "../sources/index.js";
import { type Candidate, type Candidates, findCandidates } from "./candidates.js";
import { draftCheckFile } from "./draft.js";
import { applicationName, lookAround, type Surroundings } from "./surroundings.js";
import { walkProject } from "./walk.js";
import { yamlText } from "./yaml-text.js";

export interface InitRequest {
  /** The project; absolute. */
  readonly directory: string;
  /** A reference database that the contract is inferred from; null: the project says what is expected. */
  readonly database: ConnectionSettings | null;
  /** Schema of what is written without one; null: nobody named it. */
  readonly schema: string | null;
  /** Files may be replaced. */
  readonly force: boolean;
}

export interface PlannedFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A source that could not be taken, and why. */
export interface Failure {
  readonly candidate: Candidate;
  readonly error: SchemareadyError;
}

export interface InitPlan {
  readonly found: Candidates;
  /** Check files that are there already. */
  readonly checkFiles: readonly string[];
  readonly surroundings: Surroundings;
  /** Tried before the one that was taken. */
  readonly failures: readonly Failure[];
  /** Null: the reference database was taken. */
  readonly chosen: Candidate | null;
  readonly contract: Contract;
  readonly application: string;
  /** In the order in which they are written. */
  readonly files: readonly PlannedFile[];
}

/**
 * Makes the plan; nothing is written.
 * @throws SchemareadyError OUTPUT_FILE when a file is there already, INIT_NOTHING_FOUND when the project does not say
 *   what its schema should be; what a reference database throws; SCRATCH_UNAVAILABLE
 */
export async function planInit(request: InitRequest, context: SourceContext): Promise<InitPlan> {
  const { directory, database } = request;
  context.progress("looking around");
  const folders = await walkProject(directory);
  const surroundings = await lookAround(directory, folders);
  const found = await findCandidates(directory, folders);
  const ofDatabase = database === null ? null : applicationName(database.database);
  const application = surroundings.packageName ?? ofDatabase ?? surroundings.directoryName;
  const paths = pathsFor(application);
  refuseExisting(directory, database === null ? [paths.checks] : [paths.contract, paths.checks], request.force);
  const tried =
    database === null ? await firstThatWorks(request, found, context) : await fromDatabase(database, request, context);
  const files = filesFor({ ...tried, application, found, surroundings, schema: request.schema, database });
  const beside = folders.find(({ path }) => path === "checks")?.files ?? [];
  const checkFiles = beside.filter((name) => /\.ya?ml$/i.test(name)).map((name) => `checks/${name}`);
  return { found, checkFiles, surroundings, ...tried, application, files };
}

/** `checks/shop.yaml`, whatever the application is called. */
function pathsFor(application: string) {
  const slug = application
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/^[.-]+|[.-]+$/g, "");
  const name = slug === "" ? "application" : slug;
  return { checks: `checks/${name}.yaml`, contract: `checks/${name}.contract.json` };
}

function refuseExisting(directory: string, paths: readonly string[], force: boolean): void {
  const existing = force ? [] : paths.filter((path) => existsSync(join(directory, path)));
  if (existing.length === 0) return;
  throw new SchemareadyError("OUTPUT_FILE", "init never replaces a file, so nothing was written.", {
    problems: existing.map((path) => ({ place: path, message: "is there already" })),
    fix: "Keep it and edit it; or see what init would write with --dry-run, and replace the file with --force.",
  });
}

interface Tried {
  readonly failures: readonly Failure[];
  readonly chosen: Candidate | null;
  readonly contract: Contract;
}

async function fromDatabase(
  connection: ConnectionSettings,
  request: InitRequest,
  context: SourceContext,
): Promise<Tried> {
  const source = { kind: "database", connection } as const;
  const { schema } = request;
  return { failures: [], chosen: null, contract: await loadSource({ source, schema, schemas: null }, context) };
}

async function firstThatWorks(request: InitRequest, found: Candidates, context: SourceContext): Promise<Tried> {
  const failures: Failure[] = [];
  for (const candidate of found.usable) {
    context.progress(`trying ${candidate.path}`);
    const result = await tryCandidate(candidate, request, context);
    if (!(result instanceof SchemareadyError)) return { failures, chosen: candidate, contract: result };
    failures.push({ candidate, error: result });
  }
  throw nothingFound(found, failures);
}

/** What is wrong with a source, not with the throwaway server. */
const OF_THE_SOURCE = [
  "SETTINGS",
  "MIGRATIONS",
  "MIGRATION_REPLAY",
  "SQL_FILE",
  "PRISMA_SCHEMA",
  "PRISMA_ENGINE_UNAVAILABLE",
];

async function tryCandidate(
  candidate: Candidate,
  { directory, schema }: InitRequest,
  context: SourceContext,
): Promise<Contract | SchemareadyError> {
  const source = sourceOf(candidate, directory);
  try {
    const contract = await loadSource({ source, schema, schemas: null }, { ...context, warn: () => {} });
    if (contract.applications.some(({ relations }) => relations.length > 0)) return contract;
    const problems = [{ place: candidate.path, message: "makes no relation, so nothing would be expected" }];
    return new SchemareadyError("SETTINGS", "There is nothing to expect.", { problems });
  } catch (error) {
    if (error instanceof SchemareadyError && OF_THE_SOURCE.includes(error.code)) return error;
    throw error;
  }
}

function sourceOf(candidate: Candidate, directory: string): Source {
  const at = sourcePath(candidate.path, directory);
  if (candidate.kind === "prisma") return { kind: "prisma", schema: at };
  if (candidate.kind === "sql") return { kind: "sql", file: at };
  return { kind: "migrations", directory: at, tool: candidate.tool };
}

function nothingFound({ programs }: Candidates, failures: readonly Failure[]): SchemareadyError {
  const tried = failures.flatMap(({ candidate, error }): Problem[] =>
    error.problems.map((problem) => ({ ...problem, message: `${problem.message} (tried ${candidate.path})` })),
  );
  const inPrograms = programs.map((path) => ({
    place: path,
    message: "the migrations in it are programs, which are not run here",
  }));
  const what =
    failures.length === 0
      ? "Nothing here says what the schema should be: no SQL migrations, no Prisma schema, no structure.sql, no dump."
      : "Of what was found here, nothing can be run on an empty database.";
  throw new SchemareadyError("INIT_NOTHING_FOUND", what, { problems: [...tried, ...inPrograms] });
}

interface FilesInput extends Tried {
  readonly application: string;
  readonly found: Candidates;
  readonly surroundings: Surroundings;
  readonly schema: string | null;
  readonly database: ConnectionSettings | null;
}

function filesFor(input: FilesInput): PlannedFile[] {
  const { application, chosen, contract, found, surroundings, failures } = input;
  const paths = pathsFor(application);
  const [known] = contract.applications;
  if (known === undefined) throw new Error("a source without an application");
  const failed = failures.map(({ candidate }) => candidate);
  const others = found.usable.filter((each) => each !== chosen && !failed.includes(each));
  const text = draftCheckFile({
    application,
    // That of a contract stands in it.
    schema: chosen === null ? null : input.schema,
    expect: chosen === null ? `contract: ${yamlText(posix.basename(paths.contract))}` : expectLine(chosen),
    others: others.map(expectLine),
    jsonSchema: surroundings.installed ? "../node_modules/schemaready/openapi/check-file.schema.json" : null,
    known,
  });
  const check = { path: paths.checks, text };
  return chosen === null ? [{ path: paths.contract, text: printContract(contract) }, check] : [check];
}

/** As it stands in a file of checks/. */
function expectLine(candidate: Candidate): string {
  const path = yamlText(posix.join("..", candidate.path));
  if (candidate.kind !== "migrations") return `${candidate.kind}: ${path}`;
  return `migrations: { directory: ${path}, tool: ${candidate.tool} }`;
}
