/** /livez and /readyz: about this process, never about the schema, so a gap takes no replica out of a load balancer. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { negotiate } from "../negotiation.js";
import type { Readiness, ReadyState } from "../readiness.js";
import { probeSchema } from "../schemas.js";
import { answer, operation, retryAfter, sendBytes, TEXT } from "./route.js";

const TYPES = ["application/health+json", "application/json", "text/plain"] as const;
const CONTENT = { "application/health+json": probeSchema, "application/json": probeSchema, "text/plain": TEXT };

interface ProbeAnswer {
  readonly status: 200 | 503;
  readonly json: Buffer;
  readonly text: Buffer;
}

const ALIVE = probeAnswer(200);
const READY: Readonly<Record<ReadyState, ProbeAnswer>> = {
  starting: probeAnswer(503, "the first verification has not finished yet"),
  "waiting-for-schema": probeAnswer(503, "the schema does not fit yet"),
  ready: probeAnswer(200),
  draining: probeAnswer(503, "shutting down"),
};

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
  const retry = retryAfter(intervalMs);
  const config = { access: "open", probe: true } as const;
  app.get("/livez", { config, schema: LIVEZ }, (request, reply) => sendProbe(reply, request.headers.accept, ALIVE));
  app.get("/readyz", { config, schema: READYZ }, (request, reply) => {
    const ready = READY[readiness.state()];
    if (ready.status === 503) reply.header("retry-after", retry);
    return sendProbe(reply, request.headers.accept, ready);
  });
}

/** A probe is answered whatever its Accept header says: 406 would look like an outage. */
function sendProbe(reply: FastifyReply, accept: string | undefined, { status, json, text }: ProbeAnswer): FastifyReply {
  const type = negotiate(accept, TYPES) ?? TYPES[0];
  if (type === "text/plain") return sendBytes(reply, status, "text/plain; charset=utf-8", text);
  return sendBytes(reply, status, type, json);
}

function probeAnswer(status: 200 | 503, output?: string): ProbeAnswer {
  const word = status === 200 ? "pass" : "fail";
  const body = output === undefined ? { status: word } : { status: word, output };
  const text = output === undefined ? word : `${word}: ${output}`;
  return { status, json: Buffer.from(JSON.stringify(body)), text: Buffer.from(`${text}\n`) };
}
