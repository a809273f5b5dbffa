/** The process entry of the service, started on a free port: what it logs, and the way to stop it. */
import { setTimeout as sleep } from "node:timers/promises";
import { parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import { type ServerOptions, startServer } from "../../src/server.js";

export const SERVICE_TOKEN = "s3rvice-token";

export interface Started {
  readonly url: string;
  readonly port: number;
  /** Resolves when it has stopped. */
  readonly done: Promise<void>;
  readonly lines: string[];
  stop(): void;
}

type Options = Partial<Omit<ServerOptions, "connection">> & {
  readonly contract: ServerOptions["contract"];
  readonly databaseUrl: string;
};

/** Resolves when it listens. @throws what startServer throws before that */
export async function startService({ databaseUrl, ...options }: Options): Promise<Started> {
  const controller = new AbortController();
  const lines: string[] = [];
  let done: Promise<void> = Promise.resolve();
  const { url, port } = await new Promise<{ url: string; port: number }>((resolve, reject) => {
    done = startServer({
      host: "127.0.0.1",
      port: 0,
      connection: parseConnectionString(databaseUrl),
      limits: DEFAULT_LIMITS,
      refreshIntervalMs: 1_000,
      maxStaleMs: 60_000,
      token: SERVICE_TOKEN,
      logLevel: "info",
      signal: controller.signal,
      logDestination: { write: (line: string) => void lines.push(line) },
      onListening: resolve,
      ...options,
    });
    done.catch(reject);
  });
  return { url, port, done, lines, stop: () => controller.abort() };
}

export const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

/** @throws when it does not come true within 15 s */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 600; round++) {
    if (await condition()) return;
    await sleep(25);
  }
  throw new Error("it did not come true within 15 s");
}

/** Events of the log, without requests. */
export const eventsIn = (lines: readonly string[]): string[] =>
  lines.map((line) => (JSON.parse(line) as { event: string }).event).filter((event) => event !== "request");
