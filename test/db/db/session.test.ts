/** The session on the target: it never writes, never hangs, and says what went wrong. */
import { type AddressInfo, connect as connectTcp, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConnectionSettings, parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, type ReadSession, withReadSession } from "../../../src/db/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";

let database: TestDatabase;
let connection: ConnectionSettings;

beforeAll(async () => {
  database = await createTestDatabase("session");
  connection = parseConnectionString(database.url);
  await database.sql(`
    create table t (id serial primary key, note text);
    insert into t (note) values ('kept');
    create function sneaky() returns int language plpgsql as 'begin insert into t (note) values (''sneaked''); return 1; end'`);
});

afterAll(() => database.drop());

const inSession = <T>(work: (session: ReadSession) => Promise<T>, limits = DEFAULT_LIMITS) =>
  withReadSession(connection, limits, work);

async function failure(work: Promise<unknown>): Promise<SchemareadyError> {
  const error = await work.then(
    () => new Error("did not fail"),
    (reason: unknown) => reason,
  );
  if (error instanceof SchemareadyError) return error;
  throw error;
}

describe("as a superuser, who could write", () => {
  it.each([
    ["insert into public.t (note) values ('x')", "25006"],
    ["delete from public.t", "25006"],
    ["create table public.x (id int)", "25006"],
    ["select pg_catalog.nextval('public.t_id_seq')", "25006"],
    ["select public.sneaky()", /25006|42P01/],
    ["set transaction read write", "25001"],
  ])("refuses %s", async (statement, sqlstate) => {
    const result = await inSession((session) => session.attempt(() => session.query(statement)));
    expect(result).toMatchObject({ known: false, sqlstate: expect.stringMatching(sqlstate) });
    expect(await database.query("select note from t")).toEqual([{ note: "kept" }]);
  });

  it.each([
    "commit",
    "rollback",
    "delete from public.t returning id",
    "with gone as (delete from public.t returning id) select * from gone",
    "select 1; drop table public.t",
    "select 1; commit; delete from public.t",
    "set role postgres",
  ])("takes no %j for a query of a person", async (statement) => {
    const result = await inSession(async (session) => {
      const attempted = await session.attempt(() => session.select(statement, [], 10));
      const stillReadOnly = await session.attempt(() => session.query("insert into public.t (note) values ('x')"));
      return { attempted, stillReadOnly };
    });
    expect(result.attempted.known).toBe(false);
    expect(result.stillReadOnly).toMatchObject({ known: false, sqlstate: "25006" });
    expect(await database.query("select note from t")).toEqual([{ note: "kept" }]);
  });

  it("ends without ever having had a transaction id", async () => {
    const assigned = await inSession(async (session) => {
      await session.attempt(() => session.query("insert into public.t (note) values ('x')"));
      await session.select("select * from public.t where note = $1", ["kept"], 5);
      return session.query<{ id: string | null }>("select pg_catalog.pg_current_xact_id_if_assigned()::text as id");
    });
    expect(assigned).toEqual([{ id: null }]);
  });
});

it("waits out its lock timeout once, and then only tries", async () => {
  const other = await database.connect();
  await other.query("begin; lock table t in access exclusive mode");
  const result = await inSession(async (session) => {
    const first = await session.attempt(() => session.query("select * from public.t"));
    return { first, rows: await session.query("show lock_timeout") };
  });
  await other.query("rollback");
  expect(result).toMatchObject({ first: { known: false, sqlstate: "55P03" }, rows: [{ lock_timeout: "20ms" }] });
});

it("goes on after an attempt that failed", async () => {
  const answers = await inSession(async (session) => [
    await session.attempt(() => session.query("select * from nowhere")),
    await session.attempt(() => session.query("select 1 as one")),
  ]);
  expect(answers).toMatchObject([
    { known: false, sqlstate: "42P01" },
    { known: true, value: [{ one: 1 }] },
  ]);
});

it("says where it is, as the server sees it", async () => {
  const target = await inSession(async (session) => session.target);
  expect(target).toMatchObject({ database: database.name, inRecovery: false, searchPath: ["public"] });
});

describe("a server that cannot be used", () => {
  const unreachable = { ...DEFAULT_LIMITS, connectTimeoutMs: 500, statementTimeoutMs: 500, totalTimeoutMs: 1_500 };

  it.each([
    ["wrong password", { password: "hunter2-wrong" }, "DATABASE_REFUSED", "28P01"],
    ["missing database", { database: "no such database" }, "DATABASE_REFUSED", "3D000"],
    ["nobody listens", { port: 1 }, "DATABASE_UNREACHABLE", null],
    ["unknown host", { host: "no-such-host.invalid" }, "DATABASE_UNREACHABLE", null],
  ])("%s", async (_, changed, code, sqlstate) => {
    const error = await failure(withReadSession({ ...connection, ...changed }, unreachable, async () => "connected"));
    expect(error).toMatchObject({ code, sqlstate, exitCode: 3 });
    expect(error.text()).not.toContain("hunter2-wrong");
    expect(error.text()).not.toContain(connection.password);
  });

  it("accepts the connection and never answers", async () => {
    const hole = await listen(() => {});
    const error = await failure(
      withReadSession({ ...connection, ...hole.address }, unreachable, async () => "connected"),
    );
    expect(error.code).toBe("DATABASE_UNREACHABLE");
    await hole.close();
  });

  it("freezes in the middle of a session", async () => {
    const proxy = await listen((client) => {
      const upstream = connectTcp(connection.port, connection.host);
      client.pipe(upstream).pipe(client);
      client.on("error", () => upstream.destroy());
      proxy.freeze = () => upstream.unpipe(client);
    });
    const work = withReadSession({ ...connection, ...proxy.address }, unreachable, async (session) => {
      proxy.freeze();
      return session.query("select 1");
    });
    expect((await failure(work)).code).toBe("DATABASE_UNREACHABLE");
    await proxy.close();
  });

  it("cuts the connection in the middle of a session", async () => {
    const work = inSession(async (session) => {
      const [{ pid } = { pid: 0 }] = await session.query<{ pid: number }>("select pg_catalog.pg_backend_pid() as pid");
      await database.query("select pg_terminate_backend($1)", [pid]);
      return session.attempt(() => session.query("select 1"));
    });
    expect((await failure(work)).code).toMatch(/DATABASE_(UNREACHABLE|REFUSED)/);
  });
});

it("ends statements at their time limit and tells the SQLSTATE", async () => {
  const limits = { ...DEFAULT_LIMITS, statementTimeoutMs: 100 };
  const result = await inSession(
    (session) => session.attempt(() => session.query("select pg_catalog.pg_sleep(5)")),
    limits,
  );
  expect(result).toMatchObject({ known: false, sqlstate: "57014" });
});

interface TestListener {
  readonly address: { readonly host: string; readonly port: number };
  freeze: () => void;
  close(): Promise<void>;
}

async function listen(onConnection: (socket: Socket) => void): Promise<TestListener> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: { host: "127.0.0.1", port: (server.address() as AddressInfo).port },
    freeze: () => {},
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
