/** What real folders hold, each in a small folder of its own. */
import { describe, expect, it } from "vitest";
import type { MigrationTool } from "../../../src/model/migrations.js";
import { failuresOf, originsOf, useReplay } from "./support.js";

const replayed = useReplay();

describe("sending", () => {
  it("sends a script whole: a single CREATE INDEX CONCURRENTLY runs, a failed script leaves nothing", async () => {
    const result = await replayed(
      {
        a: "CREATE TABLE t (id int);",
        b: "-- one statement; with a comment\nCREATE INDEX CONCURRENTLY t_id ON t (id);",
        c: "CREATE TABLE lost (id int); SELECT 1 / 0;",
        d: "CREATE TABLE kept (id int)",
      },
      { keepGoing: true },
    );
    expect(failuresOf(result)).toEqual(["STATEMENT_FAILED c/migration.sql:1 22012"]);
    expect(result.notes).toEqual([]);
    expect(result.model.relations.map(({ name }) => name)).toEqual(["kept", "t"]);
    expect(result.model.relations[1]?.indexes.map(({ name, valid }) => [name, valid])).toEqual([["t_id", true]]);
  });

  it("has room for the locks of thousands of objects that one script makes", async () => {
    const all = (what: string) => `FOR i IN 1..5000 LOOP EXECUTE format('${what}', i); END LOOP;`;
    const sql = `DO $$ BEGIN ${all("CREATE TABLE t%s ()")} ${all("DROP TABLE t%s")} END $$;`;
    expect(failuresOf(await replayed({ a: sql }))).toEqual([]);
  });

  it("goes statement by statement where statements cannot share a transaction, and says so", async () => {
    const { failures, notes, model } = await replayed({
      a: "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE t (m mood);",
      b: "ALTER TYPE mood ADD VALUE 'happy';\nALTER TABLE t ALTER COLUMN m SET DEFAULT 'happy';",
      c: "CREATE TABLE u (id int);\nCREATE INDEX CONCURRENTLY u_id ON u (id);\nDROP INDEX CONCURRENTLY u_id;",
    });
    expect(failures).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(
        /^b\/migration\.sql: sent statement by statement, because .*unsafe use of new value "happy"/,
      ),
      expect.stringMatching(/^c\/migration\.sql: sent statement by statement, because .*CREATE INDEX CONCURRENTLY/),
    ]);
    expect(model.relations.find(({ name }) => name === "t")?.columns[0]?.default?.text).toBe("'happy'::public.mood");
  });

  it.each(["script", "transaction", "none"] as const)(
    "keeps what a COMMIT in a script of rule %s has committed",
    async (transaction) => {
      const result = await replayed(
        {
          a: "BEGIN;\nCREATE TYPE s AS ENUM ('a');\nCOMMIT;\nALTER TYPE s ADD VALUE 'b';\nCREATE TABLE t (s s DEFAULT 'b');",
          b: "CREATE TABLE one (id int); COMMIT; CREATE TABLE two (id int);\nCREATE TABLE one (id int);",
        },
        { transaction, keepGoing: true },
      );
      expect(failuresOf(result)).toEqual(["DUPLICATE_OBJECT b/migration.sql:2 42P07"]);
      expect(result.model.enums[0]?.labels).toEqual(["a", "b"]);
      // In a transaction of its own nothing of the failed part stays; without one, what ran before the failure does.
      const two = transaction === "none" ? ["two"] : [];
      expect(result.model.relations.map(({ name }) => name)).toEqual(["one", "t", ...two]);
    },
  );

  it("runs a script with a temporary table ON COMMIT DROP and LOCK TABLE in one transaction", async () => {
    const script =
      "CREATE TEMP TABLE x (id int) ON COMMIT DROP; LOCK TABLE t; INSERT INTO x VALUES (1); ALTER TABLE t ADD b int;";
    const { failures } = await replayed(
      { a: "CREATE TABLE t (a int);", b: script },
      { tool: "drizzle", transaction: "transaction" },
    );
    expect(failures).toEqual([]);
  });

  it("reads what dumps hold: psql commands, an emptied search_path, rows, timeouts, CRLF, a byte order mark", async () => {
    const dump = [
      "\ufeff\\restrict abc'",
      "SET statement_timeout = 0;",
      "SELECT pg_catalog.set_config('search_path', '', false);",
      "CREATE TABLE public.t (a text, b int);",
      "COPY public.t (a, b) FROM stdin;",
      "it's;\t1",
      "\\.",
      "DO $$ BEGIN ASSERT current_setting('statement_timeout') = '30s'; END $$;",
      "\\unrestrict abc",
      "",
    ].join("\r\n");
    const later =
      "DO $$ BEGIN PERFORM 1; ASSERT current_setting('statement_timeout') = '30s'; END $$;\r\nCREATE TABLE u (id int);";
    const { failures, notes, model } = await replayed({
      a: dump,
      b: later,
      c: "",
      d: "-- nothing;\n/* ; /* nested ; */ */",
      e: ";;",
    });
    expect(failures).toEqual([]);
    expect(notes).toEqual([expect.stringContaining("rows of COPY ... FROM stdin are left out")]);
    expect(model.relations.map(({ schema, name }) => `${schema}.${name}`)).toEqual(["public.t", "public.u"]);
  });

  it("commits and notes a transaction that a script leaves open", async () => {
    const { failures, notes, model } = await replayed({
      a: "BEGIN; CREATE TABLE t (id int);",
      b: "SET ROLE pg_monitor;",
      c: "CREATE TABLE u (id int);",
    });
    expect(failures).toEqual([]);
    expect(notes).toEqual([expect.stringContaining("begins a transaction and does not end it")]);
    expect(model.relations).toHaveLength(2);
  });
});

describe("what scripts take for granted", () => {
  it("creates roles that they name, and removes them from the server afterwards", async () => {
    const roles = ["replay_anon", "replay_owner", "replay_made"];
    const connection = await replayed.server().connect();
    const found = () => connection.query("select rolname from pg_roles where rolname = any($1)", [roles]);
    try {
      const { failures, notes } = await replayed({
        a: `CREATE TABLE t (id int);
            ALTER TABLE t ENABLE ROW LEVEL SECURITY;
            CREATE POLICY p ON t TO replay_anon USING (id > 0);
            GRANT SELECT ON t TO replay_anon;
            ALTER TABLE t OWNER TO replay_owner;
            CREATE ROLE replay_made;`,
      });
      expect(failures).toEqual([]);
      expect(notes.map((note) => /role "(\w+)"/.exec(note)?.[1])).toEqual(["replay_anon", "replay_owner"]);
      expect(await found()).toEqual([]);
      await connection.execute("create role replay_made");
      const again = await replayed({ a: "CREATE ROLE replay_made;\nCREATE TABLE t (id int);" });
      expect(again.failures).toEqual([]);
      expect(again.notes).toEqual([
        expect.stringContaining('role "replay_made" exists on the throwaway server already'),
      ]);
      expect(await found()).toEqual([{ rolname: "replay_made" }]);
    } finally {
      await connection.execute("drop role if exists replay_made");
      await connection.close();
    }
  });

  it("goes on without an extension that nothing needs, and names it where something does", async () => {
    const needless = await replayed({
      a: "CREATE EXTENSION IF NOT EXISTS vector;\nCOMMENT ON EXTENSION vector IS 'x';\nCREATE TABLE t (id int);",
    });
    expect(needless.failures).toEqual([]);
    expect(needless.notes).toEqual([expect.stringMatching(/extension "vector" is not available .* --scratch-url/)]);
    const needed = await replayed({ a: "CREATE EXTENSION vector;", b: "CREATE TABLE t (e vector(3));" });
    expect(failuresOf(needed)).toEqual(["NEEDS_EXTENSION b/migration.sql:1 42704"]);
    expect(needed.failures[0]?.diagnosis).toContain(
      'comes from extension "vector", which the throwaway server does not have',
    );
    const inBlock = await replayed({ a: "DO $$ BEGIN CREATE EXTENSION vector; END $$;" });
    expect(failuresOf(inBlock)[0]).toMatch(/^NEEDS_EXTENSION/);
    const forgotten = await replayed({ a: "CREATE TABLE t (id uuid DEFAULT uuid_generate_v4());" });
    expect(failuresOf(forgotten)).toEqual(["NEEDS_EXTENSION a/migration.sql:1 42883"]);
    expect(forgotten.failures[0]?.diagnosis).toContain('"uuid-ossp"');
  });

  it("creates the schema of the application, and no other", async () => {
    const { failures, model } = await replayed({ a: "CREATE TABLE t (id int);" }, { schemas: ["core"] });
    expect(failures).toEqual([]);
    expect(model.relations.map(({ schema }) => schema)).toEqual(["core"]);
    const own = await replayed({ a: 'CREATE SCHEMA "core"; CREATE TABLE t (id int);' }, { schemas: ["core"] });
    expect(own.failures).toEqual([]);
    const other = await replayed(
      { a: "\nCREATE TABLE auth.t (id int);", b: "GRANT USAGE ON SCHEMA storage TO public;" },
      { keepGoing: true },
    );
    expect(failuresOf(other)).toEqual(["NEEDS_SCHEMA a/migration.sql:2 3F000", "NEEDS_SCHEMA b/migration.sql:1 3F000"]);
  });

  it.each<[MigrationTool, string, string]>([
    ["prisma", "_prisma_migrations", 'UPDATE "_prisma_migrations" SET "migration_name" = \'b\';'],
    ["dbmate", "schema_migrations", "GRANT SELECT ON schema_migrations TO PUBLIC;"],
    ["sqlx", "_sqlx_migrations", "DELETE FROM public._sqlx_migrations WHERE version IN (1, 2);"],
    ["goose", "goose_db_version", "ALTER TABLE goose_db_version ENABLE ROW LEVEL SECURITY;"],
    ["golang-migrate", "schema_migrations", "SELECT 1 FROM schema_migrations WHERE NOT dirty;"],
    ["drizzle", "__drizzle_migrations", "DELETE FROM drizzle.__drizzle_migrations WHERE hash = 'a';"],
    ["supabase", "schema_migrations", "DELETE FROM supabase_migrations.schema_migrations WHERE version = '1';"],
    ["flyway", "flyway_schema_history", "DELETE FROM flyway_schema_history WHERE NOT success;"],
    ["knex", "knex_migrations", "UPDATE knex_migrations SET name = 'a.ts' WHERE name = 'a.js';"],
    ["node-pg-migrate", "pgmigrations", "DELETE FROM pgmigrations WHERE name = 'a';"],
    [
      "sql",
      "__diesel_schema_migrations",
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';\nCREATE TRIGGER t BEFORE DELETE ON __diesel_schema_migrations EXECUTE FUNCTION f();",
    ],
  ])("creates the record table of %s for a script that expects it", async (tool, table, script) => {
    const { failures, notes } = await replayed({ a: script }, { tool });
    expect(failures).toEqual([]);
    expect(notes).toContainEqual(expect.stringContaining(`the record table ${table}`));
    const other = await replayed({ a: script }, { tool: "atlas" });
    expect(other.failures).toHaveLength(1);
  });
});

describe("provenance", () => {
  it("names the lines of what blocks, schemas and views make along", async () => {
    const { failures, provenance } = await replayed(
      {
        a: `-- \u{1f600} é
CREATE SCHEMA app
  CREATE TABLE notes (
    "größe" int
  );
DO $$ BEGIN
  IF true THEN
    EXECUTE 'CREATE TABLE app.made (
      a text DEFAULT ''x'')';
    EXECUTE format('ALTER TABLE %I.made
      ADD b int', 'app');
  END IF;
END $$;
CREATE VIEW app.v (
  x) AS SELECT a FROM app.made;`,
        b: `ALTER TABLE app.made
  ALTER a DROP DEFAULT,
  DROP COLUMN b CASCADE, ADD CONSTRAINT
    a_short CHECK (length(a) < 9);`,
      },
      { schemas: ["app"] },
    );
    expect(failures).toEqual([]);
    expect(originsOf(provenance)).toMatchObject({
      "table notes": "a:3",
      "column notes.größe": "a:4",
      "table made": "a:8 b:2",
      "column made.a default": "a:9 b:2",
      "column v.x": "a:15",
      "constraint made.a_short": "b:4",
    });
  });

  it("follows every kind of object and property", async () => {
    const { failures, provenance } = await replayed(
      {
        a: `CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad');
CREATE DOMAIN app.mail AS text CHECK (VALUE LIKE '%@%');
CREATE SEQUENCE app.ticket;
CREATE FUNCTION app.f(a int) RETURNS int LANGUAGE sql AS 'select 1; -- ;';
CREATE TABLE app.t (
  id int GENERATED ALWAYS AS IDENTITY,
  a int,
  gone int,
  PRIMARY KEY (id),
  CONSTRAINT a_positive CHECK (a > 0)
) ;
CREATE VIEW app.v AS SELECT id FROM app.t;
CREATE MATERIALIZED VIEW app.m AS SELECT 1 AS one;
CREATE TABLE app.p (at date) PARTITION BY RANGE (at);
CREATE TABLE app.p1 PARTITION OF app.p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE EXTENSION citext SCHEMA app;`,
        b: `CREATE FUNCTION app.g() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN; RETURN NEW; END $f$;
ALTER TABLE app.t
  ADD COLUMN b app.mood,
  ALTER COLUMN a SET NOT NULL;
CREATE UNIQUE INDEX t_a ON app.t (a);
CREATE TRIGGER stamp BEFORE UPDATE ON app.t FOR EACH ROW EXECUTE FUNCTION app.g();
DO $do$
BEGIN
  IF true THEN
    ALTER TABLE app.t ADD COLUMN c text;
  END IF;
END $do$;
ALTER TABLE app.t ENABLE ROW LEVEL SECURITY;`.replace("BEGIN; RETURN", "BEGIN RETURN"),
        c: `ALTER TYPE app.mood ADD VALUE 'happy';
ALTER TABLE app.t DROP COLUMN gone;
ALTER TABLE app.t ALTER COLUMN a TYPE bigint;`,
      },
      { schemas: ["app"] },
    );
    expect(failures).toEqual([]);
    const origins = originsOf(provenance);
    expect(Object.keys(origins).filter((key) => key.includes("gone"))).toEqual([]);
    expect(origins).toMatchObject({
      "schema app": "a:1",
      "enum mood": "a:2 c:1",
      "enum mood.sad": "a:2",
      "enum mood.happy": "c:1",
      "domain mail": "a:3",
      "sequence ticket": "a:4",
      "function f(integer)": "a:5",
      "table t": "a:6 c:3",
      "column t.id identity": "a:7",
      "column t.a": "a:8 c:3",
      "column t.a type": "a:8 c:3",
      "column t.a nullability": "a:8 b:4",
      "column t.a default": "a:8",
      "column t.b": "b:3",
      "column t.c": "b:10",
      "constraint t.t_pkey": "a:6",
      "constraint t.a_positive": "a:11",
      "index t.t_a": "b:5",
      "trigger t.stamp": "b:6",
      "table t rowSecurity": "a:6 b:13",
      "view v": "a:13",
      "view m": "a:14",
      "table p1": "a:16",
      "extension citext": "a:17",
    });
  });

  it("gives what is dropped and made again to the migration that made it again, and a renamed table a new origin", async () => {
    const { provenance, model } = await replayed({
      a: "CREATE TABLE t (id int); CREATE TABLE old (id int); CREATE TABLE r (o int); ALTER TABLE old ADD PRIMARY KEY (id); ALTER TABLE r ADD FOREIGN KEY (o) REFERENCES old;",
      b: "DROP TABLE t;",
      c: "CREATE TABLE t (id int);",
      d: "ALTER TABLE old RENAME TO fresh;",
      e: "CREATE TABLE later (id int);",
    });
    expect(originsOf(provenance)).toMatchObject({
      "table t": "c:1",
      "column t.id": "c:1",
      "table fresh": "d:1",
      "table r": "a:1 d:?",
    });
    const [key] = model.relations.find(({ name }) => name === "r")?.constraints ?? [];
    expect(key).toMatchObject({ references: { name: "fresh" } });
  });
});

describe("keepGoing", () => {
  it("stops at the first failure without it, and reports progress", async () => {
    const folder = { a: "CREATE TABLE t (id int);", b: "SELECT * FROM nowhere;", c: "CREATE TABLE u (id int);" };
    const seen: string[] = [];
    const stopped = await replayed(folder, {
      onProgress: (done, total, name) => seen.push(`${done}/${total} ${name}`),
    });
    expect(seen).toEqual(["1/3 a", "2/3 b"]);
    expect(stopped.model.relations).toHaveLength(1);
    expect((await replayed(folder, { keepGoing: true })).model.relations).toHaveLength(2);
  });
});
