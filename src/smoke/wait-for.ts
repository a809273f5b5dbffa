/** Waiting for the application before the first step: until an address answers with 2xx, or the time is over. */
import { randomUUID } from "node:crypto";
import { createRedactor, type WaitFor } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import { isSuccess } from "./assertions.js";
import { createHttpClient, type Exchange, standardHeaders } from "./http.js";
import { knownSecrets } from "./known-secrets.js";
import { planRun } from "./plan.js";
import { presentLine } from "./record.js";
import { resolveOnOrigin } from "./request.js";
import type { SmokeInput } from "./run.js";
import { sleep } from "./wait.js";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** One request: a load balancer that holds it open must not use up the whole time. */
const REQUEST_MS = 5_000;
/** The last one begins when the time is over at the latest, and its answer is still worth waiting for. */
const LAST_REQUEST_MS = 1_000;

const ASK = { method: "GET", body: null, redirects: 0, retries: 0 } as const;

export interface WaitInput extends SmokeInput {
  readonly waitFor: readonly WaitFor[];
  /** A line whenever what is answered has changed. */
  readonly onWait: (line: string) => void;
}

/**
 * Asks each address, one after the other. A path is asked at every application that has chosen flows. Returns when the
 * signal aborts, too.
 * @throws SchemareadyError NOT_READY when the time of one of them is over; SMOKE_SETUP as runSmoke
 */
export async function waitForApplication(input: WaitInput): Promise<void> {
  const redactor = createRedactor();
  for (const secret of knownSecrets({ ...input, secrets: input.secrets ?? [] })) redactor.add(secret);
  // A run that cannot start is told before anything is waited for, and before the schema is looked at.
  const bases = basesOf(input, redactor);
  if (input.waitFor.length === 0) return;
  const show = (text: string) => presentLine(text, redactor);
  const client = await createHttpClient(input.http);
  const signal = input.signal ?? new AbortController().signal;
  const ask = (url: URL, timeoutMs: number) =>
    client.send({ ...ASK, url, headers: standardHeaders("wait"), timeoutMs }, signal);
  try {
    for (const { url, timeoutMs } of input.waitFor) {
      for (const address of addressesOf(url, bases)) {
        await waitUntil(address, { timeoutMs, signal, ask, show, onWait: input.onWait });
      }
    }
  } finally {
    await client.close();
  }
}

function basesOf(input: WaitInput, redactor: ReturnType<typeof createRedactor>): URL[] {
  const { suites, baseUrl, only = null, tags = null, allowOrigins, command } = input;
  const { env, now = () => new Date(), uuid = randomUUID } = input;
  const facts = { runId: "wait", env, now, uuid };
  const plan = planRun({ suites, baseUrl, only, tags, facts, allowOrigins, command }, redactor);
  return [...new Map(plan.map(({ base }) => [base.href, base])).values()];
}

function addressesOf(url: string, bases: readonly URL[]): URL[] {
  return url.startsWith("/") ? bases.flatMap((base) => resolveOnOrigin(url, base) ?? []) : [new URL(url)];
}

interface Waiting {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly ask: (url: URL, timeoutMs: number) => Promise<Exchange>;
  readonly show: (text: string) => string;
  readonly onWait: (line: string) => void;
}

async function waitUntil(url: URL, { timeoutMs, signal, ask, show, onWait }: Waiting): Promise<void> {
  const end = performance.now() + timeoutMs;
  let told = "";
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const exchange = await ask(
      url,
      Math.max(LAST_REQUEST_MS, Math.min(REQUEST_MS, Math.ceil(end - performance.now()))),
    );
    if (isSuccess(exchange.status) || signal.aborted) return;
    const answer = show(exchange.failure ?? `answered ${exchange.status}`);
    const remaining = end - performance.now();
    if (remaining <= 0) {
      const message = `${show(url.href)} did not answer with 2xx within ${timeoutMs / 1000} s; last: ${answer}.`;
      throw new SchemareadyError("NOT_READY", message);
    }
    if (answer !== told) onWait(`waiting for ${show(url.href)}: ${answer}; ${Math.ceil(remaining / 1000)} s left`);
    told = answer;
    await sleep(Math.min(pause, remaining), signal);
  }
}
