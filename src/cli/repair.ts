/** `schemaready repair`: an ordered plan that is tried on a copy; nothing of it is run on the database. */
import type { Command } from "commander";
import { type Flags, type RepairSettings, repairSettings, type SettingName } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import type { Contract } from "../model/contract.js";
import type { Report } from "../model/report.js";
import { planRepair } from "../plan.js";
import { type Bench, createBench, withoutBench } from "../prove/index.js";
import { displaySafe } from "../report/index.js";
import { readBackfill } from "./backfill.js";
import { repairExitCode } from "./exit-code.js";
import type { CliIo } from "./io.js";
import { limitsFor } from "./limits.js";
import { chosenContract } from "./look.js";
import { addSettings, helpTail } from "./options.js";
import { createProgress, type Progress } from "./progress.js";
import { writeRepair } from "./repair-outputs.js";
import { readReport } from "./saved-report.js";
import { reportOnFeatures } from "./select-features.js";
import { abortable } from "./stop.js";
import { scriptsAtHand, withScratch } from "./try-out.js";

const SETTINGS: readonly SettingName[] = [
  "databaseUrl",
  "schema",
  "contract",
  "checks",
  "feature",
  "savedReport",
  "backfill",
  "repairFormat",
  "timeout",
  "scratchUrl",
  "waitingMigrations",
  "tool",
  "scratchVersion",
  "scratchBinaries",
];

export function addRepair(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("repair")
    .summary("print a plan that closes the gaps, tried on a copy of the schema")
    .description(
      "Verifies, and plans what closes the gaps: commands of the migration tool, then SQL with its dangers, in order. The rows are asked what they would refuse, read only; then the plan runs on a copy of the schema in a throwaway PostgreSQL. The database itself is never changed.",
    );
  addSettings(command, SETTINGS)
    .option("--no-proof", "do not try anything on a copy")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [
            EXIT.ok,
            "nothing to repair, or the plan closes every error and was proved on the copy (or not to be tried)",
          ],
          [EXIT.gaps, "the plan failed on the copy, or it leaves an error to you"],
          [EXIT.unverified, "could not look at the database, or could not try the plan"],
        ],
        example: "schemaready repair --checks checks/ --format text --format sql=plan.sql",
      }),
    )
    .action((flags: Flags) => run(runRepair(flags, io)));
}

async function runRepair(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = repairSettings({ flags, environment: io.environment, directory: io.directory });
  const { outputs, quiet, proof, connection } = settings;
  const progress = createProgress(io, quiet);
  const start = connection ?? { schema: null };
  const contract = await chosenContract(settings, start, progress, io);
  const report = await withBench(settings, contract, progress, io, (bench) => plan(settings, contract, bench, io));
  await writeRepair(report, { outputs, quiet, flags }, io);
  return repairExitCode(report, proof && connection !== null);
}

async function plan(settings: RepairSettings, contract: Contract, bench: Bench, io: CliIo): Promise<Report> {
  const { connection, timeoutMs, features, report } = settings;
  const saved = report === null ? {} : { report: await readReport(report, contract, io) };
  const backfill = await readBackfill(settings.backfill, contract);
  const scope = (whole: Report) => reportOnFeatures(whole, features);
  const limits = limitsFor(timeoutMs);
  return abortable(planRepair({ contract, connection, limits, backfill, bench, scope, ...saved }), io.signal);
}

async function withBench(
  settings: RepairSettings,
  contract: Contract,
  progress: Progress,
  io: CliIo,
  work: (bench: Bench) => Promise<Report>,
): Promise<Report> {
  const { connection, proof, quiet, timeoutMs } = settings;
  if (connection === null) return work(withoutBench("no database was given, so there is no copy to try it on"));
  if (!proof) return work(withoutBench("--no-proof was given"));
  const directories = await scriptsAtHand(settings, connection, io);
  return withScratch(settings, progress, (scratch) =>
    work(
      createBench({
        ...{ contract, connection, scratch, signal: io.signal, onProgress: progress },
        limits: limitsFor(timeoutMs),
        directories: directories ?? (async () => () => null),
        onProblem: (message) => {
          if (!quiet) io.stderr.write(`${displaySafe(message)}\n`);
        },
      }),
    ),
  );
}
