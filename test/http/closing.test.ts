/** Shutting down with connections open: each kind of client that a service finds on its last day, and nothing is left. */
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type AppServer, startApp } from "../support/app-server.js";
import { application, column, contractOf, relation } from "../support/builders.js";
import { flow, step, suite } from "../support/flows.js";
import { createTestDatabase, type TestDatabase, type TestRole } from "../support/postgres.js";
import { eventsIn, SERVICE_TOKEN, type Started, startService, statusOf, until } from "../support/started-server.js";

const CONTRACT = contractOf(application({ relations: [relation("users", [column("id")])] }));
const AUTHORIZED = `host: x\r\nauthorization: Bearer ${SERVICE_TOKEN}\r\n`;
/** Far longer than the tests may take: what ends before has not waited for connections to be cut. */
const LONG_MS = 600_000;

let database: TestDatabase;
let role: TestRole;
let app: AppServer;
let service: Started;
let sockets: Socket[] = [];

beforeAll(async () => {
  database = await createTestDatabase("closing");
  await database.sql("create table users (id text not null)");
  role = await database.createRole({ grants: "grant select, insert, update, delete on users to ROLE" });
  app = await startApp({ "GET /hold": () => new Promise(() => {}) });
});
afterAll(() => Promise.all([database.drop(), app.close()]));
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  service.stop();
  await service.done;
});

async function start(closeTimeoutMs: number): Promise<void> {
  const flows = { suites: [suite([flow("holding", [step("hold", "GET /hold")])])], baseUrl: app.url, env: {} };
  service = await startService({
    ...{ contract: CONTRACT, databaseUrl: role.url, closeTimeoutMs, drainDelayMs: () => 50 },
    smoke: { ...flows, connection: null, directory: "" },
  });
  await until(async () => (await statusOf(`${service.url}/readyz`)) === 200);
}

interface Client {
  readonly socket: Socket;
  /** What has come so far. */
  text(): string;
  /** Resolves when the service has hung up. */
  readonly closed: Promise<void>;
}

async function open(bytes: string, { reads = true } = {}): Promise<Client> {
  const socket = connect(service.port, "127.0.0.1");
  sockets.push(socket);
  let text = "";
  const keep = (chunk: string) => {
    text += chunk;
  };
  if (reads) socket.setEncoding("latin1").on("data", keep);
  const closed = new Promise<void>((resolve) => socket.on("error", () => {}).on("close", () => resolve()));
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  socket.write(bytes);
  return { socket, text: () => text, closed };
}

const answersIn = (client: Client) => client.text().match(/^HTTP\/1\.1 \d+/gm) ?? [];
const has = (client: Client, count: number) => until(async () => answersIn(client).length >= count);

async function expectStopped(): Promise<void> {
  service.stop();
  await service.done;
  expect(eventsIn(service.lines).at(-1)).toBe("stop");
  await expect(fetch(`${service.url}/livez`)).rejects.toThrow();
  const sql = "select 1 from pg_stat_activity where application_name = 'schemaready' and datname = current_database()";
  expect(await database.query(sql)).toEqual([]);
}

describe("closing waits for nobody", () => {
  it("who keeps a connection open and asks nothing", async () => {
    await start(LONG_MS);
    const idle = await Promise.all(Array.from({ length: 20 }, () => open("GET /livez HTTP/1.1\r\nhost: x\r\n\r\n")));
    const silent = await open("");
    await Promise.all(idle.map((client) => has(client, 1)));
    await expectStopped();
    await Promise.all([...idle, silent].map(({ closed }) => closed));
  });

  it("who asks again and again over one connection, as an open status page and load balancers do", async () => {
    await start(LONG_MS);
    const statuses: number[] = [];
    const stop = new AbortController();
    const asking = Promise.all(
      ["/readyz", "/schema/health", "/", "/metrics"].map(async (path) => {
        while (!stop.signal.aborted) {
          const response = await fetch(service.url + path).catch(() => null);
          if (response === null) return;
          statuses.push(response.status);
          await response.arrayBuffer();
        }
      }),
    );
    await until(async () => statuses.length > 20);
    await expectStopped();
    stop.abort();
    await asking;
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });

  it("who follows a smoke run: the run is stopped, and the stream has its end", async () => {
    await start(LONG_MS);
    const run = await fetch(`${service.url}/smoke/runs`, {
      method: "POST",
      headers: { authorization: `Bearer ${SERVICE_TOKEN}` },
    });
    const { id } = (await run.json()) as { id: string };
    const follower = await open(`GET /smoke/runs/${id} HTTP/1.1\r\n${AUTHORIZED}accept: text/event-stream\r\n\r\n`);
    await until(async () => follower.text().includes("event: step-start"));
    await expectStopped();
    await follower.closed;
    expect(follower.text()).toContain("event: run-end");
    expect(follower.text().endsWith("\r\n0\r\n\r\n")).toBe(true);
  });
});

describe("closing cuts off in bounded time", () => {
  it.each([
    ["half a request line", "GET /liv"],
    ["half its headers", "GET /livez HTTP/1.1\r\nhost: x\r\nacc"],
    [
      "half its body",
      `POST /smoke/runs HTTP/1.1\r\n${AUTHORIZED}content-type: application/json\r\ncontent-length: 99\r\n\r\n{"on`,
    ],
  ])("who has sent %s", async (_what, bytes) => {
    await start(300);
    const half = await open(bytes);
    await sleep(100);
    await expectStopped();
    await half.closed;
  });

  it("who does not read what it asked for", async () => {
    await start(300);
    // More than the buffers of both sides hold.
    const request = "GET /docs/static/swagger-ui-bundle.js HTTP/1.1\r\nhost: x\r\n\r\n";
    const slow = await open(request.repeat(30), { reads: false });
    await until(async () => slow.socket.bytesWritten > 0);
    await sleep(300);
    await expectStopped();
    slow.socket.resume();
    await slow.closed;
    expect(slow.socket.bytesRead).toBeLessThan(30 * 1024 ** 2);
  });
});
