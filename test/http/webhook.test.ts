/** What a receiver of webhooks gets: a real HTTP server, and a service whose verdict the test decides. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Notifier, startWebhook } from "../../src/http/index.js";
import type { WebhookMessage } from "../../src/http/webhook.js";
import { createService, type TestService } from "../support/http-service.js";
import { failReport, passReport, reportWith, unreachableReport } from "../support/report-fixtures.js";

let server: Server;
let url: string;
let received: (WebhookMessage & { text?: string })[];
/** Status codes of the next answers; 204 when there are none left. */
let answers: number[];

beforeAll(async () => {
  server = createServer(
    (request, response) => void take(request).then(() => response.writeHead(answers.shift() ?? 204).end()),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/S3CRET`;
});
afterAll(() => void server.close());
beforeEach(() => {
  received = [];
  answers = [];
});

async function take(request: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  received.push(JSON.parse(Buffer.concat(chunks).toString()) as WebhookMessage);
}

interface Told {
  readonly service: TestService;
  readonly notifier: Notifier;
  readonly lines: string[];
}

async function told(format: "json" | "slack" = "json", address = url): Promise<Told> {
  const service = await createService();
  const lines: string[] = [];
  const log = (fields: object) => void lines.push(JSON.stringify(fields));
  const logger = { info: log, warn: log, error: log };
  const webhook = { url: address, format };
  const notifier = startWebhook({
    webhook,
    refresher: service.refresher,
    logger,
    version: "0.1.0",
    delaysMs: [1, 1, 1],
  });
  return { service, notifier, lines };
}

async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 500 && !condition(); round++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

describe("a webhook", () => {
  it("is told of changes only, with what is broken and why", async () => {
    const { service, notifier } = await told();
    await service.give(passReport());
    await service.give(passReport());
    await service.give(failReport());
    await until(() => received.length === 1);
    await service.give(failReport());
    await service.give(passReport());
    await until(() => received.length === 2);
    expect(received[0]).toMatchObject({
      ...{ event: "verdict", from: "pass", to: "fail", database: "app", gaps: 4 },
      summary: expect.stringContaining("broken"),
      tool: { name: "schemaready", version: "0.1.0" },
    });
    expect(received[0]?.features.map(({ status }) => status)).toContain("broken");
    expect(received[0]?.causes.length).toBeGreaterThan(0);
    expect(received[1]).toMatchObject({ from: "fail", to: "pass", gaps: 0, summary: null });
    await notifier.stop();
  });

  it("speaks Slack's language, and mentions nobody because of a name", async () => {
    const { service, notifier } = await told("slack");
    const report = failReport();
    const gaps = report.gaps.map((gap) => ({ ...gap, message: "Column <!channel> & <b> is missing." }));
    await service.give({ ...report, gaps });
    await until(() => received.length === 1);
    expect(received[0]?.text).toMatch(/^:red_circle: \*schema fail\* in app: /);
    expect(received[0]?.text).toContain("&lt;!channel&gt; &amp; &lt;b&gt;");
    expect(received[0]?.text).not.toContain("<");
    await notifier.stop();
  });

  it("is told again when it did not accept, and of the newest state when much has changed meanwhile", async () => {
    const { service, notifier, lines } = await told();
    await service.give(passReport());
    answers = [500, 429];
    await service.give(failReport());
    await service.give(reportWith({ verdict: "warn" }));
    await service.give(passReport());
    await service.give(failReport());
    await until(() => lines.filter((line) => line.includes('"webhook"')).length === 2);
    // Three attempts for the first message, and one for all that came while it was under way.
    expect(received.map(({ from, to }) => [from, to])).toEqual([
      ["pass", "fail"],
      ["pass", "fail"],
      ["pass", "fail"],
      ["fail", "fail"],
    ]);
    await notifier.stop();
  });

  it("that cannot be told is a line in the log, without its address", async () => {
    const { service, notifier, lines } = await told("json", "http://127.0.0.1:2/S3CRET");
    await service.give(failReport());
    await until(() => lines.some((line) => line.includes("webhook-failed")));
    expect(lines.join("")).toContain('"failure":"ECONNREFUSED"');
    expect(lines.join("")).not.toContain("S3CRET");
    await notifier.stop();
  });

  it("does not follow redirects", async () => {
    const { service, notifier, lines } = await told();
    answers = [302, 302, 302, 302];
    await service.give(failReport());
    await until(() => lines.some((line) => line.includes("webhook-failed")));
    await notifier.stop();
  });

  it("gets what is under way when the service stops, in bounded time", async () => {
    const { service, notifier } = await told();
    answers = [500];
    await service.give(unreachableReport());
    await notifier.stop();
    expect(received.length).toBeGreaterThan(0);
    await service.give(passReport());
    expect(received.every(({ to }) => to === "unverified")).toBe(true);
  });
});

it("lists the changes of the verdict, the newest first", async () => {
  const { app, give } = await createService();
  await give(passReport());
  await give(failReport());
  await give(failReport());
  await give(passReport());
  const { total, changes } = (await app.inject("/schema/changes")).json() as {
    total: number;
    changes: { from: string; to: string }[];
  };
  expect(total).toBe(3);
  expect(changes.map(({ from, to }) => [from, to])).toEqual([
    ["fail", "pass"],
    ["pass", "fail"],
    [null, "pass"],
  ]);
});

it("keeps a hundred changes and counts the others", async () => {
  const { app, give } = await createService();
  for (let round = 0; round < 110; round++) await give(round % 2 === 0 ? passReport() : failReport());
  const { total, changes } = (await app.inject("/schema/changes")).json() as { total: number; changes: unknown[] };
  expect([total, changes.length]).toEqual([110, 100]);
});

it("begins no more than 60 verifications a minute for callers, and says when to come again", async () => {
  const { app, give } = await createService();
  await give(passReport());
  for (let round = 0; round < 60; round++) {
    expect((await app.inject("/schema/verify?refresh=true")).statusCode).toBe(200);
  }
  const refused = await app.inject("/schema/verify?refresh=true");
  expect(refused.statusCode).toBe(429);
  expect(refused.headers["content-type"]).toBe("application/problem+json");
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect(refused.json()).toMatchObject({ code: "TOO_MANY_REQUESTS", status: 429 });
  expect((await app.inject("/schema/verify")).statusCode).toBe(200);
  expect((await app.inject("/schema/health")).statusCode).toBe(200);
});
