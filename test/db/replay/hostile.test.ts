/** Folders that mean harm: each ends soon, with a reason, and what comes after it finds everything as it was. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { SchemareadyError } from "../../../src/errors/index.js";
import { failuresOf, useReplay } from "./support.js";

const MIB = 1024 ** 2;
const replayed = useReplay({ statementMs: 1_200, scriptMs: 3_000, watchMs: 200, graceMs: 300 });
/** For what must not be ended by time, however slow the machine is. */
const patient = useReplay({
  statementMs: 120_000,
  scriptMs: 120_000,
  databaseBytes: 60 * MIB,
  watchMs: 200,
  graceMs: 300,
});

/** A folder that the account of the server may write to: what scripts do not write there, rights did not prevent. */
const outside = mkdtempSync(join(tmpdir(), "hostile-"));
const marker = join(outside, "marker");
const secret = join(outside, "secret");
writeFileSync(secret, "do not read\n", { mode: 0o644 });
afterAll(() => rmSync(outside, { recursive: true, force: true }));

/** The failure of the only script. */
async function failure(sql: string, run = replayed) {
  const result = await run({ a: sql });
  expect(result.failures).toHaveLength(1);
  const [only] = result.failures;
  if (only === undefined) throw new Error("it ran");
  return only;
}

afterEach(() => expect(readdirSync(outside)).toEqual(["secret"]));

/** What a replay after it finds. */
async function expectNextReplay() {
  const next = { a: "CREATE TABLE t (id int);", b: "CREATE ROLE fresh; GRANT fresh TO postgres;" };
  const { failures, notes, model } = await replayed(next);
  expect({ failures, notes }).toEqual({ failures: [], notes: [] });
  expect(model.relations).toHaveLength(1);
}

describe("files and programs of the machine", () => {
  afterAll(expectNextReplay);

  it.each([
    ["COPY ... TO PROGRAM", `COPY (SELECT 1) TO PROGRAM 'touch ${marker}'`],
    ["COPY ... FROM PROGRAM", `CREATE TABLE x (l text); COPY x FROM PROGRAM 'touch ${marker}; cat ${secret}'`],
    ["COPY ... TO a file", `COPY (SELECT 1) TO '${marker}'`],
    ["COPY ... FROM a file", `CREATE TABLE x (l text); COPY x FROM '${secret}'`],
    ["pg_read_file()", `SELECT pg_read_file('${secret}')`],
    ["pg_ls_dir()", "SELECT pg_ls_dir('/')"],
    ["pg_stat_file()", `SELECT pg_stat_file('${secret}')`],
    ["lo_import()", `SELECT lo_import('${secret}')`],
    ["lo_export()", `SELECT lo_export(lo_from_bytea(0, 'x'), '${marker}')`],
    ["a function in C", "CREATE FUNCTION run(cstring) RETURNS int LANGUAGE c AS 'libc.so.6', 'system'"],
    ["a tablespace", `CREATE TABLESPACE x LOCATION '${outside}'`],
    ["a block that hides it", `DO $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PROGRAM ''touch ${marker}'''; END $$`],
    [
      "an event trigger in a block",
      "DO $$ BEGIN EXECUTE 'CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION f()'; END $$",
    ],
    ["passwords of roles", "SELECT rolpassword FROM pg_authid"],
    ["another backend", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"],
    ["a role that may do anything", "DO $$ BEGIN CREATE ROLE boss SUPERUSER; END $$"],
    ["itself as one that may", "DO $$ BEGIN ALTER ROLE postgres SUPERUSER; END $$"],
    ["the catalog itself", "UPDATE pg_authid SET rolsuper = true WHERE rolname = 'postgres'"],
  ])("%s is refused, for want of rights", async (_, sql) => {
    expect(await failure(`${sql};`)).toMatchObject({ code: "NEEDS_SUPERUSER", sqlstate: "42501" });
    expect(existsSync(marker)).toBe(false);
  });

  it.each(["pg_execute_server_program", "pg_read_server_files", "pg_write_server_files"])(
    "role %s, which leads there, does not exist",
    async (role) => {
      expect(await failure(`GRANT ${role} TO postgres;`)).toMatchObject({ code: "NEEDS_ROLE", sqlstate: "42704" });
    },
  );

  it("settings of the server stay as they are, and the rest of the script runs", async () => {
    const { failures, notes, model } = await replayed({
      a: `ALTER SYSTEM SET archive_command = 'touch ${marker}';\nCREATE TABLE t (id int);`,
    });
    expect(failures).toEqual([]);
    expect(notes.at(-1)).toContain("a/migration.sql: ALTER SYSTEM is left out");
    expect(model.relations).toHaveLength(1);
  });

  it("the databases of the server cannot be dropped or entered", async () => {
    for (const name of ["postgres", "template1"]) {
      expect(await failure(`DO $$ BEGIN EXECUTE 'ALTER DATABASE ${name} RENAME TO x'; END $$;`)).toMatchObject({
        sqlstate: "42501",
      });
    }
  });
});

describe("the network", () => {
  afterAll(expectNextReplay);

  it.each([
    ["dblink", "SELECT dblink_connect('host=127.0.0.1 password=x')", "42501"],
    [
      "postgres_fdw",
      `CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1');
       CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'x', password 'y');
       CREATE FOREIGN TABLE f (a int) SERVER s; SELECT * FROM f`,
      "55000",
    ],
  ])("%s is there for what is written with it, and connects to nothing", async (name, sql, sqlstate) => {
    const result = await replayed({ a: `CREATE EXTENSION IF NOT EXISTS "${name}";`, b: `${sql};` });
    expect(failuresOf(result)).toEqual([expect.stringMatching(new RegExp(` ${sqlstate}$`))]);
    expect(result.failures[0]?.migration).toBe("b");
  });
});

describe("time", () => {
  afterEach(expectNextReplay);

  it("a statement that never ends is cancelled, and named", async () => {
    const sql =
      "CREATE TABLE before (id int);\nWITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT count(*) FROM r;\nSELECT 1;";
    expect(await failure(sql)).toMatchObject({ code: "RESOURCE_LIMIT", sqlstate: "57014", line: 2 });
  });

  it.each([
    ["lifts the timeout", "DO $$ BEGIN PERFORM set_config('statement_timeout', '0', false); LOOP END LOOP; END $$;"],
    [
      "lifts it before",
      "SELECT set_config('statement_timeout', '0', false);\nDO $$ BEGIN LOOP PERFORM pg_sleep(0.01); END LOOP; END $$;",
    ],
    [
      "catches the cancellation",
      `DO $$ BEGIN PERFORM set_config('statement_timeout', '0', false);
         LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$;`,
    ],
    ["sleeps", "SELECT set_config('statement_timeout', '0', false); SELECT pg_sleep(3600);"],
  ])("a script that %s is ended all the same", async (_, sql) => {
    const found = await failure(`CREATE TABLE lost (id int);\n${sql}`);
    expect(found).toMatchObject({ code: "RESOURCE_LIMIT", sqlstate: "57014" });
    expect(found.message).toMatch(
      /^(the script took longer than 3 seconds|canceling statement due to statement timeout)$/,
    );
    expect(found.line).toBeGreaterThan(1);
  });

  it("the rest of the folder still replays after one that was ended", async () => {
    const loop =
      "DO $$ BEGIN PERFORM set_config('statement_timeout', '0', false); LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$;";
    const result = await replayed(
      { a: "CREATE TABLE a (id int);", b: loop, c: "CREATE TABLE c (id int);" },
      { keepGoing: true },
    );
    expect(failuresOf(result)).toEqual(["RESOURCE_LIMIT b/migration.sql:1 57014"]);
    expect(result.model.relations.map(({ name }) => name)).toEqual(["a", "c"]);
  });
});

describe("space", () => {
  afterAll(expectNextReplay);

  it("rows without end reach neither the disk nor the memory of this process", async () => {
    const before = process.memoryUsage().rss;
    const sql = "SELECT repeat('x', 1000000) FROM generate_series(1, 1000);\nCREATE TABLE t (id int);";
    const { failures } = await patient({ a: sql });
    expect(failures).toEqual([]);
    // A gigabyte went by.
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * MIB);
  });

  it("one row of hundreds of megabytes does neither", async () => {
    const before = process.memoryUsage().rss;
    const { failures } = await patient({
      a: "SELECT repeat('x', 200000000);\nCOPY (SELECT repeat('x', 200000000)) TO STDOUT;",
    });
    expect(failures.filter(({ sqlstate }) => sqlstate !== "53200")).toEqual([]);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * MIB);
  });

  it("a flood of notices is dropped, and a huge error is cut", async () => {
    const { failures } = await patient({
      a: "DO $$ BEGIN FOR i IN 1..200000 LOOP RAISE NOTICE '%', repeat('x', 1000); RAISE LOG '%', repeat('x', 100); END LOOP; END $$;",
    });
    expect(failures).toEqual([]);
    const huge = await failure("DO $$ BEGIN RAISE EXCEPTION '%', repeat('ä', 10000000); END $$;", patient);
    expect(huge.message.length).toBeLessThan(20_000);
    expect(huge.message).toMatch(/^ä+ \.\.\.$/);
  });

  it("a database that grows is stopped", async () => {
    const found = await failure(
      "CREATE TABLE big AS SELECT 1 AS one;\nSELECT set_config('statement_timeout', '0', false);\nINSERT INTO big SELECT generate_series(1, 2000000000);",
      patient,
    );
    expect(found).toMatchObject({ code: "RESOURCE_LIMIT", sqlstate: "53100", line: 3 });
    expect(found.message).toBe("the script filled the database with more than 60 MiB and was ended");
  });

  it("a schema of hundreds of megabytes is refused, when it is made or when it is read back", async () => {
    const columns =
      "SELECT string_agg(format('c%s text DEFAULT %L', i, repeat('x', 30000000)), ', ') FROM generate_series(1, 10) i";
    const sql = `DO $$ BEGIN EXECUTE 'CREATE TABLE t (' || (${columns}) || ')'; END $$;`;
    const outcome = await patient({ a: sql }).then(
      ({ failures }) => failures.map(({ code }) => code as string),
      (error: unknown) => [(error as SchemareadyError).code],
    );
    expect(["RESOURCE_LIMIT", "MIGRATION_REPLAY"]).toContain(outcome[0]);
  });

  it("what sorts gigabytes is stopped", async () => {
    const found = await failure("SELECT g FROM generate_series(1, 2000000000) g ORDER BY repeat('x', 1000) || g;");
    expect(["57014", "53400", "53200"]).toContain(found.sqlstate);
    expect(found.code).toBe("RESOURCE_LIMIT");
  });
});

describe("what is no SQL", () => {
  afterAll(expectNextReplay);

  it.each([
    ["a NUL byte", "CREATE TABLE a (id int);\nSELECT 'a\0b';", "22021"],
    ["garbage", ")]}{[(';--", "42601"],
    ["the end of the protocol's patience", "COPY (SELECT 1) TO STDOUT (FORMAT nonsense);", "22023"],
  ])("%s is refused", async (_, sql, sqlstate) => {
    expect(await failure(sql)).toMatchObject({ sqlstate });
  });
});

describe("a script that locks its role out", () => {
  afterEach(expectNextReplay);

  it.each([
    "ALTER ROLE postgres PASSWORD 'other';",
    "ALTER ROLE postgres SET search_path = nowhere;",
    "ALTER ROLE postgres SET statement_timeout = 1;",
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = nowhere', current_database()); END $$;",
    "DO $$ BEGIN FOR i IN 1..50 LOOP EXECUTE 'CREATE ROLE fork' || i || ' CREATEROLE'; END LOOP; END $$;",
    "CREATE ROLE fresh CREATEROLE LOGIN;",
    "SET ROLE pg_monitor;",
    "LISTEN x; NOTIFY x;",
  ])("%s does not reach the next replay", async (sql) => {
    expect((await replayed({ a: sql, b: "CREATE TABLE public.t (id int);" })).failures).toEqual([]);
  });
});
