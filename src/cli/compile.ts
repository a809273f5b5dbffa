/** `schemaready compile`: once, at build time, from what there is to the contract file that the others start from. */
import type { Command } from "commander";
import {
  type CompileSettings,
  compileSettings,
  displayConnection,
  type Flags,
  type SettingName,
} from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { contractFromModel, type ModelSource, printContract } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import { displaySafe } from "../report/index.js";
import { compileChecks, schemaOf } from "./contract.js";
import type { CliIo } from "./io.js";
import { limitsFor } from "./limits.js";
import { sourceFromMigrations } from "./migrations.js";
import { addSettings, helpTail } from "./options.js";
import { writeWhole } from "./outputs.js";
import { sourceFromPrisma } from "./prisma.js";
import { createProgress, type Progress } from "./progress.js";
import { readReferenceSchema } from "./reference.js";
import { abortable } from "./stop.js";

const SETTINGS: readonly SettingName[] = [
  "checks",
  "migrations",
  "prisma",
  "tool",
  "fromDatabase",
  "schema",
  "output",
  "timeout",
  "scratchUrl",
  "scratchVersion",
  "scratchBinaries",
];

export function addCompile(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("compile")
    .summary("write the contract file that verify, serve and smoke can start from")
    .description(
      "Compiles check files, or what migrations make, or a Prisma schema, or the schema of a reference database, each joined with check files if you name some, into one contract file: the same bytes for the same input on every machine. With it, verify and serve need no throwaway PostgreSQL.",
    );
  addSettings(command, SETTINGS)
    .option("--keep-going", "go on after a migration that fails, and list every one that does")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "the contract was written"],
          [EXIT.unverified, "the reference database could not be read, or the throwaway PostgreSQL not be started"],
        ],
        example: "schemaready compile --migrations prisma/migrations --checks checks/ -o contract.json",
      }),
    )
    .action((flags: Flags) => run(runCompile(flags, io)));
}

async function runCompile(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = compileSettings({ flags, environment: io.environment, directory: io.directory });
  const contract = await compile(settings, createProgress(io, settings.quiet), io);
  const text = printContract(contract);
  if (settings.output === null) io.stdout.write(text);
  else await writeWhole(settings.output, text, "contract");
  if (!settings.quiet && settings.output !== null) io.stderr.write(`${displaySafe(summary(contract))}\n`);
  return EXIT.ok;
}

async function compile(settings: CompileSettings, progress: Progress, io: CliIo): Promise<Contract> {
  const source = await sourceOf(settings, progress, io);
  if (source === null) return compileChecks(settings, settings.schema ?? "public", progress, io.signal);
  return joinChecks(source, settings, progress, io);
}

/** Null: the check files are the only source. */
async function sourceOf(settings: CompileSettings, progress: Progress, io: CliIo): Promise<ModelSource | null> {
  const { fromDatabase, migrations, prisma, timeoutMs } = settings;
  if (migrations !== null) return sourceFromMigrations({ ...settings, directory: migrations }, progress, io);
  if (prisma !== null) return sourceFromPrisma({ ...settings, path: prisma }, progress, io);
  if (fromDatabase === null) return null;
  const schema = settings.schema ?? "public";
  progress(`reading schema ${schema} of ${displayConnection(fromDatabase)}`);
  const model = await abortable(readReferenceSchema(fromDatabase, schema, limitsFor(timeoutMs)), io.signal);
  return { model, schema, name: fromDatabase.database, source: "database", migrations: null, provenance: [] };
}

/** Check files that were named say which features use the schema, and what they need besides. */
async function joinChecks(
  source: ModelSource,
  settings: CompileSettings,
  progress: Progress,
  io: CliIo,
): Promise<Contract> {
  const alone = contractFromModel(source);
  if (settings.checks.length === 0) return alone;
  const overlay = await compileChecks(settings, source.schema, progress, io.signal, schemaOf(alone));
  return contractFromModel({ ...source, overlay });
}

function summary({ id, source, applications }: Contract): string {
  const count = (what: string, of: (application: Contract["applications"][number]) => readonly unknown[]) => {
    const number = applications.reduce((sum, application) => sum + of(application).length, 0);
    return `${number} ${what}${number === 1 ? "" : "s"}`;
  };
  const parts = [count("relation", ({ relations }) => relations), count("feature", ({ features }) => features)];
  const names = applications.map(({ name }) => name).join(", ");
  return `contract of ${names} from ${source.replace("-", " ")}: ${parts.join(", ")}; ${id}`;
}
