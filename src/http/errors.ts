/** Everything that goes wrong on the way to a handler or in it becomes a problem answer without internals. */
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { PROBLEM_TYPE, type Problem, problemBody, sendProblem } from "./problem.js";
import { SAFE_HEADERS } from "./safe-headers.js";

/** Fastify's error handler. What is ours to mend is logged with its stack; the caller gets the request id. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemFor(error);
  if (problem.status >= 500) request.log.error({ event: "error", reqId: request.id, err: error }, "a request broke");
  return sendProblem(reply, problem);
}

/** For URLs that cannot be routed at all (bad percent-encoding): hooks have not run. */
export function frameworkError(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, problemFor(error));
}

function problemFor(error: FastifyError): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const places = error.validation.map(({ instancePath, message }) => {
      return [instancePath.slice(1), message].join(" ").trim();
    });
    return { status: 400, code: "INVALID_REQUEST", detail: `The ${partOf(error)} is not valid: ${places.join("; ")}.` };
  }
  const status = error.statusCode ?? 500;
  if (status === 429) return { status, code: "TOO_MANY_REQUESTS", detail: `${error.message}.` };
  if (status >= 400 && status < 500) {
    return { status, code: "INVALID_REQUEST", detail: `${STATUS_CODES[status] ?? "Bad Request"}.` };
  }
  return { status: 500, code: "INTERNAL", detail: "schemaready failed to answer; its log says how." };
}

function partOf({ validationContext }: FastifyError): string {
  if (validationContext === "body") return "body";
  return validationContext === "params" ? "path" : "query";
}

/** For bytes that are not HTTP, headers that are too large or too slow: there is a socket and no request. */
export function clientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  if (socket.writable) socket.write(rawAnswer(rawStatus(error.code)));
  socket.destroy();
}

function rawStatus(code: string | undefined): number {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  return code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
}

function rawAnswer(status: number): string {
  const title = STATUS_CODES[status] ?? "Bad Request";
  const body = problemBody({ status, code: "INVALID_REQUEST", detail: `${title}.` }).toString();
  const headers = { ...SAFE_HEADERS, "content-type": PROBLEM_TYPE, "content-length": body.length, connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status} ${title}\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}
