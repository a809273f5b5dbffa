/** The service over the real pipeline and a real PostgreSQL: what a monitor sees while the schema breaks and heals. */
import { connect, createServer, type Server, type Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConnectionSettings, parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import {
  buildApp,
  createLogger,
  createPlans,
  createReadiness,
  createRefresher,
  type Refresher,
} from "../../src/http/index.js";
import type { Contract } from "../../src/model/contract.js";
import { startPostmaster } from "../../src/scratch/index.js";
import { verify } from "../../src/verify.js";
import { application, column, contractOf, feature, relation, use } from "../support/builders.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";

const CONTRACT: Contract = contractOf(
  application({
    relations: [relation("avatar_generations", [column("id"), column("projectId", { position: 2 })])],
    features: [
      feature(
        "generate-avatar",
        [use("avatar_generations", { select: ["id", "projectId"], insert: ["id", "projectId"] })],
        { endpoints: ["POST /api/projects/{projectId}/avatars"] },
      ),
    ],
  }),
);
const TABLE = 'create table avatar_generations (id text not null, "projectId" text not null)';

interface Service {
  readonly app: FastifyInstance;
  readonly refresher: Refresher;
  /** Status code of /schema/health, its `status` and its `output`. */
  health(): Promise<readonly [number, string, string | undefined]>;
}

async function serviceOn(connection: ConnectionSettings): Promise<Service> {
  const logger = createLogger({ level: "silent", secrets: [] });
  const refresher = createRefresher({
    verify: () => verify({ contract: CONTRACT, connection, limits: { ...DEFAULT_LIMITS, connectTimeoutMs: 2_000 } }),
    intervalMs: 60_000,
    maxStaleMs: 300_000,
    logger,
  });
  const readiness = createReadiness(refresher);
  const plans = createPlans({ plan: async (report) => report, logger });
  const options = { refresher, readiness, plans, version: "0.1.0", token: null, host: "127.0.0.1", intervalMs: 60_000 };
  const app = await buildApp({ ...options, logger });
  return {
    app,
    refresher,
    health: async () => {
      const response = await app.inject({ url: "/schema/health" });
      const { status, output } = response.json() as { status: string; output?: string };
      return [response.statusCode, status, output];
    },
  };
}

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase("pipeline");
  await database.sql(TABLE);
});
afterAll(() => database.drop());

describe("a gap", () => {
  it("turns health to 503 with the endpoint it breaks, and its end turns it to 200", async () => {
    const { app, refresher, health } = await serviceOn(parseConnectionString(database.url));
    await refresher.refresh();
    expect(await health()).toEqual([200, "pass", undefined]);

    await database.sql('alter table avatar_generations drop column "projectId"');
    const report = (await app.inject({ url: "/schema/verify?refresh=true" })).json() as { gaps: { code: string }[] };
    expect(report.gaps.map(({ code }) => code)).toEqual(["MISSING_COLUMN"]);
    expect(await health()).toEqual([503, "fail", "1 of 1 feature broken, 1 gap"]);
    const { checks } = (await app.inject({ url: "/schema/health?feature=generate-avatar" })).json() as {
      checks: Record<string, unknown[]>;
    };
    expect(checks["schema:gaps"]).toEqual([
      expect.objectContaining({
        componentId: "public.avatar_generations.projectId",
        affectedEndpoints: ["/api/projects/{projectId}/avatars"],
      }),
    ]);
    expect((await app.inject({ url: "/readyz" })).statusCode).toBe(200);

    await database.sql(`alter table avatar_generations add column "projectId" text not null default ''`);
    await database.sql('alter table avatar_generations alter column "projectId" drop default');
    await refresher.refresh();
    expect(await health()).toEqual([200, "pass", undefined]);
    await refresher.stop();
    await app.close();
  });
});

describe("a server that goes away", () => {
  it("is damped twice, then 503, and heals by itself; livez and readyz do not notice", async () => {
    const target = parseConnectionString(database.url);
    const network = await openNetwork(target);
    const { app, refresher, health } = await serviceOn({ ...target, host: "127.0.0.1", port: network.port });
    await refresher.refresh();
    expect(await health()).toEqual([200, "pass", undefined]);
    const probes = async () =>
      Promise.all(["/livez", "/readyz"].map(async (url) => (await app.inject({ url })).statusCode));

    network.cut();
    for (const expected of [
      [200, "warn", expect.stringContaining("the last attempt could not look")],
      [200, "warn", expect.stringContaining("the last attempt could not look")],
      [503, "fail", expect.stringMatching(/^unverified: the database could not be asked/)],
    ]) {
      await refresher.refresh();
      expect(await health()).toEqual(expected);
      expect(await probes()).toEqual([200, 200]);
    }
    const unknown = await app.inject({ url: "/schema/health?feature=generate-avatar" });
    expect(unknown.statusCode).toBe(503);
    expect((await app.inject({ url: "/schema/verify" })).statusCode).toBe(503);

    network.mend();
    await refresher.refresh();
    expect(await health()).toEqual([200, "pass", undefined]);
    await refresher.stop();
    await app.close();
    await network.close();
  });

  it("is noticed when it is really stopped", async () => {
    const postmaster = await startPostmaster(null);
    const connection = parseConnectionString(postmaster.url);
    const client = new pg.Client({ connectionString: postmaster.url });
    await client.connect();
    await client.query(TABLE);
    await client.end();
    const { app, refresher, health } = await serviceOn(connection);
    await refresher.refresh();
    expect((await health())[0]).toBe(200);
    await postmaster.stop();
    const statuses = [];
    for (let run = 0; run < 3; run++) {
      await refresher.refresh();
      statuses.push((await health())[0]);
    }
    expect(statuses).toEqual([200, 200, 503]);
    await refresher.stop();
    await app.close();
  });

  it("answers within milliseconds while a verification hangs", async () => {
    const target = parseConnectionString(database.url);
    const network = await openNetwork(target);
    const { app, refresher, health } = await serviceOn({ ...target, host: "127.0.0.1", port: network.port });
    await refresher.refresh();
    network.freeze();
    const hanging = refresher.refresh();
    const started = performance.now();
    for (let count = 0; count < 50; count++) expect((await health())[0]).toBe(200);
    expect(performance.now() - started).toBeLessThan(1_000);
    await hanging;
    expect(refresher.current()).toMatchObject({ state: "damped", verdict: "pass" });
    await refresher.stop();
    await app.close();
    await network.close();
  });
});

interface Network {
  readonly port: number;
  /** Connections break, and new ones break at once: the server has been stopped. */
  cut(): void;
  /** New connections are accepted and get no answer. */
  freeze(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A path to the database that can be broken, so that the server itself goes on for the other tests. */
async function openNetwork(target: ConnectionSettings): Promise<Network> {
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "frozen" = "open";
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    if (state === "cut") return void socket.destroy();
    if (state === "frozen") return;
    const upstream = connect(target.port, target.host);
    upstream.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    cut: () => {
      state = "cut";
      breakAll();
    },
    freeze: () => {
      state = "frozen";
    },
    mend: () => {
      state = "open";
    },
    close: async () => {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
