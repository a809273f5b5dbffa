/**
 * Builds the service without listening: routes are tested by inject, without a port. Order matters in here: hooks
 * before routes, the OpenAPI plugin before the routes it describes.
 */
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Logger } from "pino";
import { createAccess, createTokenAccess } from "./access.js";
import { keepChanges } from "./changes.js";
import { clientError, frameworkError, handleError } from "./errors.js";
import { REQUEST_IDS, registerHooks } from "./hooks.js";
import { joinSmoke } from "./joined-smoke.js";
import { createMetrics, createRequestCounts } from "./metrics.js";
import { registerDocs, registerOpenApi } from "./openapi.js";
import { createStatusPages } from "./page/index.js";
import type { Plans } from "./plans.js";
import { answerPollsFirst, collectPolls } from "./polls.js";
import { registerRateLimit } from "./rate-limit.js";
import type { Readiness } from "./readiness.js";
import type { Refresher } from "./refresher.js";
import { registerChanges } from "./routes/changes.js";
import { registerDetails } from "./routes/details.js";
import { registerDocuments } from "./routes/documents.js";
import { registerHealth } from "./routes/health.js";
import { registerMetrics } from "./routes/metrics.js";
import { registerProbes } from "./routes/probes.js";
import { registerRepair } from "./routes/repair.js";
import { registerSmoke } from "./routes/smoke.js";
import { endSilentConnections } from "./silent.js";
import type { SmokeRuns } from "./smoke-runs.js";

export interface AppOptions {
  readonly refresher: Refresher;
  readonly readiness: Readiness;
  readonly plans: Plans;
  /** Of schemaready. */
  readonly version: string;
  /** Bearer token for details; null: only programs on this machine see them. */
  readonly token: string | null;
  /** The address that the service will listen on; beyond loopback, details need a token. */
  readonly host: string;
  /** Time between verifications: what Retry-After says. */
  readonly intervalMs: number;
  readonly logger: Logger;
  /** Null or absent: the service runs no flows. */
  readonly smoke?: SmokeRuns | null;
}

const LARGEST_HEADERS_BYTES = 8 * 1024;
/** Only /smoke/runs takes a body, and says how large it may be. */
const LARGEST_BODY_BYTES = 1024;
const REQUEST_TIMEOUT_MS = 10_000;
/** Longer than two verifications may take: whoever asks with refresh=true is silent meanwhile. */
const IDLE_TIMEOUT_MS = 180_000;
const KEEP_ALIVE_MS = 30_000;

/**
 * Makes the service, ready for inject() or listen().
 * @throws SchemareadyError SETTINGS for an empty token.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { refresher, readiness, plans, version, intervalMs, smoke = null } = options;
  const access = createAccess(options);
  const app = createInstance(quieter(options.logger));
  const requests = createRequestCounts();
  registerHooks(app, { details: access, token: createTokenAccess(options) }, options.logger, requests);
  const polls = collectPolls(app);
  app.setErrorHandler(handleError);
  await registerRateLimit(app);
  await registerOpenApi(app, version);
  registerProbes(app, { readiness, intervalMs });
  registerHealth(app, { refresher, access, version, intervalMs });
  const newest = () => smoke?.newest() ?? null;
  const joined = joinSmoke(newest);
  registerDetails(app, { refresher, intervalMs, joined });
  const changes = keepChanges(refresher);
  registerChanges(app, changes);
  registerMetrics(app, { access, page: createMetrics({ refresher, requests, version, smoke: newest }) });
  registerRepair(app, { refresher, plans, intervalMs });
  await registerSmoke(app, smoke);
  const hasToken = options.token !== null;
  const pages = createStatusPages({ refresher, changes, smoke, joined, hasToken, version, intervalMs });
  registerDocuments(app, { access, pages, refresher, version });
  await registerDocs(app);
  // At level debug each request is a line in the log; the framework knows what is in it.
  if (!options.logger.isLevelEnabled("debug")) answerPollsFirst(app, polls, requests);
  endSilentConnections(app);
  await app.ready();
  return app;
}

/** The framework's own chatter is left out: what is worth a line is logged by ourselves, once. */
function quieter(logger: Logger): Logger {
  return logger.child({}, { level: logger.isLevelEnabled("warn") ? "warn" : logger.level });
}

function createInstance(loggerInstance: FastifyBaseLogger): FastifyInstance {
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request would cost a probe a third of its time; what is logged names the request itself.
    childLoggerFactory: (logger) => logger,
    genReqId: REQUEST_IDS,
    trustProxy: false,
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: true },
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      maxHeaderSize: LARGEST_HEADERS_BYTES,
      headersTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: REQUEST_TIMEOUT_MS / 2,
    },
    // Answers come from memory, so what arrives while closing is answered too, and told to close its connection.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    frameworkErrors: frameworkError,
    clientErrorHandler: clientError,
  });
  app.setValidatorCompiler((route) => {
    const validate = validatorCompiler(route as Parameters<typeof validatorCompiler>[0]);
    if (route.httpPart !== "querystring") return validate;
    const ofNothing = validate({});
    // Probes have no parameters: what an empty query means is found out once.
    return (data: unknown) => (isEmpty(data) ? ofNothing : validate(data));
  });
  app.setSerializerCompiler(serializerCompiler);
  app.removeAllContentTypeParsers();
  return app;
}

function isEmpty(data: unknown): boolean {
  for (const _key in data as object) return false;
  return typeof data === "object" && data !== null;
}
