/** One HTTP exchange with the application: bounded in time and size, no redirects, never an exception for what the network does. */

import { Socket } from "node:net";
import type { Agent, buildConnector } from "undici";
import { TOOL_VERSION } from "../config/index.js";
import { describeNetworkError, STOPPED } from "./network-error.js";
import type { PreparedRequest } from "./request.js";

/** Reading stops here; what came until then is kept. */
export const MAX_BODY_BYTES = 1024 * 1024;
/**
 * Idle connections are used again only this long. Many servers close theirs after two seconds without saying so, and
 * a request that meets the closing would look like a fault of the application.
 */
const KEEP_ALIVE_MS = 1_000;
/** The connection attempt itself; the step's own timeout is shorter in practice and always applies as well. */
const CONNECT_TIMEOUT_MS = 60_000;

export interface Exchange {
  /** Null when no status line arrived. */
  readonly status: number | null;
  /** Names in lower case; values of repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text, at most 1 MiB of it; what arrived before a failure. */
  readonly body: string;
  /** From the start of the request to the end of the body. */
  readonly durationMs: number;
  /** Why there is no complete answer; null when there is one. */
  readonly failure: string | null;
  /** Whether the application may have seen the request. */
  readonly sent: boolean;
}

export interface HttpClient {
  send(request: PreparedRequest, signal: AbortSignal): Promise<Exchange>;
  /** Closes every connection at once. */
  close(): Promise<void>;
}

/** Headers that every request carries unless the flow sets them itself. `x-smoke-run` finds a run in the application's log. */
export function standardHeaders(runId: string): Record<string, string> {
  return {
    accept: "application/json, text/plain;q=0.9, */*;q=0.8",
    "accept-encoding": "identity",
    "user-agent": `schemaready/${TOOL_VERSION}`,
    "x-smoke-run": runId,
  };
}

/** A client with connections of its own. undici is loaded here, so that commands without a smoke run do not pay for it. */
export async function createHttpClient(): Promise<HttpClient> {
  const undici = await import("undici");
  const pending = new Set<Socket>();
  const connect = undici.buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  const watched: buildConnector.connector = (options, callback) => {
    const socket: unknown = connect(options, (...result) => {
      if (socket instanceof Socket) pending.delete(socket);
      callback(...result);
    });
    if (socket instanceof Socket) pending.add(socket);
  };
  const agent = new undici.Agent({
    connect: watched,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  });
  return {
    send: (request, signal) => send(agent, request, signal, pending),
    close: async () => {
      for (const socket of pending) socket.destroy();
      await agent.destroy();
    },
  };
}

/** @param pending sockets that are not connected yet: undici looks at a signal only once it is connected. */
async function send(
  agent: Agent,
  request: PreparedRequest,
  signal: AbortSignal,
  pending: ReadonlySet<Socket>,
): Promise<Exchange> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const either = AbortSignal.any([signal, timeout]);
  if (either.aborted) return { status: null, headers: {}, body: "", durationMs: 0, failure: STOPPED, sent: false };
  const partial: Partial = { status: null, headers: {}, chunks: [], bytes: 0 };
  let connecting = false;
  const giveUp = () => {
    connecting = pending.size > 0;
    for (const socket of pending) socket.destroy(either.reason as Error);
  };
  either.addEventListener("abort", giveUp, { once: true });
  let failure: string | null = null;
  let sent = true;
  try {
    failure = await receive(agent, request, either, partial);
  } catch (error) {
    const ended = signal.aborted ? "stopped" : timeout.aborted ? "timeout" : null;
    ({ failure, sent } = describeNetworkError(error, { request, status: partial.status, connecting, ended }));
  } finally {
    either.removeEventListener("abort", giveUp);
  }
  return {
    status: partial.status,
    headers: partial.headers,
    body: decode(partial),
    durationMs: performance.now() - started,
    failure,
    sent,
  };
}

/** What has arrived so far: an exchange that breaks off keeps it. */
interface Partial {
  status: number | null;
  headers: Record<string, string>;
  chunks: Uint8Array[];
  bytes: number;
}

async function receive(
  agent: Agent,
  request: PreparedRequest,
  signal: AbortSignal,
  partial: Partial,
): Promise<string | null> {
  const response = await agent.request({
    origin: request.url.origin,
    path: request.url.pathname + request.url.search,
    // undici types the well-known methods only; it sends any token.
    method: request.method as "GET",
    headers: request.headers,
    body: request.body,
    headersTimeout: request.timeoutMs,
    bodyTimeout: request.timeoutMs,
    signal,
  });
  partial.status = response.statusCode;
  partial.headers = flatten(response.headers);
  // Leaving the loop early destroys the stream, which then reports that it was destroyed.
  response.body.on("error", () => {});
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    const room = MAX_BODY_BYTES - partial.bytes;
    partial.chunks.push(chunk.subarray(0, room));
    partial.bytes += Math.min(chunk.length, room);
    if (chunk.length > room) return "the answer is larger than 1 MiB; reading stopped there";
  }
  return null;
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function decode({ chunks, headers }: Partial): string {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(headers["content-type"] ?? "")?.[1] ?? "utf-8";
  const bytes = Buffer.concat(chunks);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
