/**
 * Settings of each command: flags before environment before defaults. Everything that is wrong is listed at once.
 * `.env` files are not read: what holds is what the process was given.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { SchemareadyError } from "../errors/index.js";
import type { MigrationTool } from "../model/migrations.js";
import { type BaselineSettings, readBaselineSettings } from "./baseline.js";
import type { ConnectionSettings } from "./connection-string.js";
import { checkUrl, databaseGiven, readConnection, readReference } from "./database.js";
import type { Environment } from "./environment.js";
import { targetProblem } from "./output-target.js";
import { readOutputs } from "./outputs.js";
import { createReader, type Flags, type SettingReader } from "./reader.js";
import type { Output } from "./values.js";

/** Where settings come from. */
export interface Sources {
  readonly flags: Flags;
  readonly environment: Environment;
  /** The directory that relative paths start from. */
  readonly directory: string;
}

/** The throwaway PostgreSQL: a server to build in, or which one to start. */
export interface ScratchSettings {
  readonly scratchUrl: string | null;
  readonly scratchVersion: number | null;
  /** Absolute path. */
  readonly scratchBinaries: string | null;
}

/** A schema that an option or a variable names. */
export interface NamedSchema {
  readonly text: string;
  /** `--schema` or `SCHEMAREADY_SCHEMA`. */
  readonly place: string;
}

export interface ContractSettings extends ScratchSettings {
  /** A compiled contract, as it was given; null: the check files are compiled. */
  readonly contract: string | null;
  /** Check files and directories of them, as they were given: problems name them in the same way. */
  readonly checks: readonly string[];
  /** Null: nobody named one; that of the URL does not count. */
  readonly namedSchema: NamedSchema | null;
  readonly quiet: boolean;
}

export interface CompileSettings extends Omit<ContractSettings, "contract"> {
  /** Null: the check files are the only source. */
  readonly fromDatabase: ConnectionSettings | null;
  /** A directory of migrations, as it was given; null: not from migrations. */
  readonly migrations: string | null;
  /** A Prisma schema, as it was given; null: not from one. */
  readonly prisma: string | null;
  /** Null: found out from the directory. */
  readonly tool: MigrationTool | null;
  /** A file of SQL, as it was given; null: not from one. */
  readonly sql: string | null;
  /** Another contract, as it was given; null: not from one. */
  readonly fromContract: string | null;
  /** The option or variable that names the source; null: none does. */
  readonly sourcePlace: string | null;
  /** Schema of what is written without one; null: nobody named it. */
  readonly schema: string | null;
  readonly timeoutMs: number;
  /** Go on after a migration that fails, and list every one that does. */
  readonly keepGoing: boolean;
  /** Absolute path; null is stdout. */
  readonly output: string | null;
}

/** Whose waiting migrations are tried on a copy of the target's schema. */
export interface TrialSettings {
  /** A directory of migrations, as it was given; null: nothing is tried. */
  readonly migrations: string | null;
  /** Null: found out from the directory. */
  readonly tool: MigrationTool | null;
}

export interface InitSettings extends ScratchSettings {
  /** Null: the project says what is expected. */
  readonly fromDatabase: ConnectionSettings | null;
  /** Schema of what is written without one; null: nobody named it. */
  readonly schema: string | null;
  readonly timeoutMs: number;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
}

export interface VerifySettings extends ContractSettings, TrialSettings, BaselineSettings {
  readonly connection: ConnectionSettings;
  readonly timeoutMs: number;
  /** Ids; empty: every feature. */
  readonly features: readonly string[];
  readonly outputs: readonly Output[];
  /** A warning counts as a failure. */
  readonly strict: boolean;
}

const DEFAULT_CHECKS = "checks";
const DEFAULT_OUTPUT = "contract.json";
export const DEFAULT_TIMEOUT_MS = 15_000;

/** Each names a source of its own. */
const SOURCES = ["migrations", "prisma", "sql", "fromContract", "fromDatabase"] as const;

/** @throws as verifySettings; CONNECTION_STRING does not occur */
export function compileSettings(sources: Sources): CompileSettings {
  return collect(sources, (reader) => {
    const fromDatabase = readReference(reader, sources.environment);
    const places = SOURCES.flatMap((name) => reader.given(name).slice(0, 1)).map(({ place }) => place);
    const [first = null, ...others] = places;
    for (const place of others) {
      reader.problems.push({ place, message: `another source beside ${first}: a contract has one` });
    }
    return {
      // Joined with another source, check files count only when somebody named them.
      checks: first !== null ? reader.many("checks") : readChecks(reader, sources),
      namedSchema: reader.given("schema")[0] ?? null,
      ...readScratch(reader, sources.directory),
      quiet: sources.flags["quiet"] === true,
      fromDatabase,
      migrations: reader.one("migrations"),
      prisma: reader.one("prisma"),
      tool: reader.one("tool"),
      sql: reader.one("sql"),
      fromContract: reader.one("fromContract"),
      sourcePlace: first,
      schema: reader.one("schema") ?? fromDatabase?.schema ?? null,
      timeoutMs: reader.one("timeout") ?? DEFAULT_TIMEOUT_MS,
      keepGoing: sources.flags["keepGoing"] === true,
      output: readOutput(reader, sources.directory),
    };
  });
}

/** @throws as compileSettings */
export function initSettings(sources: Sources): InitSettings {
  const { flags, environment } = sources;
  return collect(sources, (reader) => ({
    fromDatabase: readReference(reader, environment),
    schema: reader.one("schema"),
    ...readScratch(reader, sources.directory),
    timeoutMs: reader.one("timeout") ?? DEFAULT_TIMEOUT_MS,
    dryRun: flags["dryRun"] === true,
    force: flags["force"] === true,
    quiet: flags["quiet"] === true,
  }));
}

function readOutput(reader: SettingReader, directory: string): string | null {
  const path = reader.one("output") ?? DEFAULT_OUTPUT;
  if (path === "-") return null;
  const file = resolve(directory, path);
  const problem = targetProblem(file);
  if (problem !== null) reader.problems.push({ place: "--output", message: problem });
  return file;
}

/**
 * @throws SchemareadyError SETTINGS with every problem; CONNECTION_STRING when only the database URL is wrong,
 *   OUTPUT_FILE when only files that a report or a contract goes to are
 */
export function verifySettings(sources: Sources): VerifySettings {
  return collect(withTrialFlags(sources), (reader) => {
    const connection = requireConnection(reader, sources.environment);
    const settings = {
      ...contractSettings(reader, sources),
      ...trialSettings(reader),
      timeoutMs: reader.one("timeout") ?? DEFAULT_TIMEOUT_MS,
      features: reader.many("feature"),
      ...readBaselineSettings(reader, sources.directory),
      outputs: readOutputs(reader, sources.directory, reader.many("format")),
      strict: sources.flags["strict"] === true,
    };
    return connection === null ? null : { ...settings, connection };
  });
}

/** Reads everything, then throws if anything was wrong: a person corrects all of it in one go. */
export function collect<Settings>(sources: Sources, read: (reader: SettingReader) => Settings | null): Settings {
  const reader = createReader(sources.flags, sources.environment);
  const settings = read(reader);
  const { problems } = reader;
  if (problems.length === 0 && settings !== null) return settings;
  if (problems.length > 0 && problems.every((problem) => reader.fileProblems.has(problem))) {
    throw new SchemareadyError("OUTPUT_FILE", "The report could not be written there, so nothing was looked at.", {
      problems,
    });
  }
  const urls = ["--database-url", "DATABASE_URL"];
  const onlyUrl = reader.given("databaseUrl").length > 0 && problems.every(({ place }) => urls.includes(place ?? ""));
  throw new SchemareadyError(
    onlyUrl ? "CONNECTION_STRING" : "SETTINGS",
    onlyUrl ? "The database URL cannot be used." : "The settings cannot be used.",
    { problems },
  );
}

/** @param flows check files are read even with a contract, for their flows */
export function contractSettings(reader: SettingReader, sources: Sources, flows = false): ContractSettings {
  const contract = chooseContract(reader, flows);
  return {
    contract,
    checks: contract === null || flows ? readChecks(reader, sources) : [],
    namedSchema: reader.given("schema")[0] ?? null,
    ...readScratch(reader, sources.directory),
    quiet: sources.flags["quiet"] === true,
  };
}

/** `--migrations` means something else here than to compile, so it has a definition of its own. */
export function withTrialFlags({ flags, ...rest }: Sources): Sources {
  return { ...rest, flags: { ...flags, waitingMigrations: flags["migrations"] } };
}

export function trialSettings(reader: SettingReader): TrialSettings {
  return { migrations: reader.one("waitingMigrations"), tool: reader.one("tool") };
}

/** What is said about the throwaway PostgreSQL. */
export function readScratch(reader: SettingReader, directory: string): ScratchSettings {
  const [url] = reader.given("scratchUrl");
  const binaries = reader.one("scratchBinaries");
  for (const name of ["scratchVersion", "scratchBinaries"] as const) {
    const [given] = reader.given(name);
    if (url === undefined || given === undefined) continue;
    const message = `a server to build in is given (${url.place}), so none is started: leave one of them out`;
    reader.problems.push({ place: given.place, message });
  }
  return {
    scratchUrl: checkUrl("scratchUrl", reader),
    scratchVersion: reader.one("scratchVersion"),
    scratchBinaries: binaries === null ? null : resolve(directory, binaries),
  };
}

/** A contract holds what its check files said: giving both leaves open which of them counts. A flag wins over a variable. */
function chooseContract(reader: SettingReader, flows: boolean): string | null {
  const contract = reader.one("contract");
  const [given] = reader.given("contract");
  const [checks] = reader.given("checks");
  if (contract === null || given === undefined || checks === undefined || flows) return contract;
  const isFlag = ({ place }: { readonly place: string }) => place.startsWith("--");
  if (isFlag(given) === isFlag(checks)) {
    const message = `a contract and check files (${checks.place}): give one of them, or compile both into a contract`;
    reader.problems.push({ place: given.place, message });
  }
  return isFlag(given) ? contract : null;
}

function readChecks(reader: SettingReader, { flags, directory }: Sources): string[] {
  const checks = reader.many("checks");
  if (checks.length === 0 && !existsSync(resolve(directory, DEFAULT_CHECKS))) {
    reader.problems.push({
      place: "--checks",
      message: "no check files: there is no directory ./checks here, and none was given (or SCHEMAREADY_CHECKS)",
    });
  }
  for (const path of flags["checks"] === undefined ? [] : checks) {
    if (!path.includes(",") || existsSync(resolve(directory, path))) continue;
    const message = `is ${JSON.stringify(path)}: several paths are given by repeating the option (--checks A --checks B)`;
    reader.problems.push({ place: "--checks", message });
  }
  return checks.length === 0 ? [DEFAULT_CHECKS] : checks;
}

export function requireConnection(reader: SettingReader, environment: Environment): ConnectionSettings | null {
  const connection = readConnection(reader, environment);
  if (connection === null && !databaseGiven(reader, environment)) {
    const message = "no database: give a URL, or set DATABASE_URL (or PGHOST and PGDATABASE)";
    reader.problems.push({ place: "--database-url", message });
  }
  return connection;
}
