/** `schemaready smoke`: run the flows of the check files against the application, and explain failures by the schema. */
import type { Command } from "commander";
import { type Flags, type SettingName, type SmokeSettings, smokeSettings } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { displaySafe } from "../report/index.js";
import { cleanUpLater, type SmokeInput } from "../smoke/index.js";
import { commandLine } from "./command-line.js";
import { smokeExitCode } from "./exit-code.js";
import type { CliIo } from "./io.js";
import { addSettings, helpTail } from "./options.js";
import { writeOutputs } from "./outputs.js";
import { reportWithoutDatabase } from "./report-without-database.js";
import { readRunFile } from "./run-file.js";
import { createEventSinks } from "./smoke-events.js";
import { CLIENT_SETTINGS, inputOf, loadFlows, lookAtSchema, runFlows, sayWarnings, waitForFlows } from "./smoke-run.js";
import { showFlows } from "./smoke-show.js";

const SETTINGS: readonly SettingName[] = [
  "baseUrl",
  "only",
  "tag",
  "jobs",
  "waitFor",
  ...CLIENT_SETTINGS,
  "runFile",
  "cleanupOnly",
  "checks",
  "contract",
  "databaseUrl",
  "schema",
  "smokeFormat",
  "timeout",
  "scratchUrl",
  "waitingMigrations",
  "tool",
  "scratchVersion",
  "scratchBinaries",
];

export function addSmoke(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("smoke")
    .summary("try the application's endpoints, and tie failures to schema gaps")
    .description(
      "Runs the flows of the check files against a live application, removes what it created, and says which schema gap is behind each failure. Without a database, failures are reported without that.",
    );
  addSettings(command, SETTINGS)
    .option("--strict", "a warning counts as a failure (exit 1)")
    .option("--list", "only list flows, steps, tags and features (text or json)")
    .option("--dry-run", "check everything and print what would run, without a request (text or json)")
    .option("--fail-fast", "no further step after the first that fails")
    .option("--keep", "no clean-up; what stays is listed, and the command that removes it later")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "every step passed (the schema's own verdict does not count here)"],
          [EXIT.gaps, "a step failed or could not run; with --strict also one that only warns"],
          [EXIT.unverified, "the application could not be reached at all, or --wait-for waited in vain"],
          [
            EXIT.leftovers,
            "every step passed, but something was left behind; with --cleanup-only: is still there. The report lists it",
          ],
        ],
        example: "schemaready smoke --base-url http://localhost:8080 --only generate-avatar",
      }),
    )
    .action((flags: Flags) => run(runSmokeCommand(flags, io)));
}

async function runSmokeCommand(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = smokeSettings({ flags, environment: io.environment, directory: io.directory });
  const { cleanupOnly, show, outputs, quiet } = settings;
  const runFile = cleanupOnly === null ? null : { path: cleanupOnly, text: readRunFile(cleanupOnly) };
  const checks = await loadFlows(settings, io);
  const input = { ...inputOf(settings, checks, flags, io), command: commandLine("smoke", flags) };
  if (runFile !== null) return cleanUp(runFile, input, { settings, flags, io });
  if (show === "plan") sayWarnings(checks, settings, io);
  if (show !== null) return showFlows(settings, input, flags, io);
  await waitForFlows(settings, input, io);
  const report = await lookAtSchema(settings, io);
  sayWarnings(checks, settings, io);
  const smoke = await runFlows(input, report, { settings, flags, io });
  await writeOutputs({ ...report, smoke }, { outputs, quiet, flags }, io);
  return smokeExitCode(smoke, settings.strict);
}

interface CommandFacts {
  readonly settings: SmokeSettings;
  readonly flags: Flags;
  readonly io: CliIo;
}

/** No flows, and no look at the schema: only what the run file lists is removed. */
async function cleanUp(
  runFile: { readonly path: string; readonly text: string },
  input: SmokeInput,
  { settings, flags, io }: CommandFacts,
): Promise<ExitCode> {
  const onProblem = (message: string) =>
    io.stderr.write(`${displaySafe(`the run file could not be written: ${message}`)}\n`);
  const report = reportWithoutDatabase();
  const sinks = createEventSinks(settings, report, flags, io);
  const cleaning = cleanUpLater({ ...input, onEvent: sinks.onEvent, runFile: { ...runFile, onProblem } });
  const smoke = await cleaning.finally(sinks.close);
  await writeOutputs({ ...report, smoke }, { outputs: settings.outputs, quiet: settings.quiet, flags }, io);
  return smoke.cleanup.leftovers.length > 0 ? EXIT.leftovers : EXIT.ok;
}
