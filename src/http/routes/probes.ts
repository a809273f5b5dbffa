/** /livez and /readyz: about this process, never about the schema, so a gap takes no replica out of a load balancer. */
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { createNegotiator } from "../negotiation.js";
import type { Readiness, ReadyState } from "../readiness.js";
import { type ReadyAnswer, readyAnswer } from "../ready-answer.js";
import { probeSchema } from "../schemas.js";
import { answer, operation, registerPoll, TEXT } from "./route.js";

const TYPES = ["application/health+json", "application/json", "text/plain"] as const;
const CONTENT = { "application/health+json": probeSchema, "application/json": probeSchema, "text/plain": TEXT };

/** One of its media types to its answer. */
type ProbeAnswers = Readonly<Record<(typeof TYPES)[number], ReadyAnswer>>;

const LIVEZ = operation({
  operationId: "livez",
  tag: "Probes",
  summary: "Does the process serve?",
  description: "Never looks at PostgreSQL. Also as HEAD.",
  responses: { 200: answer("It does.", CONTENT) },
});

const READYZ = operation({
  operationId: "readyz",
  tag: "Probes",
  summary: "May this process get traffic?",
  description:
    "503 until the first verification has finished, and while shutting down. With READY_REQUIRES=schema also until the schema fits for the first time. A later gap, or a database that is away, never makes it 503. Also as HEAD.",
  responses: { 200: answer("It may.", CONTENT), 503: answer("Not now.", CONTENT) },
});

export interface ProbeOptions {
  readonly readiness: Readiness;
  readonly intervalMs: number;
}

/** Registers both routes. */
export function registerProbes(app: FastifyInstance, { readiness, intervalMs }: ProbeOptions): void {
  const typeFor = createNegotiator(TYPES);
  const alive = probeAnswers(intervalMs);
  const ready: Readonly<Record<ReadyState, ProbeAnswers>> = {
    starting: probeAnswers(intervalMs, "the first verification has not finished yet"),
    "waiting-for-schema": probeAnswers(intervalMs, "the schema does not fit yet"),
    ready: alive,
    draining: probeAnswers(intervalMs, "shutting down"),
  };
  // Whatever the Accept header says: 406 would look like an outage.
  const accepted = ({ headers }: IncomingMessage, answers: ProbeAnswers) =>
    answers[typeFor(headers.accept) ?? TYPES[0]];
  registerPoll(app, "/livez", LIVEZ, (request) => accepted(request, alive));
  registerPoll(app, "/readyz", READYZ, (request) => accepted(request, ready[readiness.state()]));
}

/** @param output why not; without, it is a pass */
function probeAnswers(intervalMs: number, output?: string): ProbeAnswers {
  const [status, word] = output === undefined ? ([200, "pass"] as const) : ([503, "fail"] as const);
  const json = JSON.stringify(output === undefined ? { status: word } : { status: word, output });
  const text = output === undefined ? `${word}\n` : `${word}: ${output}\n`;
  return {
    "application/health+json": readyAnswer(status, "application/health+json", json, intervalMs),
    "application/json": readyAnswer(status, "application/json", json, intervalMs),
    "text/plain": readyAnswer(status, "text/plain; charset=utf-8", text, intervalMs),
  };
}
