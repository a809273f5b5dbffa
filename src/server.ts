/**
 * Process entry of the service: builds it, listens, and takes it down in order. The only file that listens. Signals of
 * the process belong to the caller, who aborts `signal` on the first and ends the process on the second.
 */
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { DestinationStream } from "pino";
import { type ConnectionSettings, displayConnection, TOOL_VERSION, type Webhook } from "./config/index.js";
import type { SessionLimits } from "./db/index.js";
import { SchemareadyError } from "./errors/index.js";
import {
  buildApp,
  createLogger,
  createPlans,
  createReadiness,
  createRefresher,
  createSmokeRuns,
  DEFAULT_DEADLINE_MS,
  type LogLevel,
  type Notifier,
  type Plans,
  type PlansOptions,
  type Readiness,
  type ReadyRequirement,
  type Refresher,
  type SmokeRuns,
  startWebhook,
} from "./http/index.js";
import type { Contract } from "./model/contract.js";
import { planRepair } from "./plan.js";
import { withoutBench } from "./prove/index.js";
import { type ServedFlows, startFlows } from "./served-flows.js";
import { type Verifier, verifierFor } from "./watch/index.js";

export interface ServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly contract: Contract;
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
  readonly refreshIntervalMs: number;
  readonly maxStaleMs: number;
  /** Bearer token for details, or null. */
  readonly token: string | null;
  readonly logLevel: LogLevel;
  /** Told of changes of the verdict. */
  readonly webhook?: Webhook | null;
  /** Aborted when the service is to stop. */
  readonly signal: AbortSignal;
  readonly onListening?: (address: ListeningAddress) => void;
  /** Milliseconds between `/readyz` turning 503 and closing, for load balancers to notice; asked when the stop comes. */
  readonly drainDelayMs?: () => number;
  /** Milliseconds that closing may take before connections are cut. */
  readonly closeTimeoutMs?: number;
  readonly readyRequires?: ReadyRequirement;
  readonly logDestination?: DestinationStream;
  /** The flows that it may run; null or absent: none. */
  readonly smoke?: ServedFlows | null;
  /** Makes the repair plan for the gaps of a report; absent: without trying it. */
  readonly plan?: PlansOptions["plan"];
}

export type { ServedFlows } from "./served-flows.js";

export interface ListeningAddress {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

const CLOSE_TIMEOUT_MS = 10_000;
/** The session on the target ends itself; the refresher's own deadline is for what the session does not see. */
const DEADLINE_MARGIN_MS = 5_000;
const UNTRIED = {
  backfill: new Map<string, string>(),
  bench: withoutBench("this service has no throwaway server (serve --scratch-url); schemaready repair tries the plan"),
};
const UNAVAILABLE = new Set(["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND"]);

/**
 * Serves until `signal` is aborted, then shuts down and resolves.
 * @throws SchemareadyError PORT_UNAVAILABLE, SETTINGS
 */
export async function startServer(options: ServerOptions): Promise<void> {
  const { contract, connection, limits, host, token, signal, refreshIntervalMs: intervalMs, maxStaleMs } = options;
  const logger = createLogger({
    level: options.logLevel,
    secrets: [token, connection.password, options.webhook?.url ?? null],
    ...(options.logDestination === undefined ? {} : { destination: options.logDestination }),
  });
  const verifier = verifierFor({ contract, connection, limits });
  const refresher = createRefresher({
    verify: (stop) => verifier.verify(stop),
    intervalMs,
    maxStaleMs,
    deadlineMs: Math.max(DEFAULT_DEADLINE_MS, limits.totalTimeoutMs + DEADLINE_MARGIN_MS),
    logger,
  });
  const notifier = options.webhook
    ? startWebhook({ webhook: options.webhook, refresher, logger, version: TOOL_VERSION })
    : null;
  const readiness = createReadiness(refresher, options.readyRequires);
  const report = () => refresher.current().report;
  const smoke = options.smoke ? createSmokeRuns({ start: startFlows(options.smoke, report, logger), logger }) : null;
  const plan = options.plan ?? ((gaps) => planRepair({ contract, connection, limits, report: gaps, ...UNTRIED }));
  const plans = createPlans({ plan, logger });
  const facts = { version: TOOL_VERSION, token, host, intervalMs, logger };
  const app = await buildApp({ refresher, readiness, plans, smoke, ...facts });
  const address = await listen(app, options);
  const target = displayConnection(connection);
  logger.info({ event: "start", url: address.url, target, contract: contract.id, intervalMs }, "listening");
  refresher.start();
  options.onListening?.(address);
  await aborted(signal);
  const drainDelayMs = options.drainDelayMs?.() ?? 0;
  logger.info({ event: "drain", drainDelayMs }, "shutting down");
  const running = { app, refresher, readiness, plans, verifier, notifier, smoke };
  await shutDown(running, drainDelayMs, options.closeTimeoutMs);
  logger.info({ event: "stop" }, "stopped");
}

async function listen(app: FastifyInstance, { host, port }: ServerOptions): Promise<ListeningAddress> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!UNAVAILABLE.has(code)) throw error;
    throw new SchemareadyError("PORT_UNAVAILABLE", `Cannot listen on ${host}:${port} (${code}).`, { cause: error });
  }
  const bound = portOf(app.server.address()) ?? port;
  return { host, port: bound, url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}` };
}

function portOf(address: AddressInfo | string | null): number | null {
  return typeof address === "object" && address !== null ? address.port : null;
}

interface Running {
  readonly app: FastifyInstance;
  readonly refresher: Refresher;
  readonly readiness: Readiness;
  readonly plans: Plans;
  readonly verifier: Verifier;
  readonly notifier: Notifier | null;
  readonly smoke: SmokeRuns | null;
}

/** Not ready at once; serving goes on for the drain delay; then everything is closed, within bounded time. */
async function shutDown(
  { app, refresher, readiness, plans, verifier, notifier, smoke }: Running,
  drainDelayMs: number,
  closeTimeoutMs = CLOSE_TIMEOUT_MS,
): Promise<void> {
  readiness.drain();
  // At once: what a run has created takes up to six seconds to remove.
  const smokeEnded = smoke?.stop();
  if (drainDelayMs > 0) await sleep(drainDelayMs);
  const timeout = new AbortController();
  const closed = Promise.all([
    refresher.stop().then(() => verifier.close()),
    plans.stop(),
    app.close(),
    notifier?.stop(),
    smokeEnded,
  ]);
  const tooLong = sleep(closeTimeoutMs, undefined, { signal: timeout.signal }).catch(() => {});
  await Promise.race([closed, tooLong]);
  timeout.abort();
  app.server.closeAllConnections();
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
