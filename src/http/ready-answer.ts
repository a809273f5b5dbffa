/**
 * An answer to a poll, complete with its headers before anybody asks, and sent past the framework's own way of sending,
 * which would put the headers together again for each request.
 */
import type { FastifyReply } from "fastify";
import { SAFE_HEADERS } from "./safe-headers.js";

export interface ReadyAnswer {
  readonly status: 200 | 503;
  /** Names and values in turns, as node:http takes them. */
  readonly headers: readonly string[];
  /** A string, not bytes: node:http sends headers and body as one piece then. */
  readonly body: string;
}

/** @param intervalMs time between verifications: a 503 says when to ask again, others need none */
export function readyAnswer(status: 200 | 503, contentType: string, body: string, intervalMs = 0): ReadyAnswer {
  const headers = {
    "content-type": contentType,
    "content-length": String(Buffer.byteLength(body)),
    ...SAFE_HEADERS,
    ...(status === 503 ? { "retry-after": retryAfter(intervalMs) } : {}),
  };
  return { status, headers: Object.entries(headers).flat(), body };
}

/** Whole seconds for Retry-After: when another verdict can be expected. */
export function retryAfter(intervalMs: number): string {
  return String(Math.max(1, Math.ceil(intervalMs / 1000)));
}

/** Sends it. Hooks after the answer run as always; to HEAD, node:http sends the headers only. */
export function sendReady(reply: FastifyReply, { status, headers, body }: ReadyAnswer): void {
  reply.hijack();
  reply.raw.writeHead(status, headers as string[]).end(body);
}
