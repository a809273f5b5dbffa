/** What migrations written for a superuser want, and get, or go without. */
import { describe, expect, it } from "vitest";
import { failuresOf, useReplay } from "./support.js";

const replayed = useReplay();

describe("roles", () => {
  it("may own, be given away and be set, as for a superuser", async () => {
    const { failures, model } = await replayed({
      a: `CREATE ROLE app LOGIN; CREATE SCHEMA s; CREATE TABLE s.t (id int);
          ALTER SCHEMA s OWNER TO app; ALTER TABLE s.t OWNER TO app; ALTER TABLE s.t ADD COLUMN a int;`,
      b: "CREATE SCHEMA own AUTHORIZATION app; GRANT app TO postgres; SET ROLE app; CREATE TABLE own.u (id int); RESET ROLE;",
      c: "ALTER TABLE own.u OWNER TO postgres; ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT SELECT ON TABLES TO PUBLIC;",
      d: "REASSIGN OWNED BY app TO postgres; DROP OWNED BY app; DROP ROLE app;",
      e: "DO $$ BEGIN CREATE ROLE dynamic; END $$;",
      e2: "DO $$ BEGIN EXECUTE 'ALTER TABLE s.t OWNER TO dynamic'; END $$;\nALTER TABLE s.t ADD COLUMN b int;",
      f: "ALTER TABLE s.t OWNER TO nobody_made_it; ALTER TABLE s.t ADD COLUMN c int;",
    });
    expect(failures).toEqual([]);
    const columns = model.relations.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
    expect(columns).toEqual(["u.id", "t.id", "t.a", "t.b", "t.c"]);
  });

  it("may own in the very block that creates them, from 16 on", async () => {
    const result = await replayed({
      a: "CREATE TABLE t (id int);\nDO $$ BEGIN CREATE ROLE dynamic; EXECUTE 'ALTER TABLE t OWNER TO dynamic'; END $$;",
    });
    // Before, there is no moment at which the rights of the role could be given to the one that creates it.
    const since16 = replayed.server().serverVersion >= 160_000;
    expect(failuresOf(result)).toEqual(since16 ? [] : ["NEEDS_SUPERUSER a/migration.sql:2 42501"]);
  });

  it("are created without the attributes that only a superuser may give", async () => {
    const { failures, notes } = await replayed({
      a: "CREATE ROLE boss SUPERUSER LOGIN;\nCREATE USER copier REPLICATION;\nCREATE TABLE t (id int);\nGRANT SELECT ON t TO boss, copier;",
      b: "ALTER ROLE boss WITH SUPERUSER; ALTER ROLE boss SET log_statement = 'all';",
      c: "GRANT pg_read_all_stats TO boss; SET ROLE pg_monitor;",
      d: "CREATE POLICY p ON t TO boss USING (true);",
    });
    expect(failures).toEqual([]);
    expect(notes).toEqual([
      'a/migration.sql: role "boss" is created without the attributes that only a superuser may give it',
      'a/migration.sql: role "copier" is created without the attributes that only a superuser may give it',
      expect.stringContaining("b/migration.sql: ALTER ROLE is left out"),
      expect.stringContaining("b/migration.sql: ALTER ROLE ... SET is left out"),
    ]);
  });
});

describe("indexes that are switched off during a back-fill", () => {
  it("stay as they are, and the migration goes on", async () => {
    const switched = (to: boolean) =>
      `UPDATE pg_index SET indisready = ${to} WHERE indrelid = (SELECT oid FROM pg_class WHERE relname = 't');`;
    const { failures, notes, model } = await replayed({
      a: `CREATE TABLE t (id int); CREATE INDEX t_id ON t (id);\n${switched(false)}\nUPDATE t SET id = 1;\n${switched(true)}`,
    });
    expect(failures).toEqual([]);
    expect(notes).toEqual([expect.stringContaining("a/migration.sql: UPDATE pg_index is left out")]);
    expect(model.relations[0]?.indexes.map(({ name, ready }) => [name, ready])).toEqual([["t_id", true]]);
  });

  it("are not the whole catalog: what changes the schema is refused", async () => {
    const result = await replayed({
      a: "CREATE TYPE e AS ENUM ('a', 'b');\nDELETE FROM pg_enum WHERE enumlabel = 'b' AND enumtypid = 'e'::regtype;",
    });
    expect(failuresOf(result)).toEqual(["NEEDS_SUPERUSER a/migration.sql:2 42501"]);
    const unique = await replayed({
      a: "CREATE TABLE t (id int UNIQUE);\nUPDATE pg_index SET indisunique = false WHERE indrelid = 't'::regclass;",
    });
    expect(failuresOf(unique)).toEqual(["NEEDS_SUPERUSER a/migration.sql:2 42501"]);
  });
});

describe("what a dump holds", () => {
  it("runs: owners, comments on extensions and schemas, grants", async () => {
    const { failures, model } = await replayed({
      a: `SET statement_timeout = 0;
SET session_replication_role = replica;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;
COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';
ALTER SCHEMA public OWNER TO postgres;
COMMENT ON SCHEMA public IS 'standard public schema';
CREATE TABLE public.t (id public.citext);
ALTER TABLE public.t OWNER TO postgres;
ALTER TABLE ONLY public.t ALTER COLUMN id SET STATISTICS 100;
ALTER TABLE public.t DISABLE TRIGGER ALL;
ALTER TABLE public.t ENABLE TRIGGER ALL;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO PUBLIC;
GRANT ALL ON SCHEMA public TO postgres;`,
      b: "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE public.t (id int);",
    });
    expect(failures).toEqual([]);
    expect(model.relations.map(({ name }) => name)).toEqual(["t"]);
  });
});

describe("extensions that only a superuser may create", () => {
  it("are created when they do no harm, and belong to the scripts", async () => {
    const { failures, model } = await replayed({
      a: "CREATE EXTENSION earthdistance CASCADE;",
      b: `CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS "moddatetime" WITH SCHEMA extensions;
COMMENT ON EXTENSION moddatetime IS 'x';
CREATE TABLE t (id int, at timestamp, place public.earth);
CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION extensions.moddatetime(at);`,
      c: "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_stat_statements; END $$;",
      d: "CREATE VIEW v AS SELECT * FROM pg_stat_statements; DROP VIEW v; DROP EXTENSION pg_stat_statements;",
      e: "CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;",
    });
    expect(failures).toEqual([]);
    expect(model.extensions.map(({ name }) => name)).toEqual(expect.arrayContaining(["earthdistance", "moddatetime"]));
  });

  it("are left out when they might, and named where something needs them", async () => {
    const { failures, notes } = await replayed({
      a: "CREATE EXTENSION xml2;\nCOMMENT ON EXTENSION xml2 IS 'x';\nCREATE TABLE t (id int);",
    });
    expect(failures).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(
        /^a\/migration\.sql: extension "xml2" (may be created by superusers only|is not available)/,
      ),
    ]);
  });
});

describe("what no schema holds", () => {
  it("is left out, and so is what names it later", async () => {
    const { failures, notes, model } = await replayed({
      a: `CREATE TABLE t (id int);
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION f();
CREATE PUBLICATION every FOR ALL TABLES;`,
      b: `ALTER EVENT TRIGGER watch DISABLE;
COMMENT ON EVENT TRIGGER watch IS 'x';
ALTER PUBLICATION every SET (publish = 'insert');
DROP PUBLICATION every;
DROP EVENT TRIGGER watch;
CREATE PUBLICATION part FOR TABLE t;
LOAD 'auto_explain';
ALTER DATABASE postgres SET search_path = public;
CREATE CAST (varchar AS json) WITH INOUT AS ASSIGNMENT;
CREATE TABLE u (id int);`,
    });
    expect(failures).toEqual([]);
    expect(notes.map((note) => /: (.*) is left out/.exec(note)?.[1])).toEqual([
      'event trigger "watch"',
      'publication "every"',
      "LOAD",
      "ALTER DATABASE ... SET",
      "CREATE CAST",
    ]);
    expect(model.relations.map(({ name }) => name)).toEqual(["t", "u"]);
  });

  it("stays a failure where the schema needs it", async () => {
    const result = await replayed({ a: "\nCREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x', 'y';" });
    expect(failuresOf(result)).toEqual(["NEEDS_SUPERUSER a/migration.sql:2 42501"]);
    expect(result.failures[0]?.diagnosis).toContain("--scratch-url");
  });
});
