/** `schemaready wait`: looks until the contract is satisfied or the time is over; for init containers and deploy scripts. */
import type { Command } from "commander";
import { displayConnection, type Flags, type SettingName, waitSettings } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { displaySafe } from "../report/index.js";
import { verifyExitCode } from "./exit-code.js";
import type { CliIo } from "./io.js";
import { chosenContract, lookWithin } from "./look.js";
import { lookUntil } from "./look-until.js";
import { addSettings, helpTail } from "./options.js";
import { writeOutputs } from "./outputs.js";
import { createProgress } from "./progress.js";

const SETTINGS: readonly SettingName[] = [
  "databaseUrl",
  "schema",
  "contract",
  "checks",
  "feature",
  "deadline",
  "every",
  "format",
  "timeout",
  "scratchUrl",
  "scratchVersion",
  "scratchBinaries",
];

export function addWait(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("wait")
    .summary("wait until the database is what the application needs")
    .description(
      "Verifies again and again until the schema is what the contract needs, or the deadline has passed. A database that does not answer yet is waited for, too. Says on stderr what it waits for, whenever that changes; the last report goes to stdout.",
    );
  addSettings(command, SETTINGS)
    .option("--strict", "a warning is not enough")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "the schema is what the contract needs (pass, or warn without --strict)"],
          [EXIT.gaps, "the deadline passed, and there were gaps"],
          [EXIT.unverified, "the deadline passed, and the database could not be looked at"],
        ],
        example: "schemaready wait --contract contract.json --deadline 2m",
      }),
    )
    .action((flags: Flags) => run(runWait(flags, io)));
}

async function runWait(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = waitSettings({ flags, environment: io.environment, directory: io.directory });
  const { connection, outputs, quiet, strict } = settings;
  const contract = await chosenContract(settings, connection, createProgress(io, quiet), io);
  if (!quiet) io.stderr.write(`waiting for ${displaySafe(displayConnection(connection))}\n`);
  const report = await lookUntil(
    (report) => verifyExitCode(report.verdict, strict) === EXIT.ok,
    (remainingMs) => lookWithin(remainingMs, settings, contract, io),
    { ...settings, signal: io.signal, onChange: quiet ? () => {} : (line) => io.stderr.write(`${line}\n`) },
  );
  await writeOutputs(report, { outputs, quiet, flags }, io);
  return verifyExitCode(report.verdict, strict);
}
