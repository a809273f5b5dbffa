/** `schemaready smoke`: run the flows of the check files against the application, and explain failures by the schema. */
import type { Command } from "commander";
import { type Flags, type SettingName, type SmokeSettings, settingSecrets, smokeSettings } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { type LoadedChecks, loadCheckFiles } from "../expect/index.js";
import type { Report } from "../model/report.js";
import { displaySafe } from "../report/index.js";
import { attribute, cleanUpLater, describeSmokeEvent, runSmoke, type SmokeEvent } from "../smoke/index.js";
import { knownOf } from "../sources/index.js";
import { verify } from "../verify.js";
import { obtainContract, readContract } from "./contract.js";
import { smokeExitCode } from "./exit-code.js";
import type { CliIo } from "./io.js";
import { limitsFor } from "./limits.js";
import { addSettings, helpTail } from "./options.js";
import { writeOutputs } from "./outputs.js";
import { createProgress } from "./progress.js";
import { reportWithoutDatabase } from "./report-without-database.js";
import { readRunFile, runFileOutput } from "./run-file.js";
import { abortable } from "./stop.js";
import { withTrials } from "./try-out.js";

const SETTINGS: readonly SettingName[] = [
  "baseUrl",
  "only",
  "allowOrigin",
  "allowLinkLocal",
  "caFile",
  "clientCert",
  "clientKey",
  "serverName",
  "insecure",
  "runFile",
  "cleanupOnly",
  "checks",
  "contract",
  "databaseUrl",
  "schema",
  "format",
  "timeout",
  "scratchUrl",
  "waitingMigrations",
  "tool",
  "scratchVersion",
  "scratchBinaries",
];

const INSECURE =
  "WARNING: --insecure: certificates are not looked at. Whoever answers gets the passwords and tokens of this run. Use --ca-file instead.\n";

export function addSmoke(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("smoke")
    .summary("try the application's endpoints, and tie failures to schema gaps")
    .description(
      "Runs the flows of the check files against a live application, removes what it created, and says which schema gap is behind each failure. Without a database, failures are reported without that.",
    );
  addSettings(command, SETTINGS)
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "every step passed (the schema's own verdict does not count here)"],
          [EXIT.gaps, "a step failed or could not run"],
          [EXIT.unverified, "the application could not be reached at all"],
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
  if (settings.cleanupOnly !== null) return cleanUp(settings.cleanupOnly, settings, flags, io);
  // The schema is looked at first: while the flows run, the application may be asked to change it.
  const { checks, report } = await lookAtSchema(settings, io);
  const runFile = runFileOutput(settings.runFile, settings.quiet, io);
  const result = await runSmoke({
    ...inputOf(settings, checks, flags, io),
    only: settings.only.length === 0 ? undefined : settings.only,
    runFile: runFile.target,
  });
  runFile.sayWhatIsLeft(result.cleanup.leftovers.length);
  const smoke = attribute(result, report);
  await writeOutputs({ ...report, smoke }, { outputs: settings.outputs, quiet: settings.quiet, flags }, io);
  return smokeExitCode(smoke);
}

/** No flows, and no look at the schema: only what the run file lists is removed. */
async function cleanUp(path: string, settings: SmokeSettings, flags: Flags, io: CliIo): Promise<ExitCode> {
  const text = readRunFile(path);
  const checks = await loadFlows(settings, io);
  const onProblem = (message: string) =>
    io.stderr.write(`${displaySafe(`the run file could not be written: ${message}`)}\n`);
  const smoke = await cleanUpLater({
    ...inputOf(settings, checks, flags, io),
    runFile: { path, text, onProblem },
  });
  await writeOutputs({ ...reportWithoutDatabase(), smoke }, { ...settings, flags }, io);
  return smoke.cleanup.leftovers.length > 0 ? EXIT.leftovers : EXIT.ok;
}

function inputOf(settings: SmokeSettings, checks: LoadedChecks, flags: Flags, io: CliIo) {
  // Not a hint: --quiet does not hide it.
  if (settings.tls.insecure) io.stderr.write(INSECURE);
  return {
    suites: checks.suites,
    baseUrl: settings.baseUrl,
    allowOrigins: settings.allowOrigins,
    http: { allowLinkLocal: settings.allowLinkLocal, tls: settings.tls },
    env: io.environment,
    connection: settings.connection,
    secrets: settingSecrets(textsOf(flags), io.environment),
    signal: io.signal,
    onEvent: eventPrinter(settings, io),
  };
}

function textsOf(flags: Flags): string[] {
  return Object.values(flags)
    .flat()
    .filter((value) => typeof value === "string");
}

interface Looked {
  readonly checks: LoadedChecks;
  readonly report: Report;
}

async function lookAtSchema(settings: SmokeSettings, io: CliIo): Promise<Looked> {
  const { connection, quiet, timeoutMs } = settings;
  const checks = await loadFlows(settings, io);
  if (connection === null) {
    if (!quiet) io.stderr.write("no database was given: failures are not explained by the schema (--database-url)\n");
    return { checks, report: reportWithoutDatabase() };
  }
  const progress = createProgress(io, quiet);
  const contract = await obtainContract(settings, connection, progress, io);
  const limits = limitsFor(timeoutMs);
  const report = await withTrials({ settings, contract, connection, limits }, progress, io, (tryOut) =>
    abortable(verify({ contract, connection, limits, ...tryOut }), io.signal),
  );
  return { checks, report };
}

/** Flows stand in the check files only; with a contract, features may name what the contract has. */
async function loadFlows({ checks, contract, connection }: SmokeSettings, io: CliIo): Promise<LoadedChecks> {
  const defaultSchema = connection?.schema ?? "public";
  if (contract === null) return loadCheckFiles(checks, { defaultSchema });
  return loadCheckFiles(checks, { defaultSchema, known: knownOf((await readContract(contract, io)).applications) });
}

/** Every event for who watches; in a job's log only how each step ended. */
function eventPrinter({ quiet }: SmokeSettings, { stderr }: CliIo): (event: SmokeEvent) => void {
  return (event) => {
    const ended = event.kind === "step-end" || event.kind === "cleanup-step";
    if (quiet || !(stderr.isTTY || ended)) return;
    stderr.write(`${displaySafe(describeSmokeEvent(event))}\n`);
  };
}
