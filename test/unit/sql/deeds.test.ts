import { describe, expect, it } from "vitest";
import { deedsOf, loadGrammar } from "../../../src/sql/index.js";

const grammar = await loadGrammar();

describe("deedsOf", () => {
  const deeds = (sql: string) =>
    grammar.parseScript(sql).statements.flatMap((statement) =>
      deedsOf(statement, grammar).map(({ act, kind, schema, relation, name, guarded, at }) => {
        const there = sql
          .slice(at)
          .replace(/^["']+/, "")
          .toLowerCase();
        // What format() puts in has the place where it is put.
        expect(there.startsWith("%") ? name : there.slice(0, name.length)).toBe(
          there.startsWith("%") ? name : name.toLowerCase(),
        );
        const owner = [schema, relation].filter((each) => each !== null).map((each) => `${each}.`);
        return `${guarded ? "?" : ""}${act} ${kind} ${owner.join("")}${name}`;
      }),
    );

  it.each<[string, string[]]>([
    [
      'CREATE TABLE IF NOT EXISTS S."T" ("A" int, b numeric(1,2) CONSTRAINT b_ok CHECK (b > 0), PRIMARY KEY (b), CONSTRAINT k UNIQUE ("A"))',
      [
        "?create relation s.T",
        "?create column s.T.A",
        "?create column s.T.b",
        "?create constraint s.T.b_ok",
        "?create constraint s.T.k",
      ],
    ],
    ["CREATE UNLOGGED TABLE t AS SELECT 1", ["create relation t"]],
    ["SELECT 1 AS a INTO TEMP x FROM y", ["create relation x"]],
    [
      "ALTER TABLE ONLY t ADD a int, ADD COLUMN IF NOT EXISTS b int CONSTRAINT c CHECK (b IN (1, 2)), ADD CONSTRAINT d CHECK (a > 0), ADD UNIQUE (a), ALTER a SET NOT NULL, DROP COLUMN e, OWNER TO x",
      [
        "alter relation t",
        "create column t.a",
        "?create column t.b",
        "?create constraint t.c",
        "create constraint t.d",
        "alter column t.a",
        "drop column t.e",
      ],
    ],
    ["ALTER TABLE t RENAME TO u", ["drop relation t", "create relation u"]],
    ["ALTER TABLE t RENAME a TO b", ["alter relation t", "drop column t.a", "create column t.b"]],
    ["CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY s.t (a)", ["create index s.t.i"]],
    ["CREATE INDEX ON t (a)", []],
    ["CREATE OR REPLACE VIEW v AS SELECT 1", ["?create relation v"]],
    ["CREATE TYPE e AS ENUM ('a', 'b c')", ["create type e", "create label e.a", "create label e.b c"]],
    ["ALTER TYPE e ADD VALUE IF NOT EXISTS 'x' BEFORE 'a'", ["alter type e", "?create label e.x"]],
    ["CREATE OR REPLACE FUNCTION s.f(a int) RETURNS int LANGUAGE sql AS 'x'", ["?create function s.f"]],
    ["CREATE CONSTRAINT TRIGGER tr AFTER INSERT ON s.t FOR EACH ROW EXECUTE FUNCTION f()", ["create trigger s.t.tr"]],
    ["CREATE POLICY p ON t USING (true)", ["create policy t.p"]],
    ['CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA x', ["?create extension uuid-ossp"]],
    ["DROP TABLE IF EXISTS a, s.b CASCADE", ["?drop relation a", "?drop relation s.b"]],
    ["DROP TRIGGER tr ON t", ["drop trigger t.tr"]],
    [
      "DO $$ BEGIN IF NOT EXISTS (SELECT 1) THEN CREATE TYPE e AS ENUM ('a'); END IF; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
      ["?create type e", "?create label e.a"],
    ],
    ["CREATE FOREIGN TABLE f (a int) SERVER s", ["create relation f", "create column f.a"]],
    ["CREATE TABLE s.p PARTITION OF q.t FOR VALUES IN (1)", ["create relation s.p"]],
    [
      "CREATE TABLE t (LIKE u INCLUDING ALL, CONSTRAINT c UNIQUE (a)) INHERITS (v)",
      ["create relation t", "create constraint t.c"],
    ],
    ["CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1", ["?create relation v"]],
    ["CREATE VIEW s.v (a, b) AS SELECT 1, 2", ["create relation s.v", "create column s.v.a", "create column s.v.b"]],
    ["CREATE TABLE t (a) AS SELECT 1", ["create relation t", "create column t.a"]],
    [
      'ALTER TABLE "user" DROP COLUMN "type", ALTER COLUMN name SET NOT NULL, DROP CONSTRAINT "user_name_key"',
      ["alter relation user", "drop column user.type", "alter column user.name", "drop constraint user.user_name_key"],
    ],
    ["SELECT 1 INTO a UNION SELECT 2", ["create relation a"]],
    ["CREATE TYPE c AS (a int)", ["create type c"]],
    ["CREATE TYPE r AS RANGE (subtype = int4)", ["create type r"]],
    ["CREATE DOMAIN d AS int CONSTRAINT pos CHECK (VALUE > 0)", ["create type d", "create constraint d.pos"]],
    ["ALTER DOMAIN d DROP CONSTRAINT IF EXISTS c", ["alter type d", "?drop constraint d.c"]],
    ["ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0)", ["alter type d", "create constraint d.c"]],
    ["CREATE SEQUENCE IF NOT EXISTS s.q", ["?create sequence s.q"]],
    ["ALTER SEQUENCE q OWNED BY t.a", ["alter sequence q"]],
    ["CREATE AGGREGATE a (int) (sfunc = f, stype = int)", ["create function a"]],
    [
      "CREATE SCHEMA app CREATE TABLE t (a int) CREATE VIEW other.v AS SELECT 1",
      ["create schema app", "create relation app.t", "create column app.t.a", "create relation other.v"],
    ],
    ["CREATE SCHEMA AUTHORIZATION bob", ["create schema bob"]],
    [
      "CREATE USER u; ALTER ROLE u LOGIN; DROP ROLE IF EXISTS u, v",
      ["create role u", "alter role u", "?drop role u", "?drop role v"],
    ],
    ["ALTER ROLE r RENAME TO q", ["drop role r", "create role q"]],
    ["ALTER FUNCTION s.f(int) RENAME TO g", ["drop function s.f", "create function s.g"]],
    ["ALTER TRIGGER a ON s.t RENAME TO b", ["drop trigger s.t.a", "create trigger s.t.b"]],
    ["ALTER TABLE t RENAME CONSTRAINT a TO b", ["alter relation t", "drop constraint t.a", "create constraint t.b"]],
    ["ALTER TYPE c RENAME ATTRIBUTE a TO b", ["alter type c"]],
    ["ALTER TYPE c ADD ATTRIBUTE a int", ["alter type c"]],
    ["ALTER TYPE e RENAME VALUE 'a' TO 'b'", ["alter type e", "drop label e.a", "create label e.b"]],
    ["ALTER TABLE s.t SET SCHEMA u", ["drop relation s.t", "create relation u.t"]],
    ["ALTER TABLE t ATTACH PARTITION s.p DEFAULT", ["alter relation t", "alter relation s.p"]],
    [
      'ALTER TABLE t ALTER "e" SET DEFAULT e, DROP COLUMN e, ENABLE TRIGGER tr, ALTER CONSTRAINT c DEFERRABLE',
      ["alter relation t", "alter column t.e", "drop column t.e", "alter trigger t.tr", "alter constraint t.c"],
    ],
    [
      "ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY, VALIDATE CONSTRAINT c",
      ["alter relation t", "alter column t.a", "alter constraint t.c"],
    ],
    [
      'DROP TYPE a.b, "C"; DROP FUNCTION f(int), s.g',
      ["drop type a.b", "drop type C", "drop function f", "drop function s.g"],
    ],
    ['DROP TABLE "table", "drop"', ["drop relation table", "drop relation drop"]],
    ["DROP POLICY p ON s.t", ["drop policy s.t.p"]],
    ["INSERT INTO t SELECT 1 FROM u", []],
    ["CREATE USER MAPPING FOR x SERVER y", []],
    ["GRANT SELECT ON t TO x", []],
  ])("%s", (sql, expected) => {
    expect(deeds(sql)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["CREATE OR REPLACE VIEW s.v AS SELEC 1", ["?create relation s.v"]],
    ["CREATE TABLE IF NOT EXISTS t (a int) WITH OIDS", ["?create relation t"]],
    ["CREATE TRIGGER tr BEFORE INSERT ON ONLY s.t EXECUT f()", ["create trigger s.t.tr"]],
    ["CREATE TABEL t (a int)", []],
    ["DROP TABLE", []],
    ["selec create table t", []],
  ])("looks at the first words of what the grammar refuses: %s", (sql, expected) => {
    expect(grammar.parseScript(sql).statements[0]?.node).toBeNull();
    expect(deeds(sql)).toEqual(expected);
  });

  const block = (body: string) => `DO $x$ BEGIN ${body} END $x$`;
  it.each<[string, string, string[]]>([
    [
      "loops and labels",
      block("FOR r IN SELECT 1 LOOP <<l>> CREATE TABLE a (); DROP TABLE b; END LOOP;"),
      ["?create relation a", "?drop relation b"],
    ],
    [
      "branches",
      block("IF a THEN DROP TABLE b; ELSIF c THEN DROP TABLE d; ELSE DROP TABLE e; END IF;"),
      ["?drop relation b", "?drop relation d", "?drop relation e"],
    ],
    ["variables are no tables", block("SELECT 1 INTO x; x := 'CREATE TABLE y ()';"), []],
    [
      "words in expressions",
      block("PERFORM 'then create table x ()' WHERE a = 'drop'; RAISE NOTICE 'create table z';"),
      [],
    ],
    [
      "literals",
      block("EXECUTE 'CREATE TABLE t (a text DEFAULT ''x'', b int)'; EXECUTE $$DROP TABLE u$$ USING 1;"),
      ["?create relation t", "?create column t.a", "?create column t.b", "?drop relation u"],
    ],
    ["a text put together", block("EXECUTE 'CREATE TABLE ' || name;"), []],
    [
      "formats",
      block("EXECUTE format('ALTER TABLE %I.%I ADD b int, ADD CONSTRAINT %3$I CHECK (a = %L)', 's', t, 'k', 'it''s');"),
      ["?create column s.b", "?create constraint s.k"],
    ],
    ["formats with unknown names", block("EXECUTE format('CREATE TABLE %s_old (a int)', x);"), ["?create column a"]],
    [
      "a body in quotes",
      "DO 'BEGIN CREATE TABLE t (a text DEFAULT ''é'', b int); END'",
      ["?create relation t", "?create column t.a", "?create column t.b"],
    ],
    [
      "a body with escapes",
      "DO E'BEGIN\\n CREATE TABLE t (a text DEFAULT \\'x\\'); END'",
      ["?create relation t", "?create column t.a"],
    ],
    [
      "blocks in blocks",
      block("EXECUTE 'DO $b$ BEGIN CREATE TYPE e AS ENUM (''a''); END $b$';"),
      ["?create type e", "?create label e.a"],
    ],
    ["mistakes", block("CREATE TABLE a (; CREATE TABLE b ();"), ["?create relation a"]],
    ["another language", "DO LANGUAGE plpython3u $$ create table a() $$", []],
  ])("reads DO blocks: %s", (_, sql, expected) => {
    const before = "select 'é\u{1f600}';\n";
    expect(deeds(before + sql)).toEqual(expected);
  });
});
