import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grantStatement } from "../../../src/model/grants.js";
import type { Json } from "../../../src/model/report.js";
import { gap, subject } from "../../support/builders.js";

const grant = (relation: string | null, expected: Json) =>
  grantStatement(gap({ id: "g", code: "MISSING_PRIVILEGE", subject: subject("privileges", "X", relation), expected }));

describe("grantStatement", () => {
  it.each<[string | null, Json, string | null]>([
    ["users", { role: "app", privilege: "SELECT", columns: [] }, 'GRANT SELECT ON "public"."users" TO "app";'],
    [
      "users",
      { role: "app", privilege: "UPDATE", columns: ["userTags"] },
      'GRANT UPDATE ("userTags") ON "public"."users" TO "app";',
    ],
    [null, { role: "app", privilege: "USAGE" }, 'GRANT USAGE ON SCHEMA "public" TO "app";'],
    [
      "users",
      { role: "app", privilege: "USAGE", sequence: { schema: "public", name: "users_id_seq" } },
      'GRANT USAGE ON SEQUENCE "public"."users_id_seq" TO "app";',
    ],
    [
      'a\u0007\\b"c',
      { role: "app\u202e", privilege: "SELECT", columns: ["x\u007f", "y\\"] },
      'GRANT SELECT (U&"x\\007F", "y\\") ON "public".U&"a\\0007\\\\b""c" TO U&"app\\202E";',
    ],
    ["users", { privilege: "SELECT" }, null],
    ["users", { role: "app", privilege: "ALL; DROP TABLE users" }, null],
    ["users", null, null],
  ])("%s %j", (relation, expected, sql) => {
    expect(grant(relation, expected)).toBe(sql);
  });

  it("holds nothing that a terminal would act on", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
        expect(grant(name, { role: name, privilege: "SELECT", columns: [name] })).not.toMatch(/\p{Cc}|[\u2028\u202e]/u);
      }),
    );
  });

  it("is for missing privileges only", () => {
    expect(
      grantStatement(gap({ id: "g", code: "MISSING_TABLE", expected: { role: "app", privilege: "SELECT" } })),
    ).toBeNull();
  });
});
