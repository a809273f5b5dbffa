/** Reports and their parts as the caller wants them, and what is said when there is none. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Report } from "../../model/report.js";
import { HTML_POLICY } from "../../report/index.js";
import { negotiate } from "../negotiation.js";
import { type Problem, sendProblem } from "../problem.js";
import type { Failure } from "../verdict.js";
import { sendBytes } from "./route.js";

/** Media type to bytes, the preferred type first. */
export type View = Readonly<Record<string, (report: Report) => Buffer>>;

export const TEXT_WIDTH = 100;

export interface Subject {
  readonly report: Report | null;
  readonly failure: Failure | null;
  readonly retry: string;
}

/** The part of a report that the caller accepts, or the problem that keeps it from being sent. */
export function sendView(request: FastifyRequest, reply: FastifyReply, view: View, subject: Subject): FastifyReply {
  const types = Object.keys(view);
  const type = negotiate(request.headers.accept, types);
  const render = type === null ? undefined : view[type];
  if (type === null || render === undefined) return sendProblem(reply, notAcceptable(types));
  const { report, failure, retry } = subject;
  if (report === null) return sendProblem(reply, failure === null ? notYet(retry) : broken(failure, retry));
  const isAnswered = report.target.server !== null;
  if (!isAnswered) reply.header("retry-after", retry);
  if (type === "text/html") reply.header("content-security-policy", `${HTML_POLICY}; frame-ancestors 'none'`);
  const contentType = type === "application/sql" || type.startsWith("text/") ? `${type}; charset=utf-8` : type;
  return sendBytes(reply, isAnswered ? 200 : 503, contentType, render(report));
}

export function notAcceptable(types: readonly string[]): Problem {
  return { status: 406, code: "NOT_ACCEPTABLE", detail: `This route answers with ${types.join(" or ")}.` };
}

export function notYet(retry: string): Problem {
  return {
    status: 503,
    code: "NOT_VERIFIED_YET",
    detail: "The first verification has not finished yet.",
    headers: { "retry-after": retry },
  };
}

/** A bug is 500; a database that is too slow, or a service that stops, is 503. */
export function broken({ reason, message }: Failure, retry: string): Problem {
  return {
    status: reason === "error" ? 500 : 503,
    code: "VERIFICATION_FAILED",
    detail: `There is no report: ${message}.`,
    ...(reason === "error" ? {} : { headers: { "retry-after": retry } }),
  };
}
