/** `schemaready serve`: the service, until it is told to stop. */
import type { Command } from "commander";
import { type Flags, type ServeSettings, type SettingName, serveSettings } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import type { Contract } from "../model/contract.js";
import { planRepair } from "../plan.js";
import { createBench } from "../prove/index.js";
import { type ServedFlows, type ServerOptions, startServer } from "../server.js";
import { obtainContract } from "./contract.js";
import type { CliIo } from "./io.js";
import { limitsFor } from "./limits.js";
import { addSettings, helpTail } from "./options.js";
import { createProgress, type Progress } from "./progress.js";
import { CLIENT_SETTINGS, inputOf, loadFlows, sayWarnings } from "./smoke-run.js";
import { stopCode } from "./stop.js";
import { scriptsAtHand, withScratch } from "./try-out.js";

const SETTINGS: readonly SettingName[] = [
  "databaseUrl",
  "schema",
  "contract",
  "checks",
  "baseUrl",
  ...CLIENT_SETTINGS,
  "host",
  "port",
  "refreshInterval",
  "maxStale",
  "readyRequires",
  "tokenFile",
  "drainDelay",
  "webhookUrlFile",
  "webhookFormat",
  "logLevel",
  "timeout",
  "scratchUrl",
  "scratchVersion",
  "scratchBinaries",
];

export function addServe(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("serve")
    .summary("answer monitors, load balancers and deploy jobs over HTTP")
    .description(
      "Keeps the verdict current in the background and answers from memory: /livez, /readyz, /schema/health, /schema/verify, /schema/features, /schema/migrations, /schema/changes, /schema/repair, /smoke/runs, /metrics, /openapi.json, /docs. Logs JSON lines to stdout.",
    );
  addSettings(command, SETTINGS)
    .addHelpText(
      "after",
      helpTail({
        settings: [...SETTINGS, "token", "webhookUrl"],
        exits: [[EXIT.unverified, "the throwaway PostgreSQL could not be started"]],
        example: "schemaready serve --checks checks/ --host 0.0.0.0 --port 3000 --token-file /run/secrets/token",
      }),
    )
    .action((flags: Flags) => run(runServe(flags, io)));
}

async function runServe(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = serveSettings({ flags, environment: io.environment, directory: io.directory });
  const { connection, quiet, timeoutMs, ...options } = settings;
  const progress = createProgress(io, quiet);
  const contract = await obtainContract(settings, connection, progress, io);
  const smoke = await servedFlows(settings, flags, io);
  await startServer({
    smoke,
    host: options.host,
    port: options.port,
    refreshIntervalMs: options.refreshIntervalMs,
    maxStaleMs: options.maxStaleMs,
    readyRequires: options.readyRequires,
    token: options.token,
    logLevel: options.logLevel,
    webhook: options.webhook,
    // Who presses Ctrl-C is not a load balancer.
    drainDelayMs: () => (stopCode(io.signal) === EXIT.sigterm ? options.drainDelayMs : 0),
    contract,
    connection,
    limits: limitsFor(timeoutMs),
    signal: io.signal,
    ...(settings.scratchUrl === null ? {} : { plan: planWithProof(settings, contract, progress, io) }),
    onListening: ({ url }) => {
      if (!quiet) io.stderr.write(listening(url, settings));
    },
  });
  return EXIT.ok;
}

/** The flows of the check files, when the application's address is known. */
async function servedFlows(settings: ServeSettings, flags: Flags, io: CliIo): Promise<ServedFlows | null> {
  const { baseUrl, unusedBaseUrl } = settings;
  if (unusedBaseUrl !== null && !settings.quiet) io.stderr.write(noFlows(unusedBaseUrl));
  if (baseUrl === null) return null;
  const { suites, warnings } = await loadFlows(settings, io);
  sayWarnings({ warnings }, settings, io);
  if (settings.token === null && !settings.quiet) io.stderr.write(NO_TOKEN);
  const { signal: _, ...flows } = inputOf({ ...ALL_FLOWS, ...settings }, { suites, warnings }, flags, io);
  return { ...flows, directory: io.directory };
}

const ALL_FLOWS = { only: [], tags: [], jobs: 1, failFast: false, keep: false } as const;

function noFlows(place: string): string {
  return `note: ${place} is set, and the contract holds no flows: to run those of check files, name them with --checks\n`;
}

const NO_TOKEN = "smoke runs need a token: without --token-file or SCHEMAREADY_TOKEN, POST /smoke/runs answers 403\n";

/** Plans are tried where a server for that was given: starting one of its own would surprise whoever runs a service. */
function planWithProof(
  settings: ServeSettings,
  contract: Contract,
  progress: Progress,
  io: CliIo,
): NonNullable<ServerOptions["plan"]> {
  const { connection, timeoutMs } = settings;
  const limits = limitsFor(timeoutMs);
  return async (report, signal) => {
    const directories = await scriptsAtHand({ ...settings, migrations: null, tool: null }, connection, io);
    return withScratch(settings, progress, (scratch) => {
      const bench = createBench({
        ...{ contract, connection, limits, scratch, signal },
        directories: directories ?? (async () => () => null),
      });
      return planRepair({ contract, connection, limits, report, bench, backfill: new Map() });
    });
  };
}

const ROUTES: readonly (readonly [path: string, answer: string])[] = [
  ["/", "the status page, for people"],
  ["/livez", "200 while the process serves"],
  ["/readyz", "503 until the first verification has finished"],
  ["/schema/health", "200 or 503: is the schema what the application needs?"],
  ["/schema/verify", "the whole report; ?refresh=true makes a new one"],
  ["/schema/features", "what the application can do with this schema"],
  ["/schema/migrations", "what the migration records say"],
  ["/schema/changes", "when the verdict changed"],
  ["/smoke/runs", "POST runs the flows (--base-url); GET lists the last runs"],
  ["/metrics", "for Prometheus"],
  ["/schema/repair", "a plan that closes the gaps; Accept: application/sql gives it to psql"],
  ["/openapi.json", "description of these routes"],
  ["/docs", "the same, to try out in a browser"],
];

function listening(url: string, { host, token }: ServeSettings): string {
  const width = Math.max(...ROUTES.map(([path]) => path.length));
  const routes = ROUTES.map(([path, answer]) => `  ${url}${path.padEnd(width)}  ${answer}`);
  const local = ["127.0.0.1", "::1", "localhost"].includes(host);
  const access =
    token === null && !local
      ? [
          "details (/schema/verify, /schema/features, /schema/migrations, /schema/changes, /schema/repair) answer 403: set a token with --token-file or SCHEMAREADY_TOKEN",
        ]
      : [];
  return `${[`schemaready listens on ${url}`, ...routes, ...access].join("\n")}\n`;
}
