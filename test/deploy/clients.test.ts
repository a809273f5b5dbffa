/** HAProxy, nginx, the blackbox exporter and check_http with the files of deploy/, against a service whose database changes. */
import { spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import { startServer } from "../../src/server.js";
import { application, column, contractOf, feature, relation, use } from "../support/builders.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";
import { freePort, isInstalled, type Running, run, until, withAddresses } from "./programs.js";

const TOKEN = "t0ken-of-the-service";
const INDEXED = { name: "users_name_idx", method: "btree", include: [], predicate: null, unique: false } as const;
const KEY = {
  column: "name",
  expression: null,
  descending: false,
  nullsFirst: false,
  operatorClass: null,
  collation: null,
};
const CONTRACT = contractOf(
  application({
    relations: [
      relation("users", [column("id"), column("name", { nullable: true })], {
        indexes: [
          {
            ...INDEXED,
            keys: [KEY],
            nullsNotDistinct: false,
            constraint: null,
            immediate: true,
            valid: true,
            ready: true,
            building: false,
          },
        ],
      }),
    ],
    features: [feature("read", [use("users", { select: ["id", "name"] })])],
  }),
);

let database: TestDatabase;
let service: { readonly port: number; stop(): Promise<void> };

beforeAll(async () => {
  database = await createTestDatabase("deploy");
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql(
    "drop table if exists users; create table users (id text not null); create index users_name_idx on users (id)",
  );
  await database.sql(
    "alter table users add column name text; drop index users_name_idx; create index users_name_idx on users (name)",
  );
  service = await serve();
});
afterEach(() => service.stop());

const degrade = () => database.sql("drop index users_name_idx");
const breakSchema = () => database.sql("alter table users rename column name to title");
const mend = () => database.sql("alter table users rename column title to name");

async function serve(readyRequires: "verification" | "schema" = "verification") {
  const stop = new AbortController();
  let done: Promise<void> = Promise.resolve();
  const port = await new Promise<number>((resolve, reject) => {
    done = startServer({
      ...{ host: "127.0.0.1", port: 0, contract: CONTRACT, connection: parseConnectionString(database.url) },
      ...{
        limits: DEFAULT_LIMITS,
        refreshIntervalMs: 100,
        maxStaleMs: 60_000,
        token: TOKEN,
        logLevel: "silent",
        readyRequires,
      },
      signal: stop.signal,
      onListening: ({ port: bound }) => resolve(bound),
    });
    done.catch(reject);
  });
  return {
    port,
    stop: () => {
      stop.abort();
      return done;
    },
  };
}

async function get(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, { headers });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const verdict = async () =>
  (JSON.parse((await get(`http://127.0.0.1:${service.port}/schema/health`)).body) as { status: string }).status;
const untilVerdict = (wanted: string) =>
  until(`verdict ${wanted}`, async () => (await verdict()) === wanted, { output: () => "", stop: async () => {} });

describe.skipIf(!isInstalled("haproxy", "haproxy"))("HAProxy", () => {
  let app: Server;
  let proxy: Running;
  let front: string;

  async function start(readyPort: number): Promise<void> {
    app = createServer((_, response) => response.end("the application"));
    await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
    const port = await freePort();
    front = `http://127.0.0.1:${port}`;
    const addresses = {
      "127.0.0.1:8080": `127.0.0.1:${port}`,
      "127.0.0.1:8000 check port 3000": `127.0.0.1:${(app.address() as AddressInfo).port} check port ${readyPort}`,
      "inter 2s": "inter 100ms",
    };
    proxy = run("haproxy", ["-db", "-f", "FILE"], withAddresses("deploy/haproxy/haproxy.cfg", addresses));
  }
  afterEach(async () => {
    await proxy.stop();
    await new Promise((resolve) => app.close(resolve));
  });
  const answers = (status: number) => async () => (await get(front)).status === status;

  it("sends requests to a replica as long as it is ready, whatever the schema is like, and none while it drains", async () => {
    const replica = await serve();
    await start(replica.port);
    await until("up", answers(200), proxy);
    await breakSchema();
    await untilVerdict("fail");
    // Longer than the three checks that would take it out.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await get(front)).body).toBe("the application");
    await replica.stop();
    await until("down", answers(503), proxy);
  });

  it("holds a new replica back until the schema fits it", async () => {
    await breakSchema();
    const replica = await serve("schema");
    await start(replica.port);
    await until("down", answers(503), proxy);
    await mend();
    await until("up", answers(200), proxy);
    await replica.stop();
  });
});

describe.skipIf(!isInstalled("nginx", "nginx-light"))("nginx", () => {
  it("passes the verdict on, with its status code, and needs the token for details", async () => {
    const port = await freePort();
    const ours = withAddresses("deploy/nginx/nginx.conf", {
      "127.0.0.1:3000": `127.0.0.1:${service.port}`,
      "127.0.0.1:8443": `127.0.0.1:${port}`,
    });
    const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path FOLDER/${name};`,
    );
    const proxy = run(
      "nginx",
      ["-p", "FOLDER", "-c", "FILE", "-e", "stderr", "-g", "daemon off; pid FOLDER/pid;"],
      ours.replace("http {", `http {\n  access_log off;\n${paths.join("\n")}`).replaceAll("FOLDER/", ""),
    );
    const at = `http://127.0.0.1:${port}`;
    try {
      await until("health", async () => (await get(`${at}/schema/health`)).status === 200, proxy);
      expect((await get(`${at}/schema/health`)).headers.get("content-type")).toBe("application/health+json");
      expect((await get(`${at}/schema/verify`)).status).toBe(401);
      expect((await get(`${at}/schema/verify`, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
      await breakSchema();
      await until("fail", async () => (await get(`${at}/schema/health`)).status === 503, proxy);
    } finally {
      await proxy.stop();
    }
  });
});

describe.skipIf(!isInstalled("prometheus-blackbox-exporter", "prometheus-blackbox-exporter"))(
  "the blackbox exporter",
  () => {
    it("sees pass, warn and fail by the module that is asked", async () => {
      const port = await freePort();
      const ours = withAddresses("deploy/prometheus/blackbox.yml", {});
      const exporter = run(
        "prometheus-blackbox-exporter",
        ["--config.file=FILE", `--web.listen-address=127.0.0.1:${port}`],
        ours,
      );
      const target = encodeURIComponent(`http://127.0.0.1:${service.port}/schema/health`);
      const probe = async (module: string) =>
        /^probe_success (\d)$/m.exec(
          (await get(`http://127.0.0.1:${port}/probe?module=${module}&target=${target}`)).body,
        )?.[1];
      const both = async () => [await probe("schema"), await probe("schema_pass")];
      try {
        await until("pass", async () => (await both()).join() === "1,1", exporter);
        await degrade();
        await untilVerdict("warn");
        expect(await both()).toEqual(["1", "0"]);
        await breakSchema();
        await untilVerdict("fail");
        expect(await both()).toEqual(["0", "0"]);
      } finally {
        await exporter.stop();
      }
    });
  },
);

describe.skipIf(!isInstalled("check_http", "monitoring-plugins-basic"))("check_http", () => {
  it("is OK for pass, and CRITICAL for warn and fail", async () => {
    const line = /command_line {2}(.*)/.exec(withAddresses("deploy/nagios/schemaready.cfg", {}))?.[1] ?? "";
    const command = line.replace("$HOSTADDRESS$", "127.0.0.1").replace("$ARG1$", String(service.port));
    // Not spawnSync: the service answers from this process.
    const check = () =>
      new Promise<number | null>((resolve) => {
        const running = run("sh", ["-c", `${command}; echo "exit $?"`], "");
        const poll = setInterval(() => {
          const code = /exit (\d+)/.exec(running.output())?.[1];
          if (code === undefined) return;
          clearInterval(poll);
          void running.stop().then(() => resolve(Number(code)));
        }, 20);
      });
    await untilVerdict("pass");
    expect(await check()).toBe(0);
    await degrade();
    await untilVerdict("warn");
    expect(await check()).toBe(2);
    await breakSchema();
    await untilVerdict("fail");
    expect(await check()).toBe(2);
  });
});

describe.skipIf(!isInstalled("promtool", "prometheus"))("promtool", () => {
  it.each([
    ["check", "config", "prometheus.yml"],
    ["check", "rules", "rules.yml"],
    ["test", "rules", "rules.test.yml"],
  ])("%s %s %s", (...args) => {
    const { status, stdout, stderr } = spawnSync("promtool", args, { cwd: "deploy/prometheus", encoding: "utf8" });
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
  });
});
