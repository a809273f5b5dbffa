/** Errors as RFC 9457 problem details, without a word about the inside. */
import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";
import { SAFE_HEADERS } from "./safe-headers.js";

export const PROBLEM_TYPE = "application/problem+json";

/** Stable words for programs; `detail` is for people. docs/errors.md explains each; a test compares the two. */
export const PROBLEM_CODES = [
  "INVALID_REQUEST",
  "TOKEN_REQUIRED",
  "TOKEN_WRONG",
  "DETAILS_CLOSED",
  "NOT_FOUND",
  "UNKNOWN_FEATURE",
  "METHOD_NOT_ALLOWED",
  "NOT_ACCEPTABLE",
  "TOO_MANY_REQUESTS",
  "NOT_VERIFIED_YET",
  "PLAN_FAILED",
  "VERIFICATION_FAILED",
  "SMOKE_SETUP",
  "SMOKE_RUNNING",
  "SMOKE_NOT_CONFIGURED",
  "SHUTTING_DOWN",
  "INTERNAL",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of a problem, as bytes. `requestId` finds the log line. */
export function problemBody({ status, code, detail }: Problem, requestId?: string): Buffer {
  const title = STATUS_CODES[status] ?? "Error";
  const body = { type: "about:blank", title, status, detail, code, ...(requestId === undefined ? {} : { requestId }) };
  return Buffer.from(JSON.stringify(body));
}

/** Answers with a problem. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  reply.headers(SAFE_HEADERS);
  if (problem.headers !== undefined) reply.headers(problem.headers);
  return reply.code(problem.status).type(PROBLEM_TYPE).send(problemBody(problem, reply.request.id));
}
