/** /smoke/runs: begin, look at, follow and stop smoke runs. A token is needed, always: they change things in the application. */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { SchemareadyError } from "../../errors/index.js";
import { negotiate } from "../negotiation.js";
import { type Problem, sendProblem } from "../problem.js";
import { limited } from "../rate-limit.js";
import { noQuery, smokeRunBody, smokeRunParams, smokeRunSchema, smokeRunsSchema } from "../schemas.js";
import type { NumberedEvent, SmokeCaller, SmokeRun, SmokeRuns } from "../smoke-runs.js";
import { answer, operation, problems, sendBytes, TEXT } from "./route.js";

const JSON_TYPE = "application/json";
const EVENTS_TYPE = "text/event-stream";
const LARGEST_BODY_BYTES = 16 * 1024;
const MOST_FOLLOWERS = 16;
const LONGEST_USER_AGENT = 200;
const STARTS = limited("smoke runs were asked for", () => true);
const CONFIG = { access: "token" } as const;

const RUN = { [JSON_TYPE]: smokeRunSchema };
const BEGIN = operation({
  operationId: "smokeBegin",
  tag: "Smoke",
  summary: "Begin a smoke run",
  description:
    "Runs the flows of the service's check files against the application that the service was started with; a request chooses among them and nothing else. One run at a time. With an Idempotency-Key, the same request gives the same run.",
  query: noQuery,
  body: smokeRunBody,
  token: true,
  responses: {
    200: answer("The run that this Idempotency-Key has begun.", RUN),
    202: answer("It has begun; Location is its address.", RUN),
    ...problems(400, 404, 409, 413, 415, 422, 429, 500, 503),
  },
});
const LIST = operation({
  operationId: "smokeRuns",
  tag: "Smoke",
  summary: "The last twenty smoke runs, newest first",
  query: noQuery,
  token: true,
  responses: { 200: answer("Without their results.", { [JSON_TYPE]: smokeRunsSchema }), ...problems(400, 404, 500) },
});
const GET = operation({
  operationId: "smokeRun",
  tag: "Smoke",
  summary: "One smoke run, or its events as they come",
  description:
    "As text/event-stream each event has its number as id: with Last-Event-ID the stream goes on behind it. It ends with the run.",
  query: noQuery,
  params: smokeRunParams,
  token: true,
  responses: { 200: answer("The run.", { ...RUN, [EVENTS_TYPE]: TEXT }), ...problems(400, 404, 406, 429, 500) },
});
const STOP = operation({
  operationId: "smokeStop",
  tag: "Smoke",
  summary: "Stop a smoke run",
  description:
    "No further step begins, and what was created is removed, within six seconds. A run that has ended stays as it is.",
  query: noQuery,
  params: smokeRunParams,
  token: true,
  responses: {
    200: answer("It had ended.", RUN),
    202: answer("It is stopping.", RUN),
    ...problems(400, 404, 500),
  },
});

type Params = z.infer<typeof smokeRunParams>;
type Body = z.infer<typeof smokeRunBody>;

/** @param runs null: the service was started without flows or without the application's address */
export async function registerSmoke(app: FastifyInstance, runs: SmokeRuns | null): Promise<void> {
  // In a scope of its own: no other route takes a body.
  await app.register(async (scope) => {
    const options = { parseAs: "string", bodyLimit: LARGEST_BODY_BYTES } as const;
    scope.addContentTypeParser(JSON_TYPE, options, scope.getDefaultJsonParser("error", "error"));
    registerBegin(scope, runs);
    registerReads(scope, runs);
  });
}

function registerBegin(scope: FastifyInstance, runs: SmokeRuns | null): void {
  scope.post<{ Body: Body }>(
    "/smoke/runs",
    { config: { ...CONFIG, rateLimit: STARTS }, schema: BEGIN, bodyLimit: LARGEST_BODY_BYTES },
    async (request, reply) => {
      if (runs === null) return sendProblem(reply, NOT_CONFIGURED);
      const key = request.headers["idempotency-key"];
      if (key !== undefined && (typeof key !== "string" || !/^[\x21-\x7e]{1,200}$/.test(key)))
        return sendProblem(reply, WRONG_KEY);
      try {
        const begun = await runs.begin(request.body ?? {}, smokeCaller(request, key ?? null));
        if (begun.run === undefined) return sendProblem(reply, begun.kind === "closed" ? CLOSING : OTHER_REQUEST);
        if (begun.kind === "busy") return sendProblem(reply, busy(begun.run));
        reply.header("location", `/smoke/runs/${begun.run.id}`);
        return sendRun(reply, begun.kind === "begun" ? 202 : 200, begun.run);
      } catch (error) {
        if (!(error instanceof SchemareadyError) || error.code !== "SMOKE_SETUP") throw error;
        const detail = [error.message, ...error.problems.map(({ message }) => `${message}.`)].join(" ");
        return sendProblem(reply, { status: 400, code: "SMOKE_SETUP", detail });
      }
    },
  );
}

function registerReads(scope: FastifyInstance, runs: SmokeRuns | null): void {
  let followers = 0;
  scope.get("/smoke/runs", { config: CONFIG, schema: LIST }, (_request, reply) => {
    if (runs === null) return sendProblem(reply, NOT_CONFIGURED);
    const list = runs.list().map(({ result, ...run }) => ({ ...run, outcome: result?.outcome ?? null }));
    return sendBytes(reply, 200, JSON_TYPE, Buffer.from(JSON.stringify({ runs: list })));
  });
  scope.get<{ Params: Params }>("/smoke/runs/:id", { config: CONFIG, schema: GET }, (request, reply) => {
    const run = runs?.get(request.params.id) ?? null;
    if (runs === null || run === null) return sendProblem(reply, runs === null ? NOT_CONFIGURED : NO_SUCH_RUN);
    const type = negotiate(request.headers.accept, [JSON_TYPE, EVENTS_TYPE]);
    if (type === null) return sendProblem(reply, NOT_ACCEPTABLE);
    if (type === JSON_TYPE) return sendRun(reply, 200, run);
    if (followers >= MOST_FOLLOWERS) return sendProblem(reply, TOO_MANY_FOLLOWERS);
    followers += 1;
    const stream = Readable.from(eventTexts(runs.follow(run.id, lastEventId(request as FastifyRequest))), {
      objectMode: false,
    });
    stream.once("close", () => {
      followers -= 1;
    });
    return reply.header("content-type", EVENTS_TYPE).header("x-accel-buffering", "no").send(stream);
  });
  scope.delete<{ Params: Params }>("/smoke/runs/:id", { config: CONFIG, schema: STOP }, (request, reply) => {
    if (runs === null) return sendProblem(reply, NOT_CONFIGURED);
    const run = runs.abort(request.params.id);
    if (run === null) return sendProblem(reply, NO_SUCH_RUN);
    return sendRun(reply, run.state === "stopping" ? 202 : 200, run);
  });
}

function smokeCaller({ socket, headers }: Pick<FastifyRequest, "socket" | "headers">, key: string | null): SmokeCaller {
  return {
    address: socket.remoteAddress ?? null,
    userAgent: headers["user-agent"]?.slice(0, LONGEST_USER_AGENT) ?? null,
    idempotencyKey: key,
  };
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html; a comment keeps proxies from closing a silent stream. */
async function* eventTexts(events: AsyncGenerator<NumberedEvent | null>): AsyncGenerator<string> {
  yield ": events of a smoke run\n\n";
  for await (const next of events) {
    yield next === null
      ? ":\n\n"
      : `id: ${next.number}\nevent: ${next.event.kind}\ndata: ${JSON.stringify(next.event)}\n\n`;
  }
}

function lastEventId({ headers }: FastifyRequest): number {
  const given = headers["last-event-id"];
  return typeof given === "string" && /^\d{1,9}$/.test(given) ? Number(given) : 0;
}

function sendRun(reply: FastifyReply, status: number, run: SmokeRun): FastifyReply {
  return sendBytes(reply, status, JSON_TYPE, Buffer.from(JSON.stringify(run)));
}

function busy({ id }: SmokeRun): Problem {
  return {
    status: 409,
    code: "SMOKE_RUNNING",
    detail: `A smoke run is going on: /smoke/runs/${id}. There is one at a time.`,
    headers: { location: `/smoke/runs/${id}` },
  };
}

const NOT_CONFIGURED: Problem = {
  status: 404,
  code: "SMOKE_NOT_CONFIGURED",
  detail:
    "This service runs no flows: start it with --base-url URL (or SCHEMAREADY_BASE_URL) and check files that hold flows (--checks).",
};
const NO_SUCH_RUN: Problem = {
  status: 404,
  code: "NOT_FOUND",
  detail: "There is no such run; the last twenty are kept.",
};
const NOT_ACCEPTABLE: Problem = {
  status: 406,
  code: "NOT_ACCEPTABLE",
  detail: `This route answers with ${JSON_TYPE} or ${EVENTS_TYPE}.`,
};
const WRONG_KEY: Problem = {
  status: 400,
  code: "INVALID_REQUEST",
  detail: "Idempotency-Key has 1 to 200 visible ASCII characters.",
};
const OTHER_REQUEST: Problem = {
  status: 422,
  code: "INVALID_REQUEST",
  detail: "This Idempotency-Key was sent with another request.",
};
const CLOSING: Problem = {
  status: 503,
  code: "SHUTTING_DOWN",
  detail: "This service is shutting down.",
  headers: { "retry-after": "5" },
};
const TOO_MANY_FOLLOWERS: Problem = {
  status: 429,
  code: "TOO_MANY_REQUESTS",
  detail: `More than ${MOST_FOLLOWERS} callers follow runs. Ask for the run itself instead.`,
};
