/** What every route file needs: how routes are described, how bytes are sent. */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { FastifyInstance, FastifyReply, FastifySchema } from "fastify";
import { z } from "zod";
import type { Poll } from "../polls.js";
import { PROBLEM_TYPE } from "../problem.js";
import { type ReadyAnswer, sendReady } from "../ready-answer.js";
import { problemSchema } from "../schemas.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may call the route. Without a word it is closed: a forgotten one must not leak names. */
    access?: "open" | "details" | "token";
    /** Polled: answered calls are not worth a line in the log. */
    probe?: boolean;
    /** Answers requests without parameters; with all headers, so hooks add none (src/http/polls.ts). */
    poll?: Poll;
  }
}

export const TEXT = z.string();

interface Documented {
  readonly description: string;
  readonly content: Readonly<Record<string, { readonly schema: z.ZodType }>>;
}

/** One documented answer: what it means, and its shape for each media type. */
export function answer(description: string, types: Readonly<Record<string, z.ZodType>>): Documented {
  const content = Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema }]));
  return { description, content };
}

/** Documented problems for these status codes. */
export function problems(...statuses: readonly number[]): Readonly<Record<number, Documented>> {
  const problem = (status: number) => answer(STATUS_CODES[status] ?? "Error", { [PROBLEM_TYPE]: problemSchema });
  return Object.fromEntries(statuses.map((status) => [status, problem(status)]));
}

export interface Operation {
  readonly operationId: string;
  readonly tag: "Probes" | "Schema" | "Smoke" | "Documents";
  readonly summary: string;
  readonly description?: string;
  readonly query?: z.ZodType;
  readonly params?: z.ZodType;
  readonly body?: z.ZodType;
  readonly responses: Readonly<Record<number, Documented>>;
  /** Needs access to details. */
  readonly details?: boolean;
  /** Needs the token, also from this machine. */
  readonly token?: boolean;
}

/** The route schema: for validating the query, and for the OpenAPI document. Answers are sent as ready bytes. */
export function operation(facts: Operation): FastifySchema {
  const { tag, query, params, body, responses, details = false, token = false, ...words } = facts;
  return {
    ...words,
    tags: [tag],
    ...(query === undefined ? {} : { querystring: query }),
    ...(params === undefined ? {} : { params }),
    ...(body === undefined ? {} : { body }),
    response: details || token ? { ...responses, ...problems(401, 403) } : responses,
    ...(details ? { security: [{ token: [] }, { password: [] }, {}] } : {}),
    ...(token ? { security: [{ token: [] }, { password: [] }] } : {}),
  } as FastifySchema;
}

/** Registers a route that answers whatever the parameters: with what it answers as a poll. */
export function registerPoll(
  app: FastifyInstance,
  path: string,
  schema: FastifySchema,
  poll: (request: IncomingMessage) => ReadyAnswer,
): void {
  const config = { access: "open", probe: true, poll } as const;
  app.get(path, { config, schema }, (request, reply) => sendReady(reply, poll(request.raw)));
}

/** Sends ready bytes. */
export function sendBytes(reply: FastifyReply, status: number, contentType: string, body: Buffer): FastifyReply {
  return reply.code(status).header("content-type", contentType).send(body);
}
