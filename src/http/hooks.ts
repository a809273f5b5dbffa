/** What happens to every request, whatever its route: safe headers, who may see details, methods, one line in the log. */
import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { type Access, callerOf } from "./access.js";
import type { RequestCounts } from "./metrics.js";
import { sendProblem } from "./problem.js";

/** Nothing here may be cached, guessed to be another type, framed, or be the base of anything. */
export const SAFE_HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
} as const;

const PROCESS_ID = randomBytes(4).toString("hex");
let requests = 0;

/** Ids that are unique across restarts and cost nothing. An id that the client sends is not used: logs are not its to write. */
export const REQUEST_IDS = (): string => {
  requests += 1;
  return `${PROCESS_ID}-${requests.toString(36)}`;
};

/** Who may see details, and who may change something. */
export type Accesses = Readonly<Record<"details" | "token", Access>>;

/** Must be called before routes are registered. */
export function registerHooks(app: FastifyInstance, accesses: Accesses, logger: Logger, requests: RequestCounts): void {
  const logsPolls = logger.isLevelEnabled("debug");
  const methods = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const known = methods.get(withoutTrailingSlash(url)) ?? new Set();
    methods.set(withoutTrailingSlash(url), known);
    for (const each of [method].flat()) known.add(each);
  });
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(SAFE_HEADERS);
    // Answered here and not in the not-found handler: before it, a body of an unknown type would be 415.
    if (request.is404) return void sendUnrouted(request, reply, methods);
    const { access = "details" } = request.routeOptions.config;
    const problem = access === "open" ? null : accesses[access](callerOf(request));
    if (problem !== null) return void sendProblem(reply, problem);
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    requests.count(request.routeOptions.url ?? "unknown", reply.statusCode);
    // Polls are only worth a line to those who debug, whatever the verdict: its changes are logged by the refresher.
    const isProbe = request.routeOptions.config.probe === true || request.method === "OPTIONS";
    const isPolled = isProbe && reply.statusCode !== 500;
    if (!isPolled || logsPolls) logAnswer(logger, isPolled ? "debug" : "info", request, reply);
    done();
  });
}

/** OPTIONS and wrong methods on known paths, and everything on unknown ones. */
function sendUnrouted(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: ReadonlyMap<string, ReadonlySet<string>>,
): FastifyReply {
  const known = methods.get(withoutTrailingSlash(request.url.split("?", 1)[0] ?? ""));
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
