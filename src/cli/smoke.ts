/** `schemaready smoke`: run the flows of the check files against the application, and explain failures by the schema. */
import type { Command } from "commander";
import {
  colourMode,
  type Flags,
  type SettingName,
  type SmokeSettings,
  settingSecrets,
  smokeSettings,
} from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { type LoadedChecks, loadCheckFiles } from "../expect/index.js";
import type { SmokeSuite, Step } from "../model/flow.js";
import type { Report } from "../model/report.js";
import { displaySafe, listingJson, listingText } from "../report/index.js";
import { attribute, listFlows, planListing, runSmoke, type SmokeInput, waitForApplication } from "../smoke/index.js";
import { knownOf } from "../sources/index.js";
import { verify } from "../verify.js";
import { obtainContract, readContract } from "./contract.js";
import { smokeExitCode } from "./exit-code.js";
import type { CliIo } from "./io.js";
import { limitsFor } from "./limits.js";
import { addSettings, helpTail } from "./options.js";
import { coloured, FILE_WIDTH, widthOf, writeOutputs, writeWhole } from "./outputs.js";
import { createProgress } from "./progress.js";
import { reportWithoutDatabase } from "./report-without-database.js";
import { shownPath } from "./shown-path.js";
import { createEventSinks } from "./smoke-events.js";
import { abortable } from "./stop.js";
import { withTrials } from "./try-out.js";

const SETTINGS: readonly SettingName[] = [
  "baseUrl",
  "only",
  "tag",
  "jobs",
  "waitFor",
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
    .option("--keep", "no clean-up; what stays is listed")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "every step passed (the schema's own verdict does not count here)"],
          [EXIT.gaps, "a step failed or could not run; with --strict also one that only warns"],
          [EXIT.unverified, "the application could not be reached at all, or --wait-for waited in vain"],
          [EXIT.leftovers, "every step passed, but something was left behind; the report lists it"],
        ],
        example: "schemaready smoke --base-url http://localhost:8080 --only generate-avatar",
      }),
    )
    .action((flags: Flags) => run(runSmokeCommand(flags, io)));
}

async function runSmokeCommand(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = smokeSettings({ flags, environment: io.environment, directory: io.directory });
  const checks = await loadFlows(settings, io);
  const input = inputOf(settings, checks, flags, io);
  if (settings.show === "plan") sayWarnings(checks, settings, io);
  if (settings.show !== null) return showFlows(settings, input, flags, io);
  const { waitFor, quiet, outputs } = settings;
  const onWait = (line: string) => (quiet ? undefined : io.stderr.write(`${displaySafe(line)}\n`));
  await abortable(waitForApplication({ ...input, waitFor, onWait }), io.signal);
  // The schema is looked at before the flows run: they may make the application change it.
  const report = await lookAtSchema(settings, io);
  sayWarnings(checks, settings, io);
  const sinks = createEventSinks(settings, report, flags, io);
  const result = await runSmoke({ ...input, onEvent: sinks.onEvent }).finally(sinks.close);
  const smoke = attribute(result, report);
  await writeOutputs({ ...report, smoke }, { outputs, quiet, flags }, io);
  return smokeExitCode(smoke, settings.strict);
}

function sayWarnings({ warnings }: LoadedChecks, { quiet }: SmokeSettings, { stderr }: CliIo): void {
  if (quiet) return;
  for (const { place, message } of warnings) stderr.write(`${displaySafe(`warning: ${place}: ${message}`)}\n`);
}

function inputOf(settings: SmokeSettings, checks: LoadedChecks, flags: Flags, io: CliIo): SmokeInput {
  const { baseUrl, only, tags, connection, jobs, failFast, keep } = settings;
  return {
    ...{ baseUrl, connection, jobs, failFast, keep },
    suites: checks.suites.map((suite) => withShownPlaces(suite, io.directory)),
    only: only.length === 0 ? undefined : only,
    tags: tags.length === 0 ? undefined : tags,
    env: io.environment,
    secrets: settingSecrets(textsOf(flags), io.environment),
    signal: io.signal,
  };
}

function withShownPlaces(suite: SmokeSuite, directory: string): SmokeSuite {
  const shown = (step: Step): Step =>
    step.place === undefined
      ? step
      : { ...step, place: { ...step.place, file: shownPath(step.place.file, directory) } };
  return { ...suite, flows: suite.flows.map((flow) => ({ ...flow, steps: flow.steps.map(shown) })) };
}

/** Prints the flows, as they stand in the check files or as they would run. No request is sent. */
async function showFlows(
  { show, outputs }: SmokeSettings,
  input: SmokeInput,
  flags: Flags,
  io: CliIo,
): Promise<ExitCode> {
  const flows = show === "list" ? listFlows(input.suites) : planListing(input);
  const colour = coloured(io.stdout, colourMode(flags["color"], io.environment));
  for (const { format, path } of outputs) {
    const [width, paint] = path === null ? [widthOf(io.stdout), colour] : [FILE_WIDTH, false];
    const text = format === "json" ? listingJson(flows) : listingText(flows, { colour: paint, width });
    if (path === null) io.stdout.write(text);
    else await writeWhole(path, text, "list of flows");
  }
  return EXIT.ok;
}

function textsOf(flags: Flags): string[] {
  return Object.values(flags)
    .flat()
    .filter((value) => typeof value === "string");
}

async function lookAtSchema(settings: SmokeSettings, io: CliIo): Promise<Report> {
  const { connection, quiet, timeoutMs } = settings;
  if (connection === null) {
    if (!quiet) io.stderr.write("no database was given: failures are not explained by the schema (--database-url)\n");
    return reportWithoutDatabase();
  }
  const progress = createProgress(io, quiet);
  const contract = await obtainContract(settings, connection, progress, io);
  const limits = limitsFor(timeoutMs);
  return withTrials({ settings, contract, connection, limits }, progress, io, (tryOut) =>
    abortable(verify({ contract, connection, limits, ...tryOut }), io.signal),
  );
}

/** Flows stand in the check files only; with a contract, features may name what the contract has. */
async function loadFlows({ checks, contract, connection }: SmokeSettings, io: CliIo): Promise<LoadedChecks> {
  const defaultSchema = connection?.schema ?? "public";
  if (contract === null) return loadCheckFiles(checks, { defaultSchema });
  return loadCheckFiles(checks, { defaultSchema, known: knownOf((await readContract(contract, io)).applications) });
}
