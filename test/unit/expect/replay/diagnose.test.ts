import { describe, expect, it } from "vitest";
import { complaintOf } from "../../../../src/expect/replay/complaint.js";
import { openDeedBook } from "../../../../src/expect/replay/creators.js";
import { type Case, diagnoseFailure } from "../../../../src/expect/replay/diagnose.js";
import { scriptReader } from "../../../../src/expect/replay/read-script.js";
import { loadGrammar } from "../../../../src/sql/index.js";

const grammar = await loadGrammar();

/** The last script is refused, in its first line. */
function diagnose(scripts: readonly string[], sqlstate: string, message: string, options: Partial<Case> = {}) {
  const named = scripts.map((sql, position) => ({
    name: `m${position}`,
    file: `m${position}.sql`,
    sql,
    firstLine: 11,
    transaction: "script" as const,
    checksum: null,
  }));
  return diagnoseFailure({
    tool: "sql",
    sqlstate,
    message,
    index: scripts.length - 1,
    line: 11,
    book: openDeedBook(named, scriptReader(grammar)),
    otherOrder: null,
    failed: new Set(),
    schemas: ["public"],
    missingExtensions: new Set(),
    unread: [],
    ...options,
  });
}

describe("complaintOf", () => {
  it.each<[string, string, unknown]>([
    [
      "42P01",
      'relation "auth.users" does not exist',
      { about: "missing", what: "relation", schema: "auth", name: "users" },
    ],
    ["42P01", 'table "t" does not exist', { what: "table", name: "t" }],
    ["42P01", 'missing FROM-clause entry for table "t"', null],
    ["42704", 'type "mood" does not exist', { what: "type", name: "mood" }],
    ["42704", 'type "app.mood[]" does not exist', { what: "type" }],
    ["42704", 'constraint "a.b" of relation "t" does not exist', { what: "constraint", relation: "t", name: "a.b" }],
    ["42704", 'trigger "x" for table "t" does not exist', { what: "trigger", relation: "t", name: "x" }],
    ["42704", 'unrecognized configuration parameter "storage.x"', null],
    ["42704", 'operator class "gin_trgm_ops" does not exist for access method "gin"', { what: "operator class" }],
    ["42703", 'column "a" of relation "t" does not exist', { what: "column", relation: "t", name: "a" }],
    ["42703", "column t.a does not exist", { what: "column", name: "a" }],
    ["42883", "function app.f(integer, text) does not exist", { what: "function", schema: "app", name: "f" }],
    ["42883", "operator does not exist: text + integer", null],
    ["3F000", 'schema "auth" does not exist', { what: "schema", name: "auth" }],
    ["3F000", "no schema has been selected to create in", null],
    ["42710", 'constraint "c" for relation "t" already exists', { about: "duplicate", relation: "t", name: "c" }],
    ["42710", 'enum label "x" already exists', { what: "enum label", name: "x" }],
    ["42723", 'function "f" already exists with same argument types', { what: "function", name: "f" }],
    ["42P06", 'schema "s" already exists', { what: "schema", name: "s" }],
    ["22012", "division by zero", null],
  ])("%s %s", (sqlstate, message, expected) => {
    const complaint = complaintOf(sqlstate, message);
    if (expected === null) expect(complaint).toBeNull();
    else expect(complaint).toMatchObject(expected as object);
  });
});

describe("diagnoseFailure", () => {
  const missing = ["42P01", 'relation "t" does not exist'] as const;
  const create = "\nCREATE TABLE t (id int);";

  it("tells apart who creates a missing object", () => {
    expect(diagnose(["ALTER TABLE t ADD a int;"], ...missing).code).toBe("NO_MIGRATION_CREATES_IT");
    const later = diagnose(["ALTER TABLE t ADD a int;", create], ...missing, { index: 0 });
    expect(later).toMatchObject({ code: "DEPENDENCY_ORDER", diagnosis: expect.stringContaining("at m1.sql:12") });
    const other = diagnose(["ALTER TABLE t ADD a int;", create], ...missing, { index: 0, otherOrder: ["m1", "m0"] });
    expect(other).toMatchObject({
      code: "ORDER_DIFFERS",
      diagnosis: expect.stringContaining("Other order: 1. m1, 2. m0"),
    });
    const neither = diagnose(["ALTER TABLE t ADD a int;", create], ...missing, { index: 0, otherOrder: ["m0", "m1"] });
    expect(neither.code).toBe("DEPENDENCY_ORDER");
    const failed = diagnose([create, "ALTER TABLE t ADD a int;"], ...missing, { failed: new Set([0]) });
    expect(failed).toMatchObject({
      code: "STATEMENT_FAILED",
      diagnosis: expect.stringContaining("that migration failed"),
    });
    const elsewhere = diagnose(["CREATE TABLE app.t (a int);", "ALTER TABLE t ADD a int;"], ...missing);
    expect(elsewhere.diagnosis).toContain('in schema "app", which is not searched');
    expect(elsewhere.diagnosis).toContain("--schema app");
    const guarded = diagnose(["CREATE TABLE IF NOT EXISTS t (a int);", "ALTER TABLE t ADD a int;"], ...missing);
    expect(guarded.diagnosis).toContain("another schema");
  });

  it("is not misled by comments, strings and other objects of the name", () => {
    const decoys =
      "-- CREATE TABLE t (a int);\nSELECT 'CREATE TABLE t (a int)';\nCREATE TYPE t AS ENUM ('a');\nCREATE TABLE x.t (a int)";
    const result = diagnose([decoys, ""], "42P01", 'relation "y.t" does not exist', { schemas: ["y"] });
    expect(result.code).toBe("NO_MIGRATION_CREATES_IT");
  });

  it("names what must be there before", () => {
    expect(diagnose([""], "42P01", 'relation "auth.users" does not exist').code).toBe("NEEDS_SCHEMA");
    expect(diagnose([""], "3F000", 'schema "storage" does not exist').diagnosis).toContain("Supabase");
    expect(diagnose([""], "42704", 'role "anon" does not exist').code).toBe("NEEDS_ROLE");
    expect(diagnose([""], "42704", 'type "citext" does not exist').diagnosis).toContain(
      'comes from extension "citext"',
    );
    const left = diagnose([""], "42704", 'type "strange" does not exist', { missingExtensions: new Set(["ext"]) });
    expect(left).toMatchObject({ code: "NEEDS_EXTENSION", diagnosis: expect.stringContaining('("ext")') });
    expect(
      diagnose([""], "58P01", 'could not open extension control file "/usr/share/vector.control": No such file').code,
    ).toBe("NEEDS_EXTENSION");
    expect(diagnose([""], "0A000", 'extension "vector" is not available').code).toBe("NEEDS_EXTENSION");
    const missingExtensions = new Set(["pgmq", "pg_cron"]);
    for (const message of [
      "function pgmq.create(unknown) does not exist",
      "function cron.schedule(text) does not exist",
    ]) {
      expect(diagnose([""], "42883", message, { missingExtensions }).code).toBe("NEEDS_EXTENSION");
    }
    const relation = diagnose([""], "42P01", 'relation "cron.job" does not exist', { missingExtensions });
    expect(relation.diagnosis).toContain('comes from extension "pg_cron"');
  });

  it("does not claim that nothing creates it where migrations are code", () => {
    const missing = ["42P01", 'relation "t" does not exist'] as const;
    const one = diagnose(["ALTER TABLE t ADD a int;"], ...missing, { unread: ["2_b.go"] });
    expect(one).toMatchObject({
      code: "NO_MIGRATION_CREATES_IT",
      diagnosis: expect.stringContaining("2_b.go is code"),
    });
    expect(one.diagnosis).not.toContain("baseline");
    const two = diagnose(["ALTER TABLE t ADD a int;"], ...missing, { unread: ["2_b.go", "3_c.go"] });
    expect(two.diagnosis).toContain("2 migrations are code (the first is 2_b.go)");
  });

  it("tells placeholders of a tool from newer syntax", () => {
    const near = ["42601", 'syntax error at or near "{"'] as const;
    expect(diagnose(["CREATE TABLE {{ index .Options }}.t ();"], ...near).diagnosis).toContain("is a placeholder");
    const shell = ["$", "{schema}"].join("");
    expect(diagnose([`CREATE TABLE ${shell}.t ();`], "42601", "x").diagnosis).toContain(`${shell} is a placeholder`);
    expect(diagnose(["CREATE TABLE {a};"], ...near).diagnosis).toContain("newer server");
  });

  it("tells that a script reads a setting that its tool sets", () => {
    const script = "DO $$ DECLARE n text[] = current_setting('app.names', true)::text[]; BEGIN END $$;";
    expect(diagnose([script], "22P02", 'malformed array literal: "x"').diagnosis).toContain("the setting app.names");
    expect(diagnose(["SELECT 'x'::int;"], "22P02", "invalid input").diagnosis).not.toContain("setting");
  });

  it("says of the rest what PostgreSQL says, with a hint where there is one", () => {
    expect(diagnose([""], "42883", "function uuidv7() does not exist")).toMatchObject({
      code: "STATEMENT_FAILED",
      diagnosis: expect.stringContaining("uuidv7() needs PostgreSQL 18"),
    });
    expect(diagnose([""], "57014", "canceling statement due to statement timeout")).toMatchObject({
      code: "RESOURCE_LIMIT",
      diagnosis: expect.stringContaining("canceling statement due to statement timeout. It took longer"),
    });
    expect(diagnose([""], "53200", "out of memory").diagnosis).toContain("one gigabyte");
    expect(diagnose([""], "53200", "out of shared memory").diagnosis).toContain("max_locks_per_transaction");
    expect(diagnose([""], "42501", "permission denied for language c").code).toBe("NEEDS_SUPERUSER");
    expect(diagnose([""], "42501", "new row violates row-level security policy").code).toBe("STATEMENT_FAILED");
    expect(diagnose([""], "25001", "x cannot run inside a transaction block").code).toBe("NOT_IN_TRANSACTION");
    expect(diagnose([""], "42P07", 'relation "t_pkey" already exists')).toMatchObject({
      code: "DUPLICATE_OBJECT",
      diagnosis: expect.stringContaining("PostgreSQL may have chosen the name"),
    });
  });
});
