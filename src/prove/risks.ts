/** What the migrations that wait do to a database that is in use, as `lint` says of their scripts. */
import { SchemareadyError } from "../errors/index.js";
import { lintMigrations } from "../lint/index.js";
import type { Application, Contract } from "../model/contract.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { MigrationSafety } from "../model/waiting-migration.js";
import { type Grammar, loadGrammar } from "../sql/index.js";

/** Of each migration, by its name. */
export type SafetyOf = (migration: string) => MigrationSafety;

export interface RisksInput {
  readonly contract: Contract;
  readonly directoryOf: (application: Application) => MigrationDirectory | null;
  /** Names of the migrations that the database does not have; the others are taken for granted. */
  readonly waiting: ReadonlySet<string>;
}

/** A script that cannot be read is no reason to stop: nobody knows what it does, and that is what is said. */
export async function readSafety(input: RisksInput): Promise<SafetyOf> {
  const { contract, directoryOf, waiting } = input;
  if (waiting.size === 0) return unknownSafety("nothing waits");
  const grammar = await grammarOrReason();
  if (typeof grammar === "string") return unknownSafety(grammar);
  const safety = new Map<string, MigrationSafety>();
  for (const application of contract.applications) {
    const directory = directoryOf(application);
    if (directory === null) continue;
    for (const [name, read] of safetyIn(directory, application.schema, waiting, grammar)) safety.set(name, read);
  }
  const otherwise = unknownSafety("its script is not at hand (--migrations)");
  return (name) => safety.get(name) ?? otherwise(name);
}

/** Of no migration anything is known. @param reason for people */
export function unknownSafety(reason: string): SafetyOf {
  return () => ({ kind: "unknown", reason });
}

function safetyIn(directory: MigrationDirectory, schema: string, waiting: ReadonlySet<string>, grammar: Grammar) {
  const files = directory.scripts.map(({ name, file }) => ({ name, file, checksum: "" }));
  const known = files.filter(({ name }) => !waiting.has(name));
  const { findings } = lintMigrations({
    ...{ directory, grammar, schema, files, known, everything: false, refused: null },
  });
  const names = files.map(({ name }) => name).filter((name) => waiting.has(name));
  return names.map((name): [string, MigrationSafety] => {
    const own = findings.filter(({ migration, severity }) => migration === name && severity !== "note");
    const risks = own.map(({ code, severity, file, line, message, hazards }) => {
      return { code, severity, file, line, message, hazards };
    });
    return [name, { kind: "read", risks }];
  });
}

async function grammarOrReason(): Promise<Grammar | string> {
  try {
    return await loadGrammar();
  } catch (error) {
    if (error instanceof SchemareadyError && error.code === "PARSER_UNAVAILABLE") return error.message;
    throw error;
  }
}
