import { describe, expect, it } from "vitest";
import { deedsOf, loadGrammar } from "../../../src/sql/index.js";

const grammar = await loadGrammar();

describe("deedsOf", () => {
  const deeds = (sql: string) =>
    grammar.parseScript(sql).statements.flatMap((statement) =>
      deedsOf(statement, grammar).map(({ act, kind, schema, relation, name, guarded, at }) => {
        expect(
          sql
            .slice(at, at + name.length + 1)
            .replace(/^["']/, "")
            .toLowerCase(),
        ).toContain(name.slice(0, -1).toLowerCase());
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
    ["CREATE USER MAPPING FOR x SERVER y", []],
    ["GRANT SELECT ON t TO x", []],
  ])("%s", (sql, expected) => {
    expect(deeds(sql)).toEqual(expected);
  });
});
