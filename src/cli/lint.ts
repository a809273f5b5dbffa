/** `schemaready lint`: what does not work in a directory of migrations, what can hurt, and what is odd. */
import type { Command } from "commander";
import {
  colourMode,
  type Flags,
  type LintSettings,
  lintSettings,
  type SettingName,
  TOOL_VERSION,
} from "../config/index.js";
import { EXIT, type ExitCode, SchemareadyError } from "../errors/index.js";
import { migrationFailures } from "../expect/index.js";
import { expectedMigrations } from "../history/index.js";
import { type KnownMigration, lintMigrations } from "../lint/index.js";
import { type FindingSeverity, LINT_FORMAT_VERSION, type LintResult } from "../model/lint.js";
import type { MigrationDirectory } from "../model/migrations.js";
import { lintHeadline, lintReporters } from "../report/index.js";
import { type ScratchServer, startScratch } from "../scratch/index.js";
import { readMigrations, sourcePath } from "../sources/index.js";
import { loadGrammar } from "../sql/index.js";
import { readContract } from "./contract.js";
import type { CliIo } from "./io.js";
import { addSettings, helpTail } from "./options.js";
import { coloured, FILE_WIDTH, widthOf, writeWhole } from "./outputs.js";
import { createProgress, type Progress } from "./progress.js";
import { scratchOptions } from "./scratch.js";
import { shownPath } from "./shown-path.js";
import { abortable, startingUp } from "./stop.js";

const SETTINGS: readonly SettingName[] = [
  "migrations",
  "tool",
  "schema",
  "earlierContract",
  "lintFormat",
  "scratchUrl",
  "scratchVersion",
  "scratchBinaries",
];

export function addLint(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("lint")
    .summary("find what is wrong or dangerous in a directory of migrations")
    .description(
      "Reads a directory of migrations with PostgreSQL's own grammar, runs it in a throwaway PostgreSQL, and says what does not work and why, and which statements lock, rewrite, lose data or break running code.",
    );
  addSettings(command, SETTINGS)
    .option("--strict", "a warning counts as a failure (exit 1)")
    .option("--notes", "print notes too")
    .option("--all", "with --contract: look at the statements of known migrations too")
    .option("--no-replay", "only read the migrations, without a throwaway PostgreSQL")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "nothing wrong, or warnings without --strict"],
          [EXIT.gaps, "errors were found"],
          [EXIT.unverified, "the throwaway PostgreSQL could not be started"],
        ],
        example: "schemaready lint --migrations prisma/migrations --format text --format github=annotations.txt",
      }),
    )
    .action((flags: Flags) => run(runLint(flags, io)));
}

async function runLint(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = lintSettings({ flags, environment: io.environment, directory: io.directory });
  const result = await lint(settings, createProgress(io, settings.quiet), io);
  await writeLint(result, settings, flags, io);
  const { errors, warnings } = result.summary;
  return errors > 0 || (settings.strict && warnings > 0) ? EXIT.gaps : EXIT.ok;
}

async function lint(settings: LintSettings, progress: Progress, io: CliIo): Promise<LintResult> {
  const known = settings.contract === null ? null : await knownMigrations(settings.contract, io);
  const directory = await readMigrations({
    directory: sourcePath(settings.migrations, io.directory),
    tool: settings.tool,
  });
  const grammar = await loadGrammar();
  const replayed = settings.replay ? await startingUp(replay(directory, settings, progress, io), io.signal) : null;
  const files = expectedMigrations(directory).scripts ?? [];
  const { findings, newMigrations } = lintMigrations({
    ...{ directory, grammar, files, known, everything: settings.everything },
    schema: settings.schema ?? "public",
    refused: replayed?.failures ?? null,
  });
  const count = (severity: FindingSeverity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    formatVersion: LINT_FORMAT_VERSION,
    tool: { name: "schemaready", version: TOOL_VERSION },
    directory: shownPath(settings.migrations, io.directory),
    migrationTool: directory.tool,
    migrations: new Set(directory.scripts.map(({ name }) => name)).size,
    newMigrations,
    replayed: replayed !== null,
    summary: { errors: count("error"), warnings: count("warning"), notes: count("note") },
    findings,
    arrangements: replayed?.notes ?? [],
  };
}

/** @throws SchemareadyError CONTRACT_FILE, also for a contract that was not compiled from migrations */
async function knownMigrations(path: string, io: CliIo): Promise<readonly KnownMigration[]> {
  const { applications } = await readContract(path, io);
  const lists = applications.flatMap(({ migrations }) =>
    migrations?.scripts === undefined ? [] : [migrations.scripts],
  );
  if (lists.length > 0) return lists.flat();
  throw new SchemareadyError("CONTRACT_FILE", `${path} does not know any directory of migrations.`, {
    fix: "Give a contract that was compiled from them: `schemaready compile --migrations DIRECTORY -o contract.json`.",
  });
}

async function replay(directory: MigrationDirectory, settings: LintSettings, progress: Progress, io: CliIo) {
  const scratch = await scratchServer(settings, progress);
  try {
    io.signal.throwIfAborted();
    const failures = migrationFailures({
      directory,
      scratch,
      schemas: settings.schema === null ? "all" : [settings.schema],
      onProgress: (done, total, name) => progress(`replayed ${done} of ${total}: ${name}`),
    });
    return await abortable(failures, io.signal);
  } finally {
    await scratch.close();
  }
}

async function scratchServer(settings: LintSettings, progress: Progress): Promise<ScratchServer> {
  try {
    return await startScratch(scratchOptions(settings, progress));
  } catch (error) {
    if (!(error instanceof SchemareadyError) || error.code !== "SCRATCH_UNAVAILABLE") throw error;
    const fix = `${error.fix} Or only read the migrations: --no-replay.`;
    throw new SchemareadyError(error.code, error.message, { problems: error.problems, fix, cause: error });
  }
}

async function writeLint(result: LintResult, settings: LintSettings, flags: Flags, io: CliIo): Promise<void> {
  const { outputs, notes, quiet } = settings;
  const mode = colourMode(flags["color"], io.environment);
  for (const { format, path } of outputs) {
    const reporter = lintReporters[format];
    if (path !== null) {
      await writeWhole(path, reporter(result, { colour: false, width: FILE_WIDTH, notes }), "report");
    } else {
      io.stdout.write(reporter(result, { colour: coloured(io.stdout, mode), width: widthOf(io.stdout), notes }));
    }
  }
  if (!quiet && outputs.every(({ path }) => path !== null)) io.stderr.write(`${lintHeadline(result)}\n`);
}
