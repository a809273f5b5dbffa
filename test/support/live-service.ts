/** The whole service on a port, against a database that a test breaks: what its routes answer, what it logs and counts. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { parseConnectionString } from "../../src/config/index.js";
import type { SessionLimits } from "../../src/db/index.js";
import type { Contract } from "../../src/model/contract.js";
import { startServer } from "../../src/server.js";
import { type AnswerCheck, createAnswerCheck, TOKEN } from "./http-service.js";

export const INTERVAL_MS = 100;
/** Short, so that a test sees a fault and its end within seconds; long enough for a machine that is busy. */
const LIMITS: SessionLimits = {
  connectTimeoutMs: 2_000,
  statementTimeoutMs: 2_000,
  lockTimeoutMs: 100,
  totalTimeoutMs: 3_000,
};
const PATHS = [
  "/livez",
  "/readyz",
  "/schema/health",
  "/schema/verify",
  "/schema/features",
  "/schema/migrations",
  "/schema/changes",
  "/schema/repair",
  "/metrics",
  "/",
  "/openapi.json",
  "/smoke/runs",
] as const;
/** Answered from memory, whatever the database does. The repair plan is the exception: it is made by asking. */
const FROM_MEMORY = PATHS.filter((path) => path !== "/schema/repair");
const PATIENCE_MS = 45_000;
/** Far more than an answer takes, also on a busy machine, and less than anything that waits for PostgreSQL again and again. */
const LONGEST_ANSWER_MS = 15_000;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface LiveService {
  readonly url: string;
  get(path: string, anonymous?: boolean): Promise<Reply>;
  /** A verification that begins now; its status code. */
  refresh(): Promise<number>;
  /** `503 fail unverified: …`, of /schema/health, with details. */
  health(): Promise<string>;
  /** Waits until the health answer matches. */
  untilHealth(pattern: RegExp): Promise<void>;
  until(what: string, condition: () => Promise<boolean>): Promise<void>;
  /**
   * Status of every route with the token, and what it says in a word; each answer is checked against the OpenAPI document,
   * and anonymous ones for names.
   */
  answers(): Promise<Readonly<Record<string, string>>>;
  /** Value of a metric; labels are part of the name. */
  metric(name: string): Promise<number>;
  /** Waits until so many more verifications have ended. */
  verifications(more: number): Promise<void>;
  /** That everything is answered between the start and the end of one verification: nothing waits for it. */
  answersMeanwhile(): Promise<void>;
  /** Events of the log without requests, since the last call: `verdict unverified`, `verify-failed`. */
  takeEvents(): string[];
  /** Whole text of the log. */
  log(): string;
  stop(): Promise<void>;
}

export interface LiveOptions {
  readonly databaseUrl: string;
  readonly contract: Contract;
  readonly limits?: Partial<SessionLimits>;
  /** Verifies once, and then only when a test asks for it. */
  readonly onDemand?: boolean;
  /** What no anonymous answer may hold: names, hosts, reasons. */
  readonly hidden: RegExp;
}

const DAY_MS = 86_400_000;

export async function startLiveService(options: LiveOptions): Promise<LiveService> {
  const { databaseUrl, contract, limits, hidden, onDemand = false } = options;
  const controller = new AbortController();
  const lines: string[] = [];
  let done: Promise<void> = Promise.resolve();
  const url = await new Promise<string>((resolve, reject) => {
    done = startServer({
      host: "127.0.0.1",
      port: 0,
      contract,
      connection: parseConnectionString(databaseUrl),
      limits: { ...LIMITS, ...limits },
      refreshIntervalMs: onDemand ? DAY_MS : INTERVAL_MS,
      maxStaleMs: onDemand ? DAY_MS : 60_000,
      token: TOKEN,
      logLevel: "info",
      signal: controller.signal,
      logDestination: { write: (line: string) => void lines.push(line) },
      onListening: (address) => resolve(address.url),
    });
    done.catch(reject);
  });
  const service = new Service(url, lines, hidden);
  return Object.assign(service, {
    stop: async () => {
      controller.abort();
      await done;
    },
  });
}

let answerCheck: Promise<AnswerCheck> | null = null;

class Service implements Omit<LiveService, "stop"> {
  readonly url: string;
  readonly #lines: readonly string[];
  readonly #hidden: RegExp;
  #taken = 0;

  constructor(url: string, lines: readonly string[], hidden: RegExp) {
    this.url = url;
    this.#lines = lines;
    this.#hidden = hidden;
  }

  async get(path: string, anonymous = false): Promise<Reply> {
    const accept = path === "/" ? "text/html" : "*/*";
    const headers = { accept, ...(anonymous ? {} : { authorization: `Bearer ${TOKEN}` }) };
    const response = await fetch(this.url + path, { headers, signal: AbortSignal.timeout(LONGEST_ANSWER_MS) });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  async refresh(): Promise<number> {
    return (await this.get("/schema/verify?refresh=true")).status;
  }

  async health(): Promise<string> {
    const { status, text } = await this.get("/schema/health");
    const body = JSON.parse(text) as { readonly status: string; readonly output?: string };
    return [status, body.status, body.output ?? ""].join(" ").trim();
  }

  untilHealth(pattern: RegExp): Promise<void> {
    return this.until(`/schema/health is ${pattern}`, async () => pattern.test(await this.health()));
  }

  async until(what: string, condition: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      if (await condition()) return;
      await sleep(20);
    }
    throw new Error(`${what}: not within ${PATIENCE_MS} ms, but ${await this.health()}\n${this.log()}`);
  }

  async answers(): Promise<Readonly<Record<string, string>>> {
    answerCheck ??= createAnswerCheck();
    const check = await answerCheck;
    const found: Record<string, string> = {};
    for (const path of PATHS) {
      const reply = await this.get(path);
      expect(check(path, asInjected(reply)), path).toBeNull();
      found[path] = `${reply.status} ${inAWord(path, reply.text)}`.trim();
      const anonymous = await this.get(path, true);
      expect(check(path, asInjected(anonymous)), path).toBeNull();
      if (path !== "/openapi.json") {
        expect(this.#hidden.exec(anonymous.text)?.[0], `${path} to somebody without the token`).toBeUndefined();
      }
    }
    return found;
  }

  async metric(name: string): Promise<number> {
    const { text } = await this.get("/metrics");
    const line = text.split("\n").find((each) => each.startsWith(`${name} `));
    if (line === undefined) throw new Error(`no metric ${name} in\n${text}`);
    return Number(line.slice(name.length));
  }

  async verifications(more: number): Promise<void> {
    const runs = (await this.metric("schemaready_verify_runs_total")) + more;
    await this.until(`${more} more verifications`, async () => {
      return (await this.metric("schemaready_verify_runs_total")) >= runs;
    });
  }

  answersMeanwhile(): Promise<void> {
    return this.until("all answers within one verification", async () => {
      const before = await this.metric("schemaready_verify_runs_total");
      await Promise.all(FROM_MEMORY.flatMap((path) => [this.get(path), this.get(path, true)]));
      return (await this.metric("schemaready_verify_runs_total")) === before;
    });
  }

  takeEvents(): string[] {
    const lines = this.#lines.slice(this.#taken).map((line) => JSON.parse(line) as { event: string; to?: string });
    this.#taken = this.#lines.length;
    return lines.filter(({ event }) => event !== "request").map(({ event, to }) => (to ? `${event} ${to}` : event));
  }

  log(): string {
    return this.#lines.join("");
  }
}

/** What a route says besides its status code, as test/faults/table.ts puts it. */
function inAWord(path: string, text: string): string {
  if (path === "/schema/health") return (JSON.parse(text) as { readonly status: string }).status;
  if (path === "/") return /<title>(\w+)/.exec(text)?.[1] ?? "";
  if (path !== "/metrics") return "";
  const status = /^schemaready_status\{status="(\w+)"\} 1$/m.exec(text)?.[1];
  return `${status}, up ${/^schemaready_up (\d)$/m.exec(text)?.[1]}`;
}

function asInjected({ status, headers, text }: Reply) {
  return { statusCode: status, headers: Object.fromEntries(headers), json: () => JSON.parse(text) as unknown };
}
