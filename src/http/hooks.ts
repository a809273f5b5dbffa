/** What happens to every request, whatever its route: safe headers, who may see details, methods, one line in the log. */
import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { Logger } from "pino";
import { type Access, callerOf } from "./access.js";
import type { RequestCounts } from "./metrics.js";
import { sendProblem } from "./problem.js";
import { SAFE_HEADERS } from "./safe-headers.js";

const PROCESS_ID = randomBytes(4).toString("hex");
let requests = 0;

/** Ids that are unique across restarts and cost nothing. An id that the client sends is not used: logs are not its to write. */
export const REQUEST_IDS = (): string => {
  requests += 1;
  return `${PROCESS_ID}-${requests.toString(36)}`;
};

/** Who may see details, and who may change something. */
export type Accesses = Readonly<Record<"details" | "token", Access>>;

/**
 * Must be called before routes are registered. Hooks hold their route: asking a request for the options of its
 * route makes a new object every time.
 */
export function registerHooks(app: FastifyInstance, accesses: Accesses, logger: Logger, requests: RequestCounts): void {
  const methods = new Map<string, Set<string>>();
  const afterUnrouted = afterAnswer({ url: "unknown" }, logger, requests);
  app.addHook("onRoute", (route) => {
    const path = withoutTrailingSlash(route.url);
    const known = methods.get(path) ?? new Set();
    methods.set(path, known);
    for (const each of [route.method].flat()) known.add(each);
    route.onRequest = [beforeAnswer(route, accesses), ...[route.onRequest ?? []].flat()];
    route.onResponse = [afterAnswer(route, logger, requests), ...[route.onResponse ?? []].flat()];
  });
  // Answered here and not in the not-found handler: before it, a body of an unknown type would be 415.
  app.addHook("onRequest", (request, reply, done) => {
    if (request.is404) return void sendUnrouted(request, reply.headers(SAFE_HEADERS), methods);
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    if (request.is404) afterUnrouted(request, reply, done);
    else done();
  });
}

type BeforeAnswer = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;

/** What the hooks want to know of a route. Its config may still be changed after they were made, by whoever registers it. */
type Route = Pick<RouteOptions, "url" | "config">;

function beforeAnswer(route: Route, accesses: Accesses): BeforeAnswer {
  return (request, reply, done) => {
    // Ready answers come with their headers, problems too.
    if (route.config?.poll === undefined) reply.headers(SAFE_HEADERS);
    const access = route.config?.access ?? "details";
    const problem = access === "open" ? null : accesses[access](callerOf(request.raw));
    if (problem !== null) return void sendProblem(reply, problem);
    done();
  };
}

function afterAnswer(route: Route, logger: Logger, requests: RequestCounts): BeforeAnswer {
  const logsPolls = logger.isLevelEnabled("debug");
  return (request, reply, done) => {
    const status = reply.statusCode;
    requests.count(route.url, status);
    // Polls are only worth a line to those who debug, whatever the verdict: its changes are logged by the refresher.
    const isPolled = (route.config?.probe === true || request.method === "OPTIONS") && status !== 500;
    if (!isPolled || logsPolls) logAnswer(logger, isPolled ? "debug" : "info", request, reply);
    done();
  };
}

/** OPTIONS and wrong methods on known paths, and everything on unknown ones. */
function sendUnrouted(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: ReadonlyMap<string, ReadonlySet<string>>,
): FastifyReply {
  const path = withoutTrailingSlash(request.url.split("?", 1)[0] ?? "");
  // `OPTIONS *` asks the server as a whole (RFC 9110, section 9.3.7): a ping.
  const known = methods.get(path === "*" && request.method === "OPTIONS" ? "/" : path);
  if (known === undefined) {
    return sendProblem(reply, { status: 404, code: "NOT_FOUND", detail: "There is no such route; GET / lists them." });
  }
  const allow = [...known, "OPTIONS"].join(", ");
  if (request.method === "OPTIONS") return reply.code(204).header("allow", allow).send();
  const detail = `This route answers to ${allow}.`;
  return sendProblem(reply, { status: 405, code: "METHOD_NOT_ALLOWED", detail, headers: { allow } });
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

function logAnswer(logger: Logger, level: "debug" | "info", request: FastifyRequest, reply: FastifyReply): void {
  const { id: reqId, method, url, ip } = request;
  const ms = Math.round(reply.elapsedTime * 10) / 10;
  const fields = { event: "request", reqId, method, path: url.split("?", 1)[0], status: reply.statusCode, ip, ms };
  logger[level](fields, "answered");
}
