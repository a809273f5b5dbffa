/** Two applications on one database, and the same answer for any order of what was read. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, nothingVerified } from "../../../src/compare/index.js";
import type { Application } from "../../../src/model/contract.js";
import type { Relation, SchemaModel } from "../../../src/model/schema.js";
import { application, column, contractOf, feature, relation, use } from "../../support/builders.js";

const present = (name: string, columns: Relation["columns"]): Relation => ({
  schema: "public",
  name,
  kind: "table",
  partitionOf: null,
  columns,
  constraints: [],
  indexes: [],
  triggers: [],
  definition: null,
  rowSecurity: { enabled: false, forced: false, appliesToRole: false, allows: [] },
  privileges: { select: true, insert: true, update: true, delete: true },
});

const model = (...relations: Relation[]): SchemaModel => ({
  serverVersion: 180004,
  schemas: [{ name: "public", usage: true }],
  relations,
  enums: [],
  domains: [],
  sequences: [],
  functions: [],
  extensions: [],
  role: null,
  unreadable: [],
});

const target = {
  host: "h",
  port: 5432,
  database: "d",
  user: "u",
  server: "18.4",
  schema: "public",
  searchPath: [],
  inRecovery: false,
};

function judge(applications: readonly Application[], seen: SchemaModel) {
  return compare(contractOf(...applications), {
    target,
    models: applications.map(() => seen),
    rows: [],
    recordTables: [],
  });
}

describe("two applications", () => {
  it("that need the same missing table share one gap", () => {
    const one = application({ name: "one", relations: [relation("users", [column("id")])] });
    const { gaps } = judge([one, { ...one, name: "two" }], model());
    expect(gaps.map(({ code }) => code)).toEqual(["MISSING_TABLE"]);
  });

  it("that need one table in two shapes have a gap each, with ids of their own", () => {
    const one = application({ name: "one", relations: [relation("users", [column("id")])] });
    const two = application({ name: "two", relations: [relation("users", [column("id"), column("email")])] });
    const { gaps } = judge([one, two], model());
    expect(gaps.map(({ code }) => code)).toEqual(["MISSING_TABLE", "MISSING_TABLE"]);
    expect(new Set(gaps.map(({ id }) => id)).size).toBe(2);
  });

  it("that cannot look into the same schema are both named", () => {
    const features = (name: string) => [feature(`${name}-feature`, [use("users", { select: ["id"] })])];
    const relations = [relation("users", [column("id")])];
    const blind = { ...model(present("users", [column("id")])), schemas: [{ name: "public", usage: false }] };
    const applications = ["one", "two"].map((name) => application({ name, relations, features: features(name) }));
    const { unverified } = judge(applications, blind);
    expect(unverified.map((each) => each.features)).toEqual([["one-feature", "two-feature"]]);
  });
});

it("answers the same, byte for byte, whatever the order of the rows read", () => {
  const names = ["a", "b", "c", "d", "e"];
  const expected = application({
    relations: names.map((name) => relation(name, [column("x"), column("y"), column(name)])),
  });
  const seen = names.slice(1).map((name) => present(name, [column("y"), column("z")]));
  const reference = JSON.stringify(judge([expected], model(...seen)));
  fc.assert(
    fc.property(fc.shuffledSubarray(seen, { minLength: seen.length }), (shuffled) => {
      expect(JSON.stringify(judge([expected], model(...shuffled)))).toBe(reference);
    }),
    { numRuns: 50 },
  );
});

it("has verified nothing when the database could not be asked", () => {
  const one = application({ relations: [relation("users", [column("id")])], features: [feature("f", [])] });
  const { gaps, unverified, summary } = nothingVerified(contractOf(one), "cannot be reached", null);
  expect(gaps).toEqual([]);
  expect(unverified).toMatchObject([{ reason: "cannot be reached", features: ["f"] }]);
  expect(summary.unverified).toBe(summary.expectations);
});
