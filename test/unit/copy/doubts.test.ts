import { describe, expect, it } from "vitest";
import { type Circumstances, doubtOf } from "../../../src/copy/doubts.js";
import type { ReplayFailure } from "../../../src/model/replay-failure.js";

const FAILURE: ReplayFailure = {
  migration: "2_tags",
  file: "2_tags/migration.sql",
  line: 1,
  statement: "create table tags (id int)",
  sqlstate: "42P07",
  message: 'relation "tags" already exists',
  code: "DUPLICATE_OBJECT",
  diagnosis: "",
};

function doubt(failure: Partial<ReplayFailure> = {}, around: Partial<Circumstances> = {}): string | null {
  const usual = {
    leftOut: [],
    missingExtensions: [],
    sameMajor: true,
    directory: { warnings: [] },
    withoutScript: [],
    elsewhere: [],
  };
  return doubtOf({ ...usual, failure: { ...FAILURE, ...failure }, ...around });
}

const MISSING_TABLE = { sqlstate: "42P01", message: 'relation "x" does not exist' };
const left = (kind: string, name: string) => ({ kind, name, schema: "public", relation: null, reason: "" });

describe("whether the target would refuse it, too", () => {
  it.each(["42P07", "42701", "42710", "42804", "42601", "2BP01", "55P04", "25001"])(
    "%s is about definitions: certain",
    (sqlstate) => expect(doubt({ sqlstate })).toBeNull(),
  );

  it.each(["23503", "23502", "P0001", "P0002", "22P02", "21000", "42501", "57014", "53100", "08006", "55000", "XX000"])(
    "%s may be the doing of rows, rights or the server: nobody knows",
    (sqlstate) => expect(doubt({ sqlstate })).toContain(`(${sqlstate}), which may be because`),
  );

  it("is not known when an extension was left out", () => {
    expect(doubt({ code: "NEEDS_EXTENSION" })).toContain("need an extension");
    expect(doubt({}, { missingExtensions: ["postgis"] })).toContain("(postgis)");
  });

  it("is not known when the version may be the reason", () => {
    expect(doubt({ sqlstate: "42601" }, { sameMajor: false })).toContain("another major version");
    expect(doubt({ sqlstate: "42P07" }, { sameMajor: false })).toBeNull();
  });

  it("is not known when the copy lacks what the statement is about", () => {
    expect(doubt({}, { leftOut: [left("function", "TAGS(integer)")] })).toContain(
      "the copy lacks function TAGS(integer)",
    );
    expect(doubt({}, { leftOut: [left("function", "other()")] })).toBeNull();
    expect(doubt(MISSING_TABLE, { leftOut: [left("extension", "postgis")] })).toContain("extension postgis");
    expect(doubt({}, { leftOut: [left("extension", "postgis")] })).toBeNull();
  });

  it.each([
    ["42P01", 'relation "x" does not exist'],
    ["42703", 'column "c" of relation "x" does not exist'],
    ["42704", 'type "mood" does not exist'],
    ["42883", "function f(integer) does not exist"],
    ["3F000", 'schema "s" does not exist'],
  ])("%s of something that a schema holds is certain", (sqlstate, message) => {
    expect(doubt({ sqlstate, message })).toBeNull();
  });

  it.each([
    ["42883", "operator does not exist: text % text"],
    ["42704", 'unrecognized configuration parameter "app.tenant"'],
    ["42704", 'tablespace "fast" does not exist'],
    ["42704", 'collation "xx" for encoding "UTF8" does not exist'],
    ["42704", 'language "plpython3u" does not exist'],
  ])("%s of something that stands elsewhere is not known: %s", (sqlstate, message) => {
    expect(doubt({ sqlstate, message })).toContain("may stand outside of the schema");
  });

  it("is not known when another schema has it", () => {
    expect(doubt(MISSING_TABLE, { elsewhere: ["extensions"] })).toContain("stands in schema extensions");
  });

  it("is not known when a role is the matter", () => {
    expect(doubt({ code: "NEEDS_ROLE", sqlstate: "42710" })).toContain("other roles");
  });

  it("is not known when not all of the scripts are", () => {
    const warning = (code: "NOT_READ" | "PLACEHOLDER", file: string) => ({ warnings: [{ code, file, message: "m" }] });
    expect(doubt({}, { withoutScript: ["1_code"] })).toContain("of 1_code, which waits as well, there is no script");
    expect(doubt({}, { directory: warning("NOT_READ", "0_x.js") })).toContain("not every migration could be read");
    expect(doubt({}, { directory: warning("PLACEHOLDER", FAILURE.file) })).toContain("placeholders");
    expect(doubt({}, { directory: warning("PLACEHOLDER", "another.sql") })).toBeNull();
  });
});
