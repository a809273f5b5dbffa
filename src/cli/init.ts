/** `schemaready init`: looks around and writes a first check file that compiles. */
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { type Flags, type InitSettings, initSettings, type SettingName } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { type InitPlan, initPage, planInit } from "../init/index.js";
import { displaySafe } from "../report/index.js";
import type { CliIo } from "./io.js";
import { addSettings, helpTail } from "./options.js";
import { writeWhole } from "./outputs.js";
import { createProgress } from "./progress.js";
import { inSources } from "./sources.js";

const SETTINGS: readonly SettingName[] = [
  "fromDatabase",
  "schema",
  "timeout",
  "scratchUrl",
  "scratchVersion",
  "scratchBinaries",
];

export function addInit(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("init")
    .summary("write a first check file, from what is in this directory or from a live database")
    .description(
      "Looks for migrations and dumps, tries them in a throwaway PostgreSQL, and writes a first check file, checks/NAME.yaml, that compiles. With --from-database the contract is inferred from that database. Replaces a file only with --force; of .env files only the names are read.",
    );
  addSettings(command, SETTINGS)
    .option("--dry-run", "show what would be written, and write nothing")
    .option("--force", "replace files that are there already")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "the files were written (or shown)"],
          [EXIT.unverified, "the reference database could not be read, or the throwaway PostgreSQL not be started"],
        ],
        example: 'schemaready init --from-database "$DATABASE_URL"',
      }),
    )
    .action((flags: Flags) => run(runInit(flags, io)));
}

async function runInit(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = initSettings({ flags, environment: io.environment, directory: io.directory });
  const { dryRun, quiet } = settings;
  const plan = await plans(settings, io);
  if (!dryRun) await writeFiles(plan, io.directory);
  const page = initPage(plan, !dryRun);
  if (!quiet || dryRun) io.stdout.write(`${page.split("\n").map(displaySafe).join("\n")}`);
  return EXIT.ok;
}

function plans(settings: InitSettings, io: CliIo): Promise<InitPlan> {
  const { fromDatabase: database, schema, force, dryRun } = settings;
  // What is only shown replaces nothing.
  const request = { directory: io.directory, database, schema, force: force || dryRun };
  return inSources(settings, createProgress(io, settings.quiet), io, (context) => planInit(request, context));
}

/** The check file comes last: it is nothing without the contract that it names. All of them, or none. */
async function writeFiles({ files }: InitPlan, directory: string): Promise<void> {
  const made: string[] = [];
  try {
    for (const { path, text } of files) {
      const target = join(directory, path);
      await mkdir(dirname(target), { recursive: true }).catch(() => {});
      if (!existsSync(target)) made.push(target);
      await writeWhole(target, text, path.endsWith(".json") ? "contract" : "check file");
    }
  } catch (error) {
    for (const target of made) await rm(target, { force: true });
    throw error;
  }
}
