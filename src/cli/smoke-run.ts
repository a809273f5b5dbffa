/** A smoke run as commands make it: what it is given, the look at the schema before it, its events and its run file. */
import {
  type Flags,
  type HttpClientSettings,
  type SettingName,
  type SmokeSettings,
  settingSecrets,
} from "../config/index.js";
import { type LoadedChecks, loadCheckFiles } from "../expect/index.js";
import type { SmokeSuite, Step } from "../model/flow.js";
import type { Report, SmokeResult } from "../model/report.js";
import { displaySafe } from "../report/index.js";
import { attribute, runSmoke, type SmokeInput, waitForApplication } from "../smoke/index.js";
import type { CliIo } from "./io.js";
import { createProgress } from "./progress.js";
import { reportWithoutDatabase } from "./report-without-database.js";
import { runFileOutput } from "./run-file.js";
import { shownPath } from "./shown-path.js";
import { createEventSinks } from "./smoke-events.js";
import { abortable } from "./stop.js";

/** How requests are made. */
export const CLIENT_SETTINGS: readonly SettingName[] = [
  "allowOrigin",
  "allowLinkLocal",
  "caFile",
  "clientCert",
  "clientKey",
  "serverName",
  "insecure",
];

const INSECURE =
  "WARNING: --insecure: certificates are not looked at. Whoever answers gets the passwords and tokens of this run. Use --ca-file instead.\n";

/** Flows stand in the check files only; with a contract, features may name what the contract has. */
export async function loadFlows(
  { checks, contract, connection }: Pick<SmokeSettings, "checks" | "contract" | "connection">,
  io: CliIo,
): Promise<LoadedChecks> {
  const defaultSchema = connection?.schema ?? "public";
  if (contract === null) return loadCheckFiles(checks, { defaultSchema });
  const [{ readContract }, { knownOf }] = await Promise.all([import("./contract.js"), import("../sources/index.js")]);
  return loadCheckFiles(checks, { defaultSchema, known: knownOf((await readContract(contract, io)).applications) });
}

/** What the check files warn about. */
export function sayWarnings(
  { warnings }: Pick<LoadedChecks, "warnings">,
  { quiet }: Pick<SmokeSettings, "quiet">,
  { stderr }: CliIo,
): void {
  if (quiet) return;
  for (const { place, message } of warnings) stderr.write(`${displaySafe(`warning: ${place}: ${message}`)}\n`);
}

type RunSettings = HttpClientSettings &
  Pick<SmokeSettings, "baseUrl" | "only" | "tags" | "connection" | "jobs" | "failFast" | "keep">;
type FlowChecks = Pick<LoadedChecks, "suites" | "warnings">;

/** What the run is given. Says on stderr when certificates are not looked at. */
export function inputOf(settings: RunSettings, checks: FlowChecks, flags: Flags, io: CliIo): SmokeInput {
  const { baseUrl, only, tags, connection, jobs, failFast, keep, allowOrigins, allowLinkLocal, tls } = settings;
  // Not a hint: --quiet does not hide it.
  if (tls.insecure) io.stderr.write(INSECURE);
  return {
    ...{ baseUrl, connection, jobs, failFast, keep, allowOrigins },
    http: { allowLinkLocal, tls },
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

function textsOf(flags: Flags): string[] {
  return Object.values(flags)
    .flat()
    .filter((value) => typeof value === "string");
}

/** `--wait-for` */
export function waitForFlows({ quiet, waitFor }: SmokeSettings, input: SmokeInput, io: CliIo): Promise<void> {
  const onWait = (line: string) => (quiet ? undefined : io.stderr.write(`${displaySafe(line)}\n`));
  return abortable(waitForApplication({ ...input, waitFor, onWait }), io.signal);
}

/** Looks at the schema, when there is a database. That comes before the flows: they may make the application change it. */
export async function lookAtSchema(settings: SmokeSettings, io: CliIo): Promise<Report> {
  const { connection, quiet } = settings;
  if (connection === null) {
    if (!quiet) io.stderr.write("no database was given: failures are not explained by the schema (--database-url)\n");
    return reportWithoutDatabase();
  }
  const progress = createProgress(io, quiet);
  // Without a database none of it is loaded: a third of the time of a short run.
  const [{ obtainContract }, { lookAndTry }] = await Promise.all([import("./contract.js"), import("./look.js")]);
  const contract = await obtainContract(settings, connection, progress, io);
  return lookAndTry({ ...settings, connection, features: [] }, contract, progress, io);
}

/** Runs the flows with their progress and their run file, and explains what failed by the report. */
export async function runFlows(
  input: SmokeInput,
  report: Report,
  { settings, flags, io }: { readonly settings: SmokeSettings; readonly flags: Flags; readonly io: CliIo },
): Promise<SmokeResult> {
  const runFile = runFileOutput(settings.runFile, settings.quiet, io);
  const sinks = createEventSinks(settings, report, flags, io);
  const running = runSmoke({ ...input, onEvent: sinks.onEvent, runFile: runFile.target });
  const result = await running.finally(sinks.close);
  runFile.sayWhatIsLeft(result.cleanup.leftovers.length);
  return attribute(result, report);
}
