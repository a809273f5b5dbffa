/** Polls are answered ahead of the framework: nobody must be able to tell. Two services in the same state, one of which has the framework answer everything, are sent the same bytes. */
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { BEARER, createService, type TestService, TOKEN } from "../support/http-service.js";
import { failReport, passReport } from "../support/report-fixtures.js";

const SETTINGS = { seed: Number(process.env["FUZZ_SEED"] ?? 7), numRuns: Number(process.env["FUZZ_RUNS"] ?? 1_000) };
const POLLS = ["/livez", "/readyz", "/schema/health", "/metrics"];

interface Listening extends TestService {
  readonly port: number;
}

async function listen(service: TestService, host = "127.0.0.1"): Promise<Listening> {
  await service.app.listen({ host, port: 0 });
  const address = service.app.server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { ...service, port: address.port };
}

/** Sends, says that nothing more will come, and reads to the end. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", reject).on("close", () => resolve(text));
  });
}

const request = (path: string, headers = "") => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n`;
const closeAll = (services: readonly TestService[]) => Promise.all(services.map(({ app }) => app.close()));

describe("the framework or not", () => {
  const pairs: { readonly polled: Listening; readonly framework: Listening }[] = [];

  beforeAll(async () => {
    const states: readonly ((service: TestService) => Promise<void> | void)[] = [
      () => {},
      ({ give }) => give(passReport()),
      ({ give }) => give(failReport()),
      ({ give, readiness }) => give(passReport()).then(() => readiness.drain()),
    ];
    for (const prepare of states) {
      for (const options of [{ token: TOKEN, host: "0.0.0.0" }, {}]) {
        const [polled, framework] = [await createService(options), await createService(options)];
        framework.app.server.removeAllListeners("request").on("request", framework.app.routing);
        for (const service of [polled, framework]) await prepare(service);
        pairs.push({ polled: await listen(polled), framework: await listen(framework) });
      }
    }
  });
  afterAll(() => closeAll(pairs.flatMap(({ polled, framework }) => [polled, framework])));

  const text = fc.string({ unit: "grapheme-ascii", maxLength: 12 }).map((all) => all.replaceAll(/[^!-~]/g, "."));
  const path = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...POLLS) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...POLLS), text).map(([known, query]) => `${known}?${query}`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom("", "/", "//", "/.", "#", "%", "%20", "?", ";", "?feature=login", "?feature=x"),
          fc.boolean(),
        )
        .chain(([end, upper]) => fc.constantFrom(...POLLS).map((known) => (upper ? known.toUpperCase() : known) + end)),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...["http://localhost/livez", "//livez", "/%6civez", "/schema//health", "*", "/schema", "/constructor"],
      ),
    },
  );
  const header = fc
    .oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          ...[
            "*/*",
            "text/plain",
            "application/json",
            "application/json, text/plain, */*",
            "text/html",
            "x/y",
            "*/*;q=0",
          ],
        ),
      },
      { weight: 1, arbitrary: text },
    )
    .map((value) => `accept: ${value}\r\n`);
  const other = fc.constantFrom(
    `authorization: ${BEARER.authorization}\r\n`,
    "authorization: Bearer nonsense\r\n",
    `authorization: Basic ${Buffer.from(`a:${TOKEN}`).toString("base64")}\r\n`,
    ...["connection: close\r\n", "connection: keep-alive\r\n", "connection: upgrade\r\nupgrade: websocket\r\n"],
    ...[
      "expect: 100-continue\r\n",
      "expect: nonsense\r\n",
      "accept-version: 2.x\r\n",
      "origin: https://evil.example\r\n",
    ],
    ...["x-forwarded-for: 1.2.3.4\r\n", "if-none-match: *\r\n", "range: bytes=0-1\r\n", "accept-encoding: gzip\r\n"],
    ...["content-length: 2\r\n", "content-type: application/json\r\n", "transfer-encoding: chunked\r\n", "x: \xe9\r\n"],
  );
  const generated = fc.record({
    method: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom("GET", "HEAD") },
      { weight: 1, arbitrary: fc.constantFrom("OPTIONS", "POST", "PUT", "DELETE", "TRACE", "get", "QUERY") },
    ),
    path,
    version: fc.constantFrom("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0"),
    headers: fc.array(fc.oneof(header, other), { maxLength: 4 }),
    host: fc.constantFrom("host: localhost\r\n", "host: evil.example\r\n", ""),
    body: fc.constantFrom("", "", "{}", "2\r\n{}\r\n0\r\n\r\n"),
    pair: fc.nat(7),
  });

  it("the answer is the same, byte for byte", async () => {
    let polls = 0;
    await fc.assert(
      fc.asyncProperty(generated, async ({ method, path, version, headers, host, body, pair }) => {
        const { polled, framework } = at(pairs, pair);
        const bytes = `${method} ${path} ${version}\r\n${host}${headers.join("")}\r\n${body}`;
        const [first, second] = [await exchange(polled.port, bytes), await exchange(framework.port, bytes)];
        expect(comparable(first)).toEqual(comparable(second));
        if (POLLS.includes(path) && /^HTTP\/1\.1 (200|503)/.test(first)) polls += 1;
      }),
      SETTINGS,
    );
    expect(polls).toBeGreaterThan(SETTINGS.numRuns / 10);
  }, 120_000);

  it("and so is what is counted and logged", async () => {
    for (const { polled, framework } of pairs) {
      const [first, second] = await Promise.all([polled, framework].map(countsOf));
      expect(first).toEqual(second);
      expect(polled.logLines.map(event)).toEqual(framework.logLines.map(event));
    }
  });
});

function at<T>(all: readonly T[], index: number): T {
  const found = all[index];
  if (found === undefined) throw new Error(`no ${index}`);
  return found;
}

/** Without what is never the same: the time, the id of a request, what the process has used. */
function comparable(answers: string): string {
  const changing = /^content-type: .*(?:problem|version=)/m.test(answers);
  const text = changing ? answers.replaceAll(/^content-length: \d+\r\n/gm, "") : answers;
  return text
    .replaceAll(/^Date: .*\r\n/gm, "")
    .replaceAll(/"requestId":"[^"]*"/g, "")
    .replaceAll(/^(process_\w+) [\d.e+-]+$/gm, "$1");
}

async function countsOf({ app }: TestService): Promise<readonly string[]> {
  const { body } = await app.inject("/metrics");
  return body.split("\n").filter((line) => line.startsWith("schemaready_http_requests_total{"));
}

function event(line: string): readonly unknown[] {
  const { event, method, path, status } = JSON.parse(line) as Record<string, unknown>;
  return [event, method, path, status];
}

describe("a poll", () => {
  it("does not reach the framework; anything else on its route does", async () => {
    const service = await listen(await createService());
    const routing = vi.spyOn(service.app, "routing");
    for (const path of POLLS) expect(await exchange(service.port, request(path))).toMatch(/^HTTP\/1\.1 (200|503) /);
    expect(routing).not.toHaveBeenCalled();
    for (const path of POLLS) await exchange(service.port, request(`${path}?x=1`));
    expect(routing).toHaveBeenCalledTimes(POLLS.length);
    await service.app.close();
  });

  it("that breaks is answered and logged like any request, and the service goes on", async () => {
    const service = await listen(await createService());
    const broken = vi.spyOn(service.refresher, "current").mockImplementation(() => {
      throw new Error("a bug");
    });
    expect(await exchange(service.port, request("/schema/health"))).toMatch(/^HTTP\/1\.1 500 [\s\S]*"code":"INTERNAL"/);
    expect(service.logLines.join("")).toContain('"event":"error"');
    broken.mockRestore();
    expect(await exchange(service.port, request("/schema/health"))).toMatch(/^HTTP\/1\.1 503 /);
    await service.app.close();
  });

  it("is a line in the log of those who debug", async () => {
    const service = await listen(await createService({ logLevel: "debug" }));
    await exchange(service.port, request("/livez"));
    expect(service.logLines.map(event)).toContainEqual(["request", "GET", "/livez", 200]);
    await service.app.close();
  });

  it("that arrives while the service closes is answered, and told to close its connection", async () => {
    const service = await listen(await createService());
    const socket = connect(service.port, "127.0.0.1").setEncoding("latin1");
    const answers: string[] = [];
    socket.on("data", (text) => void answers.push(String(text)));
    const ended = new Promise((resolve) => socket.on("close", resolve));
    socket.write(request("/livez") + request("/livez").slice(0, -2));
    while (answers.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = service.app.close();
    socket.write("\r\n");
    await ended;
    await closed;
    expect(answers[0]).toMatch(/Connection: keep-alive/);
    expect(answers[1]).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*connection: close/i);
  });
});
