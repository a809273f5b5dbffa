/**
 * Verifying again and again: one connection, no reading while nothing can have changed, and no change that is missed. On
 * a server of its own: what other tests write would change its snapshot.
 */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import type { Observation } from "../../../src/model/observation.js";
import { verify } from "../../../src/verify.js";
import { createVerifier, createVerifierInThread, type Verifier } from "../../../src/watch/index.js";
import { groundsOf, readMark } from "../../../src/watch/unchanged.js";
import { settle, watch } from "../../drift/watched.js";
import { application, column, contractOf, feature, migrated, relation, use } from "../../support/builders.js";
import { createProxy, type TcpProxy } from "../../support/proxy.js";
import { startTestServer, type TestServer } from "../../support/test-server.js";
import { CONTRACT as CHECKED, schemaFor } from "./fixture.js";

const THREAD = new URL("../../../dist/watch/thread.js", import.meta.url);
const ROWS = { id: "plans", relation: { schema: "public", name: "plans" }, where: null, atLeast: 1, atMost: null };
const CONTRACT = contractOf(
  migrated(["1_init"], {
    relations: [
      relation("users", [column("id"), column("name", { nullable: true })]),
      relation("plans", [column("id")]),
    ],
    enums: [{ schema: "public", name: "mood", labels: ["good", "bad"], ordered: false }],
    features: [feature("read", [use("users", { select: ["id", "name"] })], { rows: [ROWS] })],
  }),
);
const SCHEMA = `drop schema public cascade; create schema public;
  create type mood as enum ('good', 'bad');
  create table users (id text not null, name text);
  create table plans (id text not null);
  insert into plans values ('free');
  create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
    migration_name varchar(255) not null, logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0);
  insert into _prisma_migrations values ('1', repeat('a', 64), now(), '1_init', null, null, now() - interval '1 s', 1)`;
/** Without a run of autovacuum no session but ours assigns transaction ids. */
const QUIET = "alter system set autovacuum = off; select pg_reload_conf()";

let server: TestServer;
let admin: pg.Client;
let proxy: TcpProxy;

beforeAll(async () => {
  server = await startTestServer({ TEST_POSTGRES_BINARIES: process.env["TEST_POSTGRES_BINARIES"] }, () => {});
  admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  for (const statement of QUIET.split("; ")) await admin.query(statement);
  proxy = await createProxy(server.url);
});
afterAll(async () => {
  await proxy.close();
  await admin.end();
  await server.stop();
});

const never = new AbortController().signal;
const options = () => ({ contract: CONTRACT, connection: parseConnectionString(proxy.url), limits: DEFAULT_LIMITS });

describe.each([
  ["in this thread", () => createVerifier(options())],
  ["in a thread of its own", () => createVerifierInThread(options(), { file: THREAD })],
])("a verifier %s", (_, create) => {
  let verifier: Verifier;
  const verdict = async () => (await verifier.verify(never)).verdict;

  beforeEach(async () => {
    await admin.query(SCHEMA);
    verifier = create();
    return () => verifier.close();
  });

  it("keeps its connection, and reads the catalog once while nothing happens", async () => {
    const before = proxy.connections;
    const first = await verifier.verify(never);
    expect(first).toMatchObject({ verdict: "pass", gaps: [], unverified: [] });
    const reading = proxy.takeBytes();
    const second = await verifier.verify(never);
    expect(proxy.takeBytes()).toBeLessThan(reading / 3);
    expect({ ...second, checkedAt: "", durationMs: 0 }).toEqual({ ...first, checkedAt: "", durationMs: 0 });
    expect(second.checkedAt > first.checkedAt).toBe(true);
    expect(proxy.connections - before).toBe(1);
  });

  it.each([
    ["alter table users drop column name", "fail"],
    ["alter table users rename column name to title", "fail"],
    ["alter table users alter column name type integer using 1", "fail"],
    ["drop table plans", "fail"],
    ["truncate plans", "fail"],
    ["alter type mood rename value 'bad' to 'sad'", "fail"],
    ["delete from _prisma_migrations", "warn"],
    ["update _prisma_migrations set finished_at = null, logs = 'no'", "warn"],
  ])("sees %s at once", async (statement, expected) => {
    expect([await verdict(), await verdict()]).toEqual(["pass", "pass"]);
    await admin.query(statement);
    expect([await verdict(), await verdict()]).toEqual([expected, expected]);
  });

  it("sees what was begun before it looked and committed after", async () => {
    await admin.query("begin; alter table plans rename to offers");
    try {
      // The table is locked, which is no change; the reading says what it can.
      await verdict();
      await verdict();
    } finally {
      await admin.query("commit");
    }
    expect(await verdict()).toBe("fail");
    await admin.query("alter table offers rename to plans");
    expect(await verdict()).toBe("pass");
  });

  it("connects again when the connection was cut, without calling that a failure", async () => {
    expect(await verdict()).toBe("pass");
    const before = proxy.connections;
    proxy.cut();
    expect(await verdict()).toBe("pass");
    await admin.query("alter table users drop column name");
    proxy.cut();
    expect(await verdict()).toBe("fail");
    expect(proxy.connections - before).toBe(2);
  });

  it("says that it could not look, once and for the reason, and goes on when it can", async () => {
    const lost = await createProxy(server.url);
    const other = createVerifier({ ...options(), connection: parseConnectionString(lost.url) });
    expect((await other.verify(never)).verdict).toBe("pass");
    await lost.close();
    const report = await other.verify(never);
    expect(report).toMatchObject({ verdict: "unverified", gaps: [] });
    expect(report.unverified[0]?.reason).toContain("ECONNREFUSED");
    await other.close();
  });

  it("lets go of a server that does not answer when it is told to", async () => {
    expect(await verdict()).toBe("pass");
    proxy.blackHole();
    try {
      const stop = new AbortController();
      const looking = verifier.verify(stop.signal);
      const began = performance.now();
      setTimeout(() => stop.abort(), 100);
      const before = proxy.connections;
      const report = await looking;
      expect(report.verdict).toBe("unverified");
      // Waiting counts: a report in which nobody answered was not made in no time.
      expect(report.durationMs).toBeGreaterThan(50);
      expect(report.durationMs).toBeLessThan(performance.now() - began + 1);
      expect(proxy.connections).toBe(before);
    } finally {
      proxy.heal();
    }
    expect(await verdict()).toBe("pass");
  });
});

it.each([
  [
    "the condition of its rows",
    "plans",
    "exists (select from pg_catalog.pg_locks where locktype = 'advisory' and objid = 77)",
  ],
  ["a view", "offers", null],
])("counts again when %s asks for more than the snapshot says", async (_, name, where) => {
  await admin.query(`${SCHEMA};
    create view offers as select id from plans where exists (select from pg_locks where locktype = 'advisory' and objid = 77)`);
  const wanted = relation(name, [column("id", { nullable: name === "offers" })]);
  const rows = { ...ROWS, relation: { schema: "public", name }, where };
  const contract = contractOf(application({ relations: [wanted], features: [feature("sell", [], { rows: [rows] })] }));
  const verifier = createVerifier({ ...options(), contract });
  const verdict = async () => (await verifier.verify(never)).verdict;
  try {
    await admin.query("select pg_advisory_lock(77)");
    expect([await verdict(), await verdict()]).toEqual(["pass", "pass"]);
    await admin.query("select pg_advisory_unlock(77)");
    expect([await verdict(), await verdict()]).toEqual(["fail", "fail"]);
  } finally {
    await verifier.close();
  }
});

it.each([
  ["at > now()", true],
  ["at > CURRENT_TIMESTAMP", true],
  ["at > localtimestamp", true],
  ["at::date = 'today'", true],
  ["at < 'now'", true],
  ["own(id)", true],
  ["id is not null and id <> 'nowhere'", false],
])("takes it that %s may ask for the time: %s", (where, mayAsk) => {
  const rows = { ...ROWS, where };
  const contract = contractOf(application({ relations: [], features: [feature("sell", [], { rows: [rows] })] }));
  const plans = { kind: "table", schema: "public", name: "plans" };
  const observation = { models: [{ relations: [plans] }] } as unknown as Observation;
  expect(groundsOf(null, contract, observation).isFixed).toBe(!mayAsk);
});

it("knows nothing by the snapshot of PostgreSQL 13, where an index becomes invalid without a transaction", async () => {
  const marks = await withReadSession(options().connection, DEFAULT_LIMITS, async (session) => [
    await readMark(session),
    await readMark({ ...session, serverVersion: 130_022 }),
  ]);
  expect(marks).toEqual([expect.any(String), null]);
});

it("never answers with an old report, whatever commits when", async () => {
  await admin.query(SCHEMA);
  const verifier = createVerifier(options());
  const writer = new pg.Client({ connectionString: server.url });
  await writer.connect();
  try {
    let present = true;
    for (let round = 0; round < 300; round++) {
      if (round % 3 === 0) {
        await writer.query(present ? "alter table users drop column name" : "alter table users add column name text");
        present = !present;
      }
      expect((await verifier.verify(never)).verdict).toBe(present ? "pass" : "fail");
    }
  } finally {
    await writer.end();
    await verifier.close();
  }
});

it("goes on while a migration holds its locks, on a busy server, and sees what it did when it has committed", async () => {
  await admin.query(schemaFor("current_user"));
  const watched = await watch(CHECKED, server.url);
  const migration = new pg.Client({ connectionString: server.url });
  await migration.connect();
  try {
    await settle(watched);
    await migration.query("begin; lock table users in access exclusive mode; alter table users drop column name");
    // Its check could not be read now, and has not changed: both are true, the second is worth more.
    const connection = parseConnectionString(server.url);
    expect((await verify({ contract: CHECKED, connection, limits: DEFAULT_LIMITS })).verdict).toBe("unverified");
    expect((await watched.look()).verdict).toBe("pass");
    await migration.query("commit");
    expect((await watched.look()).verdict).toBe("fail");
  } finally {
    await migration.end();
    await watched.close();
  }
});

it.each([
  ["VACUUM and ANALYZE", "vacuum analyze users; vacuum freeze users"],
  ["writes", "insert into users select 'n' || i from generate_series(1, 9) as i; delete from users"],
  ["temporary tables", "create temp table t (id serial primary key); insert into t default values; drop table t"],
  [
    "an index that is built anew, and other DDL",
    "reindex table users; vacuum full users; create table other (id int); drop table other",
  ],
])("reads little while others are busy with %s", async (_, script) => {
  await admin.query(schemaFor("current_user"));
  const watched = await watch(CHECKED, server.url);
  try {
    await watched.look();
    const reading = watched.bytes;
    await settle(watched);
    let readings = 0;
    for (let round = 0; round < 12; round++) {
      // Other DDL now and then, as a deploy does it; everything else all the time.
      if (!script.startsWith("reindex") || round === 3)
        for (const statement of script.split("; ")) await admin.query(statement);
      expect((await watched.look()).verdict).toBe("pass");
      if (watched.bytes > reading / 2) readings += 1;
    }
    expect(readings).toBeLessThanOrEqual(3);
  } finally {
    await watched.close();
  }
});

it("starts another thread when the one it had has died", async () => {
  await admin.query(SCHEMA);
  const verifier = createVerifierInThread(options(), { file: new URL("data:text/javascript,process.exit(7)") });
  await expect(verifier.verify(never)).rejects.toThrow("the thread that verifies has ended");
  await expect(verifier.verify(never)).rejects.toThrow("the thread that verifies has ended");
  await verifier.close();
});

it("ends a thread that does not hear that its verification was given up, and starts another one", async () => {
  await admin.query(SCHEMA);
  const file = new URL("data:text/javascript,for (;;);");
  const verifier = createVerifierInThread(options(), { file, letGoMs: 100 });
  for (let round = 0; round < 2; round++) {
    const deadline = new AbortController();
    const verification = verifier.verify(deadline.signal);
    deadline.abort();
    await expect(verification).rejects.toThrow("the thread that verifies has ended");
  }
  await verifier.close();
});

it("reads on connections of its own when the contract is so large that the server's caches would fill", async () => {
  await admin.query(SCHEMA);
  const many = Array.from({ length: 501 }, (_, at) => relation(`t${at}`, [column("id")]));
  const contract = contractOf(application({ relations: many }));
  const before = proxy.connections;
  const verifier = createVerifier({ ...options(), contract });
  expect((await verifier.verify(never)).gaps).toHaveLength(501);
  expect((await verifier.verify(never)).gaps).toHaveLength(501);
  expect(proxy.connections - before).toBe(3);
  await verifier.close();
});
