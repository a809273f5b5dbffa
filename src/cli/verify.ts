/** `schemaready verify`: one verification, one report, one exit code. */
import type { Command } from "commander";
import { displayConnection, type Flags, type SettingName, verifySettings } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { prepareBaseline } from "./baseline.js";
import { reportExitCode } from "./exit-code.js";
import type { CliIo } from "./io.js";
import { chosenContract, lookAndTry } from "./look.js";
import { addSettings, helpTail } from "./options.js";
import { writeOutputs } from "./outputs.js";
import { createProgress } from "./progress.js";

const SETTINGS: readonly SettingName[] = [
  "databaseUrl",
  "schema",
  "contract",
  "checks",
  "feature",
  "baseline",
  "writeBaseline",
  "format",
  "timeout",
  "scratchUrl",
  "waitingMigrations",
  "tool",
  "scratchVersion",
  "scratchBinaries",
];

export function addVerify(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("verify")
    .summary("compare the database with what the application needs")
    .description(
      "Looks at the database in one READ ONLY transaction, compares it with what the check files (or the contract compiled from them) need, and says which features are broken, why, and what to do.",
    );
  addSettings(command, SETTINGS)
    .option("--strict", "a warning counts as a failure (exit 1)")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "pass, or warn without --strict"],
          [EXIT.gaps, "gaps were found; with --baseline: gaps that it does not hold"],
          [EXIT.unverified, "could not verify: unreachable, not allowed to look, timed out"],
        ],
        example: "schemaready verify --checks checks/ --format text --format junit=schema.xml",
      }),
    )
    .action((flags: Flags) => run(runVerify(flags, io)));
}

async function runVerify(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = verifySettings({ flags, environment: io.environment, directory: io.directory });
  const { connection, outputs, quiet } = settings;
  const baseline = prepareBaseline(settings, io);
  const progress = createProgress(io, quiet);
  const contract = await chosenContract(settings, connection, progress, io);
  progress(`looking at ${displayConnection(connection)}`);
  const report = await baseline.finish(await lookAndTry(settings, contract, progress, io));
  await writeOutputs(report, { outputs, quiet, flags }, io);
  return reportExitCode(report, settings.strict);
}
