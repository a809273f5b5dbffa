/** /metrics: always 200, because a page with another status is not read. */
import type { FastifyInstance } from "fastify";
import { type Access, callerOf } from "../access.js";
import type { MetricsPage } from "../metrics.js";
import { negotiate } from "../negotiation.js";
import { readyAnswer } from "../ready-answer.js";
import { answer, operation, registerPoll, TEXT } from "./route.js";

const PLAIN = "text/plain";
const OPEN_METRICS = "application/openmetrics-text";
const CONTENT_TYPES = {
  [PLAIN]: "text/plain; version=0.0.4; charset=utf-8",
  [OPEN_METRICS]: "application/openmetrics-text; version=1.0.0; charset=utf-8",
} as const;

const METRICS = operation({
  operationId: "metrics",
  tag: "Probes",
  summary: "For Prometheus",
  description:
    "From memory: a scrape never waits for PostgreSQL. Always 200. Series of single features are for callers with access to details; names of objects are in none.",
  responses: { 200: answer("Samples.", { [PLAIN]: TEXT, [OPEN_METRICS]: TEXT }) },
});

export interface MetricsRouteOptions {
  readonly access: Access;
  readonly page: MetricsPage;
}

export function registerMetrics(app: FastifyInstance, { access, page }: MetricsRouteOptions): void {
  registerPoll(app, "/metrics", METRICS, (request) => {
    const isOpen = negotiate(request.headers.accept, [PLAIN, OPEN_METRICS]) === OPEN_METRICS;
    const named = access(callerOf(request)) === null;
    const body = page(isOpen ? "openmetrics" : "text", named);
    return readyAnswer(200, CONTENT_TYPES[isOpen ? OPEN_METRICS : PLAIN], body);
  });
}
