/** `schemaready gate`: the post-deploy job. Verify, smoke run and baseline in one report and one exit code. */
import type { Command } from "commander";
import { displayConnection, type Flags, type GateSettings, gateSettings, type SettingName } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import type { Report } from "../model/report.js";
import { judgeGate } from "../model/verdict.js";
import { displaySafe } from "../report/index.js";
import { type PreparedBaseline, prepareBaseline } from "./baseline.js";
import { commandLine } from "./command-line.js";
import { gateExitCode, reportExitCode } from "./exit-code.js";
import type { CliIo } from "./io.js";
import { chosenContract, lookAndTry, lookWithin } from "./look.js";
import { lookUntil } from "./look-until.js";
import { addSettings, helpTail } from "./options.js";
import { writeOutputs } from "./outputs.js";
import { createProgress } from "./progress.js";
import { CLIENT_SETTINGS, inputOf, loadFlows, runFlows, sayWarnings, waitForFlows } from "./smoke-run.js";

const SETTINGS: readonly SettingName[] = [
  "databaseUrl",
  "schema",
  "contract",
  "checks",
  "feature",
  "baseline",
  "writeBaseline",
  "gateDeadline",
  "every",
  "baseUrl",
  "only",
  "tag",
  "jobs",
  "waitFor",
  ...CLIENT_SETTINGS,
  "runFile",
  "smokeFormat",
  "timeout",
  "scratchUrl",
  "waitingMigrations",
  "tool",
  "scratchVersion",
  "scratchBinaries",
];

export function addGate(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("gate")
    .summary("after a deploy: schema, endpoints and baseline in one verdict")
    .description(
      "Verifies the schema, runs the flows of the check files whatever the verdict is, and gives one report and one exit code. With a baseline only gaps that it does not hold fail. With --deadline the schema is waited for first.",
    );
  addSettings(command, SETTINGS)
    .option("--strict", "a warning counts as a failure (exit 1), except of gaps that the baseline accepts")
    .option("--fail-fast", "no further step after the first that fails")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "the schema is what the flows need, and every step passed"],
          [EXIT.gaps, "gaps (with --baseline: that it does not hold), or a step failed; comes before all others"],
          [EXIT.unverified, "the schema could not be verified, or the application not be reached; comes before 4"],
          [EXIT.leftovers, "everything passed, but the run left something behind; the report lists it"],
        ],
        example: "schemaready gate --base-url https://app.example --baseline baseline.json --wait-for /livez 60s",
      }),
    )
    .action((flags: Flags) => run(runGate(flags, io)));
}

async function runGate(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = gateSettings({ flags, environment: io.environment, directory: io.directory });
  const baseline = prepareBaseline(settings, io);
  const checks = await loadFlows(settings, io);
  const input = { ...inputOf(settings, checks, flags, io), command: commandLine("gate", flags) };
  await waitForFlows(settings, input, io);
  const found = await lookAt(settings, baseline, io);
  sayWarnings(checks, settings, io);
  // Steps are explained by the gaps as they are: what is accepted can be what a step fails of.
  const smoke = await runFlows(input, found, { settings, flags, io });
  const schema = await baseline.finish(found);
  const report: Report = { ...schema, smoke, gate: judgeGate(schema.verdict, smoke) };
  await writeOutputs(report, { outputs: settings.outputs, quiet: settings.quiet, flags }, io);
  return gateExitCode(report, smoke, settings.strict);
}

/** One look, or as many as the deadline allows until nothing but accepted gaps is found. */
async function lookAt(settings: GateSettings, baseline: PreparedBaseline, io: CliIo): Promise<Report> {
  const { connection, quiet, strict, deadlineMs } = settings;
  const progress = createProgress(io, quiet);
  const contract = await chosenContract(settings, connection, progress, io);
  progress(`looking at ${displayConnection(connection)}`);
  const look = (remainingMs: number) => lookWithin(remainingMs, settings, contract, io);
  const isEnough = (report: Report) => reportExitCode(baseline.accept(report), strict) === EXIT.ok;
  const onChange = (line: string) => (quiet ? undefined : io.stderr.write(`${displaySafe(line)}\n`));
  if (deadlineMs > 0) {
    const report = await lookUntil(isEnough, look, { ...settings, signal: io.signal, onChange });
    if (isEnough(report)) return report;
  }
  return lookAndTry(settings, contract, progress, io);
}
