import { describe, expect, it } from "vitest";
import { type Circumstances, doubtOf } from "../../../src/copy/doubts.js";
import type { TrialFailure } from "../../../src/model/trial.js";

const FAILURE: TrialFailure = {
  migration: "2_tags",
  file: "2_tags/migration.sql",
  line: 1,
  statement: "create table tags (id int)",
  sqlstate: "42P07",
  message: 'relation "tags" already exists',
  code: "DUPLICATE_OBJECT",
  diagnosis: "",
};

function doubt(failure: Partial<TrialFailure> = {}, around: Partial<Circumstances> = {}): string | null {
  return doubtOf({
    failure: { ...FAILURE, ...failure },
    leftOut: [],
    missingExtensions: [],
    sameMajor: true,
    ...around,
  });
}

const left = (kind: string, name: string) => ({ kind, name, schema: "public", relation: null, reason: "" });

describe("whether the target would refuse it, too", () => {
  it.each(["42P07", "42701", "42710", "42P01", "42703", "42704", "42883", "42804", "2BP01", "3F000", "55P04"])(
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
    expect(doubt({ sqlstate: "42P01" }, { leftOut: [left("extension", "postgis")] })).toContain("extension postgis");
    expect(doubt({}, { leftOut: [left("extension", "postgis")] })).toBeNull();
  });
});
