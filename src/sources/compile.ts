/** Sources and check files -> one contract: the only way from what a user names to what is compared. */
import type { Environment } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import {
  applicationFor,
  compileContract,
  joinContract,
  type KnownSchema,
  type LoadedChecks,
  type LoadOptions,
  loadCheckFiles,
  type Surroundings,
} from "../expect/index.js";
import type { Application, Contract } from "../model/contract.js";
import { databaseProblems, expectingFiles, requestOf } from "./expected.js";
import { loadSource } from "./load.js";
import type { SourceContext, SourceRequest } from "./source.js";

export interface CompileRequest {
  /** The source that was named by an option, and that option; null: none was. */
  readonly named: { readonly request: SourceRequest; readonly place: string } | null;
  /** Check files and directories of them; none only beside a source. */
  readonly checks: readonly string[];
  /** Schema of a check file that names none; null: that of its source, or public. */
  readonly defaultSchema: string | null;
  readonly environment: Environment;
}

/**
 * The contract of everything that was named. Without a source and without an `expect` in the check files, they say all
 * of it. The throwaway server is started only where something has to be built.
 * @throws SchemareadyError CHECK_FILE, CHECK_FILE_SQL, SCRATCH_UNAVAILABLE; SETTINGS when an option and a check file
 *   name a source; what the sources throw
 */
export async function compileSources(request: CompileRequest, context: SourceContext): Promise<Contract> {
  const { named, checks: paths, environment } = request;
  const defaultSchema = request.defaultSchema ?? "public";
  if (named !== null && paths.length === 0) return loadSource(named.request, context);
  context.progress("reading the check files");
  const first = await loadCheckFiles(paths, {
    defaultSchema,
    namesFromOutside: named !== null,
    databaseProblems: (url) => databaseProblems(url, environment),
  });
  if (named !== null) refuseSecondSource(first, named.place);
  const sources = named === null ? await expectedSources(first, request, context) : await namedSource(named, context);
  if (sources === null) return build(first, { defaultSchema }, context);
  const around = { defaultSchema, of: (application: string) => surroundings(sources.of(application), application) };
  const checks = await loadCheckFiles(paths, around);
  return joinContract({ checks: await build(checks, around, context), sourceOf: sources.of, keep: sources.keep });
}

interface Sources {
  readonly of: (application: string) => Contract | null;
  readonly keep: readonly Contract[];
}

/** An application that a contract of several does not know has its check files alone. */
async function namedSource({ request }: { readonly request: SourceRequest }, context: SourceContext): Promise<Sources> {
  const contract = await loadSource(request, context);
  const { applications } = contract;
  const isKnown = (name: string) => applications.length === 1 || applications.some((each) => each.name === name);
  return { of: (name) => (isKnown(name) ? contract : null), keep: [contract] };
}

/** Null: no check file names a source. Applications that name the same one share it. */
async function expectedSources(
  { files }: LoadedChecks,
  { defaultSchema, environment }: CompileRequest,
  context: SourceContext,
): Promise<Sources | null> {
  const contracts = new Map<string, Contract>();
  const loaded = new Map<string, Contract>();
  for (const { application, file } of expectingFiles(files)) {
    const request = requestOf(file, defaultSchema, environment);
    const key = JSON.stringify(request);
    const contract = loaded.get(key) ?? (await loadSource(request, context));
    loaded.set(key, contract);
    contracts.set(application, contract);
  }
  return contracts.size === 0 ? null : { of: (name) => contracts.get(name) ?? null, keep: [] };
}

function refuseSecondSource({ files }: LoadedChecks, place: string): void {
  const problems = expectingFiles(files).map(({ file }) => {
    const { file: path, line } = file.locate(["expect"], "key");
    return { place, message: `another source beside the \`expect\` of ${path}:${line}: leave out one of them` };
  });
  if (problems.length === 0) return;
  throw new SchemareadyError("SETTINGS", "The schema of an application has one source.", { problems });
}

function surroundings(contract: Contract | null, application: string): Surroundings | undefined {
  if (contract === null) return undefined;
  const own = applicationFor(contract, application);
  return { defaultSchema: own.schema, known: knownOf([own]) };
}

async function build(checks: LoadedChecks, around: LoadOptions, context: SourceContext): Promise<Contract> {
  const { defaultSchema = "public", of } = around;
  await context.untilStopped(Promise.resolve());
  const scratch = await context.scratch();
  for (const note of scratch.notes) context.progress(note);
  context.progress(`building what the check files expect in ${scratch.description}`);
  return context.untilStopped(compileContract({ checks, scratch, defaultSchema, of }));
}

/** All that applications have: what check files that are joined with them may name. */
export function knownOf(applications: readonly Application[]): KnownSchema {
  return {
    relations: applications.flatMap(({ relations }) => relations),
    domains: applications.flatMap(({ domains }) => domains),
    migrations: applications.flatMap(({ migrations }) => migrations?.required ?? []),
  };
}
