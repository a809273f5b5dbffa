/** A small HTTP application on 127.0.0.1 for smoke runs: it remembers what it was asked and does what a test says. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly bytes: Buffer;
}

/** Answers a request; what it returns is sent as JSON, unless it has answered by itself. */
export type Handler = (received: Received, response: ServerResponse) => unknown;

export interface AppServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** `METHOD /path` of everything that was asked, in order. */
  lines(): string[];
  close(): Promise<void>;
}

export const send = (
  response: ServerResponse,
  status: number,
  body: unknown = "",
  headers: Record<string, string> = {},
) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": typeof body === "string" ? "text/plain" : "application/json",
    ...headers,
  });
  response.end(text);
  return ANSWERED;
};

/** What a handler returns that has answered, or never will. */
export const ANSWERED = Symbol("answered");

/** @param routes `METHOD /path` (without query) -> handler; a path may end in `*`. Everything else is 404. */
export async function startApp(routes: Readonly<Record<string, Handler>>): Promise<AppServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void read(request).then(async (bytes) => {
      const line = `${request.method} ${request.url}`;
      const one = { line, headers: request.headers, body: bytes.toString("utf8"), bytes };
      received.push(one);
      const answer = await findRoute(routes, line)?.(one, response);
      if (answer === ANSWERED) return;
      if (answer === undefined) send(response, 404, { error: `no route for ${line}` });
      else send(response, 200, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    lines: () => received.map(({ line }) => line),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function findRoute(routes: Readonly<Record<string, Handler>>, line: string): Handler | undefined {
  const path = line.split("?")[0] ?? line;
  const star = Object.keys(routes).find((route) => route.endsWith("*") && path.startsWith(route.slice(0, -1)));
  return routes[path] ?? (star === undefined ? undefined : routes[star]);
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // The client went away in the middle: what came until then is what was received.
  }
  return Buffer.concat(chunks);
}
