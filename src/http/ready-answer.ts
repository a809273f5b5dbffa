/**
 * An answer to a poll, complete with its headers before anybody asks, and sent past the framework's own way of sending,
 * which would put the headers together again for each request.
 */
import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import { SAFE_HEADERS } from "./safe-headers.js";

export interface ReadyAnswer {
  readonly status: 200 | 503;
  /** Names and values in turns, as node:http takes them. */
  readonly headers: readonly string[];
  /** Its bytes as a string of one character each (latin1): node:http sends headers and body as one piece then, uncoded. */
  readonly body: string;
}

/** @param intervalMs time between verifications: a 503 says when to ask again, others need none */
export function readyAnswer(status: 200 | 503, contentType: string, body: string, intervalMs = 0): ReadyAnswer {
  const bytes = Buffer.from(body);
  const headers = {
    "content-type": contentType,
    "content-length": String(bytes.length),
    ...SAFE_HEADERS,
    ...(status === 503 ? { "retry-after": retryAfter(intervalMs) } : {}),
  };
  return { status, headers: Object.entries(headers).flat(), body: bytes.toString("latin1") };
}

/** Whole seconds for Retry-After: when another verdict can be expected. */
export function retryAfter(intervalMs: number): string {
  return String(Math.max(1, Math.ceil(intervalMs / 1000)));
}

/** Sends it past the framework. Hooks after the answer run as always. */
export function sendReady(reply: FastifyReply, answer: ReadyAnswer): void {
  reply.hijack();
  writeReady(reply.raw, answer);
}

/** Writes it; to HEAD, node:http sends the headers only. */
export function writeReady(response: ServerResponse, { status, headers, body }: ReadyAnswer): void {
  response.writeHead(status, headers as string[]).end(body, "latin1");
}
