/** Exchanges with the application: bounded in time and size, held to one origin, never an exception for what the network does. */
import type { Socket } from "node:net";
import type { Agent } from "undici";
import { TOOL_VERSION } from "../config/index.js";
import { decode, MAX_BODY_BYTES, TOO_LARGE, unpack } from "./client/body.js";
import { type ConnectionOptions, type Connections, createConnections } from "./client/connect.js";
import { type Redirected, redirected } from "./client/redirect.js";
import { mayRepeat, type NoAnswer, pauseMs } from "./client/retry.js";
import { describeNetworkError, STOPPED } from "./network-error.js";
import type { AnswerBody } from "./record.js";
import type { PreparedRequest } from "./request.js";
import { sleep } from "./wait.js";

/**
 * Idle connections are used again only this long. Many servers close theirs after two seconds without saying so, and
 * a request that meets the closing would look like a fault of the application.
 */
const KEEP_ALIVE_MS = 1_000;
/** All headers of an answer together; twice what Node's own servers and most proxies let through. */
const MAX_HEADER_BYTES = 32 * 1024;

export interface Exchange {
  /** Null when no status line arrived. */
  readonly status: number | null;
  /** Names in lower case; values of repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text, at most 1 MiB of it; what arrived before a failure. */
  readonly body: string;
  /** From the start of the request to the end of the body, redirects and repetitions included. */
  readonly durationMs: number;
  /** Why there is no complete answer; null when there is one. */
  readonly failure: string | null;
  /** Whether the application may have seen the request. */
  readonly sent: boolean;
  /** Why a redirect was not followed although the request asks for it. */
  readonly notFollowed?: string | undefined;
}

/** Cookies of a flow. */
export interface Session {
  dress(request: PreparedRequest): PreparedRequest;
  receive(setCookie: string, url: URL): void;
}

export interface HttpClient {
  /** @param session what every request that goes out gets, and every answer that comes in is shown to; also those of redirects */
  send(request: PreparedRequest, signal: AbortSignal, session?: Session): Promise<Exchange>;
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

/** The answer as a step remembers it. */
export function bodyOf({ body, headers, failure }: Exchange): AnswerBody {
  return { text: body, contentType: headers["content-type"] ?? "", cutOff: failure !== null };
}

/** A client with connections of its own. undici is loaded here, so that commands without a smoke run do not pay for it. */
export async function createHttpClient(options: ConnectionOptions = {}): Promise<HttpClient> {
  const undici = await import("undici");
  const connections = createConnections(undici.buildConnector, options);
  const agent = new undici.Agent({
    connect: connections.connect,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  return {
    send: (request, signal, session) => send({ agent, connections }, request, signal, session),
    close: async () => {
      for (const socket of connections.pending) socket.destroy();
      await agent.destroy();
    },
  };
}

interface Network {
  readonly agent: Agent;
  readonly connections: Connections;
}

/** The whole exchange: repetitions and redirects happen within the one time limit of the request. */
async function send(
  network: Network,
  request: PreparedRequest,
  signal: AbortSignal,
  session?: Session,
): Promise<Exchange> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const limits = { signal, timeout, either: AbortSignal.any([signal, timeout]) };
  let current = request;
  let sent = false;
  for (let followed = 0; ; followed++) {
    const exchange = await sendPatiently(network, session?.dress(current) ?? current, limits);
    session?.receive(exchange.headers["set-cookie"] ?? "", current.url);
    sent ||= exchange.sent;
    const next = request.redirects > 0 ? redirected(current, exchange) : ({ kind: "none" } as const);
    if (next.kind !== "follow" || followed === request.redirects) {
      const notFollowed = { none: undefined, refused: reasonOf(next), follow: `more than ${count(followed)}` }[
        next.kind
      ];
      return { ...exchange, sent, durationMs: performance.now() - started, notFollowed };
    }
    current = next.request;
  }
}

function count(redirects: number): string {
  return redirects === 1 ? "1 redirect" : `${redirects} redirects`;
}

function reasonOf(next: Redirected): string | undefined {
  return next.kind === "refused" ? next.reason : undefined;
}

interface Limits {
  readonly signal: AbortSignal;
  readonly timeout: AbortSignal;
  /** Aborts with the first of the two. */
  readonly either: AbortSignal;
}

type Attempt = Omit<Exchange, "durationMs" | "notFollowed"> & { readonly ended: NoAnswer | null };

async function sendPatiently(network: Network, request: PreparedRequest, limits: Limits): Promise<Attempt> {
  for (let repetition = 1; ; repetition++) {
    const attempt = await sendOnce(network, request, limits);
    if (attempt.ended === null || repetition > request.retries || !mayRepeat(request, attempt.ended)) return attempt;
    await sleep(pauseMs(repetition), limits.either);
    // What went wrong says more than that the time is over.
    if (limits.either.aborted) return attempt;
  }
}

async function sendOnce({ agent, connections }: Network, request: PreparedRequest, limits: Limits): Promise<Attempt> {
  const { signal, timeout, either } = limits;
  if (either.aborted) {
    const failure = signal.aborted ? STOPPED : `no answer within ${request.timeoutMs} ms`;
    return { status: null, headers: {}, body: "", failure, sent: false, ended: "final" };
  }
  const partial: Partial = { status: null, headers: {}, chunks: [], bytes: 0 };
  const attempts = watchAttempts(connections.pending, either);
  let failure: string | null = null;
  let sent = true;
  let ended: NoAnswer | null = null;
  try {
    failure = await receive(agent, request, either, partial);
  } catch (error) {
    const by = signal.aborted ? "stopped" : timeout.aborted ? "timeout" : null;
    const connecting = attempts.wereUnderWay() || connections.failedToConnect(error);
    ({ failure, sent, ended } = describeNetworkError(error, {
      request,
      status: partial.status,
      connecting,
      ended: by,
    }));
  } finally {
    attempts.dispose();
  }
  const { bytes, problem } = unpack(Buffer.concat(partial.chunks), partial.headers["content-encoding"] ?? "");
  const body = decode(bytes, partial.headers["content-type"] ?? "");
  return { status: partial.status, headers: partial.headers, body, failure: failure ?? problem, sent, ended };
}

/** undici looks at a signal only once it is connected: attempts to connect are ended here. */
function watchAttempts(pending: ReadonlySet<Socket>, signal: AbortSignal) {
  let underWay = false;
  const giveUp = () => {
    underWay = pending.size > 0;
    for (const socket of pending) socket.destroy(signal.reason as Error);
  };
  signal.addEventListener("abort", giveUp, { once: true });
  return {
    wereUnderWay: () => underWay,
    dispose: () => signal.removeEventListener("abort", giveUp),
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
    if (chunk.length > room) return TOO_LARGE;
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
