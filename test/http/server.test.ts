/** The process entry: listening, what the log says, and shutting down in order and in bounded time. */
import { createServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import { startServer } from "../../src/server.js";
import { application, column, contractOf, relation } from "../support/builders.js";
import { createTestDatabase, type TestDatabase, type TestRole } from "../support/postgres.js";
import { eventsIn, SERVICE_TOKEN, startService, statusOf, until } from "../support/started-server.js";

const CONTRACT = contractOf(application({ relations: [relation("users", [column("id")])] }));

let database: TestDatabase;
let role: TestRole;

beforeAll(async () => {
  database = await createTestDatabase("server");
  await database.sql("create table users (id text not null)");
  role = await database.createRole({ grants: "grant select, insert, update, delete on users to ROLE" });
});
afterAll(() => database.drop());

const start = (options: Partial<Parameters<typeof startService>[0]> = {}) =>
  startService({ contract: CONTRACT, databaseUrl: role.url, ...options });

describe("startServer", () => {
  it("serves, drains when told to stop, and resolves when everything is closed", async () => {
    const { url, done, lines, stop } = await start({ drainDelayMs: () => 400 });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await statusOf(`${url}/livez`)).toBe(200);
    await until(async () => (await statusOf(`${url}/readyz`)) === 200);
    expect(await statusOf(`${url}/schema/health`)).toBe(200);
    expect(await statusOf(`${url}/schema/verify`)).toBe(401);

    stop();
    expect(await statusOf(`${url}/readyz`)).toBe(503);
    expect(await statusOf(`${url}/schema/health`)).toBe(200);
    await done;
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
    const log = lines.join("");
    expect(eventsIn(lines)).toEqual(["start", "verdict", "drain", "stop"]);
    expect(log).not.toContain(SERVICE_TOKEN);
    expect(log).not.toContain(new URL(role.url).password);
    const left = await database.query(
      "select 1 from pg_stat_activity where application_name = 'schemaready' and datname = current_database()",
    );
    expect(left).toEqual([]);
  });

  it("starts without a database, says so, and serves", async () => {
    const { url, done, lines, stop } = await start({ databaseUrl: "postgresql://app:hunter2hunter2@127.0.0.1:9/app" });
    await until(async () => (await statusOf(`${url}/readyz`)) === 200);
    expect(await statusOf(`${url}/livez`)).toBe(200);
    const health = await fetch(`${url}/schema/health`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      status: "fail",
      output: "unverified: the database could not be asked",
    });
    stop();
    await done;
    expect(lines.join("")).toContain("ECONNREFUSED");
    expect(lines.join("")).not.toContain("hunter2");
  });

  it("stops in bounded time although a verification hangs and a caller waits for it", async () => {
    const silent = await listenSilently();
    const { url, done, stop } = await start({
      databaseUrl: `postgresql://app@127.0.0.1:${silent.port}/app?sslmode=disable`,
      closeTimeoutMs: 500,
    });
    const waiting = fetch(`${url}/schema/verify?refresh=true`, {
      headers: { authorization: `Bearer ${SERVICE_TOKEN}` },
    });
    await sleep(100);
    expect(await statusOf(`${url}/livez`)).toBe(200);
    const began = performance.now();
    stop();
    const response = await waiting;
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: "VERIFICATION_FAILED" });
    await done;
    expect(performance.now() - began).toBeLessThan(2_000);
    silent.close();
  });

  it("says in words that the port is taken, and leaves nothing running", async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    const second = start({ port });
    await expect(second).rejects.toMatchObject({
      name: "SchemareadyError",
      code: "PORT_UNAVAILABLE",
      message: `Cannot listen on 127.0.0.1:${port} (EADDRINUSE).`,
    });
    expect(await statusOf(`${first.url}/livez`)).toBe(200);
    first.stop();
    await first.done;
  });

  it.each(["203.0.113.1", "no-such-host.invalid"])("says in words that it cannot listen on %s", async (host) => {
    await expect(start({ host })).rejects.toMatchObject({ code: "PORT_UNAVAILABLE" });
  });

  it("does nothing much when it is told to stop before it begins", async () => {
    const lines: string[] = [];
    await startServer({
      host: "127.0.0.1",
      port: 0,
      contract: CONTRACT,
      connection: parseConnectionString(role.url),
      limits: DEFAULT_LIMITS,
      refreshIntervalMs: 1_000,
      maxStaleMs: 60_000,
      token: null,
      logLevel: "info",
      signal: AbortSignal.abort(),
      logDestination: { write: (line: string) => void lines.push(line) },
    });
    expect(eventsIn(lines).at(-1)).toBe("stop");
  });
});

/** Takes connections and says nothing: a server that is frozen. */
async function listenSilently(): Promise<{ readonly port: number; close(): void }> {
  const server: Server = createServer((socket) => void socket.on("error", () => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, close: () => void server.close() };
}
