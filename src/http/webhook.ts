/**
 * Tells somebody about changes of the verdict, and of nothing else. One message is under way at a time; what changes
 * meanwhile is told together, as the way from the last verdict that was told to the newest.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Webhook } from "../config/index.js";
import type { Report, Verdict } from "../model/report.js";
import { type ChangeRecord, recordOf } from "./changes.js";
import type { EventLogger } from "./log.js";
import type { Refresher, VerdictChange } from "./refresher.js";

export interface WebhookOptions {
  readonly webhook: Webhook;
  readonly refresher: Refresher;
  readonly logger: EventLogger;
  /** Of schemaready. */
  readonly version: string;
  /** Milliseconds between the attempts for one message; their number is that of attempts but one. */
  readonly delaysMs?: readonly number[];
}

export interface Notifier {
  /** Ends: what is not delivered yet gets one more attempt. */
  stop(): Promise<void>;
}

/** Half a minute in all: a message that is older says less than the next one. */
const DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const TIMEOUT_MS = 5_000;
const LAST_ATTEMPT_MS = 2_000;
const MOST_MESSAGES = 10;

export function startWebhook(options: WebhookOptions): Notifier {
  return new WebhookNotifier(options);
}

class WebhookNotifier implements Notifier {
  readonly #options: Required<WebhookOptions>;
  readonly #unsubscribe: () => void;
  readonly #stop = new AbortController();
  #waiting: VerdictChange | null = null;
  #delivering: Promise<void> | null = null;

  constructor(options: WebhookOptions) {
    this.#options = { delaysMs: DELAYS_MS, ...options };
    this.#unsubscribe = options.refresher.onChange((change) => this.#note(change));
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#stop.abort();
    await this.#delivering;
  }

  /** That everything is fine when the service starts is no news. */
  #note(change: VerdictChange): void {
    if (change.from === null && change.to === "pass") return;
    this.#waiting = { ...change, from: this.#waiting?.from ?? change.from };
    this.#delivering ??= this.#deliverAll().finally(() => {
      this.#delivering = null;
    });
  }

  async #deliverAll(): Promise<void> {
    for (let change = this.#waiting; change !== null; change = this.#waiting) {
      this.#waiting = null;
      // Back to where it was before anybody was told.
      if (change.from === change.to && !isSameNews(change)) continue;
      await this.#deliver(change);
    }
  }

  async #deliver(change: VerdictChange): Promise<void> {
    const { delaysMs, logger } = this.#options;
    const failures: string[] = [];
    for (let attempt = 0; attempt <= delaysMs.length; attempt++) {
      const failure = await this.#post(change);
      if (failure === null) return logger.info({ event: "webhook", to: change.to, attempts: attempt + 1 }, "told");
      failures.push(failure);
      if (this.#stop.signal.aborted) break;
      await sleep(delaysMs[attempt] ?? 0, undefined, { signal: this.#stop.signal }).catch(() => {});
    }
    const fields = { event: "webhook-failed", to: change.to, attempts: failures.length, failure: failures.at(-1) };
    logger.warn(fields, "nobody could be told of the change");
  }

  /** @returns why it was not accepted; null: it was. Never the address, which is a secret. */
  async #post(change: VerdictChange): Promise<string | null> {
    const { webhook, version } = this.#options;
    const message = messageOf(change, version);
    const body = webhook.format === "slack" ? { text: slackText(message) } : message;
    try {
      const response = await fetch(webhook.url, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": `schemaready/${version}` },
        body: JSON.stringify(body),
        redirect: "error",
        signal: AbortSignal.timeout(this.#stop.signal.aborted ? LAST_ATTEMPT_MS : TIMEOUT_MS),
      });
      await response.body?.cancel();
      return response.ok ? null : `status ${response.status}`;
    } catch (error) {
      return reasonOf(error);
    }
  }
}

/** A change from fail to fail is news when other gaps are behind it. */
function isSameNews({ to }: VerdictChange): boolean {
  return to === "fail" || to === "warn";
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.name : "it failed";
}

export interface WebhookMessage extends ChangeRecord {
  readonly event: "verdict";
  readonly tool: { readonly name: "schemaready"; readonly version: string };
  readonly database: string | null;
  readonly features: readonly { readonly id: string; readonly title: string; readonly status: string }[];
  readonly gaps: number;
  /** The first few. */
  readonly messages: readonly string[];
  readonly causes: readonly string[];
}

function messageOf(change: VerdictChange, version: string): WebhookMessage {
  const { report } = change.current;
  return {
    event: "verdict",
    ...recordOf(change),
    tool: { name: "schemaready", version },
    database: report?.target.database ?? null,
    features: featuresOf(report),
    gaps: report?.gaps.length ?? 0,
    messages: (report?.gaps ?? []).slice(0, MOST_MESSAGES).map(({ message }) => message),
    causes: (report?.causes ?? []).slice(0, MOST_MESSAGES).map(({ message }) => message),
  };
}

function featuresOf(report: Report | null): WebhookMessage["features"] {
  const felt = (report?.features ?? []).filter(({ status }) => status !== "working");
  return felt.map(({ id, title, status }) => ({ id, title, status }));
}

const SIGNS: Readonly<Record<Verdict, string>> = {
  pass: ":white_check_mark:",
  warn: ":warning:",
  fail: ":red_circle:",
  unverified: ":grey_question:",
};

/** Slack's own escapes; a name of the database must not mention a channel. https://docs.slack.dev/messaging/formatting-message-text */
function slackText(message: WebhookMessage): string {
  const { from, to, summary, database, features, messages, causes } = message;
  const head = `${SIGNS[to]} *schema ${to}*${from === null ? "" : ` (was ${from})`}${database === null ? "" : ` in ${database}`}${summary === null ? "" : `: ${summary}`}`;
  const lines = [
    head,
    ...features.map(({ title, status }) => `• ${title}: ${status}`),
    ...causes.map((cause) => `why: ${cause}`),
    ...messages.map((each) => `– ${each}`),
  ];
  return lines.join("\n").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
