import { describe, expect, it } from "vitest";
import { readUses } from "../../../src/expect/build/uses.js";
import type { FeatureSection } from "../../../src/expect/schema/check-file.js";
import type { DomainType } from "../../../src/model/schema.js";
import { column, relation as relationOf, TEXT } from "../../support/builders.js";

const expression = (text: string) => ({ text, renderings: [text] });

const domain = (name: string, facts: Partial<DomainType>): DomainType => ({
  schema: "public",
  name,
  base: TEXT,
  nullable: true,
  default: null,
  checks: [],
  ...facts,
});
const domainType = (name: string) => ({ ...TEXT, schema: "public", name, kind: "domain" as const });

const users = relationOf("users", [
  column("id"),
  column("email"),
  column("name", { nullable: true }),
  column("createdAt", { default: expression("CURRENT_TIMESTAMP") }),
  column("number", { identity: "by-default" }),
  column("serial", { identity: "always" }),
  column("search", { nullable: true, generated: { kind: "stored", expression: expression("lower(name)") } }),
]);
const mails = relationOf("mails", [
  column("required", { nullable: true, type: domainType("required") }),
  column("filled", { type: domainType("filled") }),
  column("list", { nullable: true, type: { ...domainType("required"), array: true } }),
]);
const domains = [domain("required", { nullable: false }), domain("filled", { default: expression("'x'::text") })];

function uses(feature: Partial<FeatureSection>) {
  const find = (key: string) => [users, mails].find(({ name }) => name === key) ?? null;
  return readUses(feature as FeatureSection, { find, domains }, ["features", "f"]);
}

const NOTHING = { relation: { schema: "public", name: "users" }, select: [], insert: null, update: [], delete: false };
const ALL = ["id", "email", "name", "createdAt", "number", "serial", "search"];
const WRITABLE = ["id", "email", "name", "createdAt", "number"];

describe("what a feature does", () => {
  it.each<[string, Partial<FeatureSection>, object]>([
    ["reads *", { reads: new Map([["users", "*"]]) }, { select: ALL }],
    ["reads columns", { reads: new Map([["users", ["name"]]]) }, { select: ["name"] }],
    ["writes *", { writes: new Map([["users", "*"]]) }, { insert: WRITABLE, update: WRITABLE }],
    [
      "writes a list that an INSERT can do with",
      { writes: new Map([["users", ["email", "id"]]]) },
      { insert: ["email", "id"], update: ["email", "id"] },
    ],
    [
      "writes a list that lacks a required column",
      { writes: new Map([["users", ["id", "name"]]]) },
      { update: ["id", "name"] },
    ],
    [
      "writes as told",
      { writes: new Map([["users", { insert: "*" as const, update: ["name"], delete: true }]]) },
      { insert: WRITABLE, update: ["name"], delete: true },
    ],
    ["deletes", { deletes: ["users"] }, { delete: true }],
    [
      "does several things",
      { reads: new Map([["users", ["id"]]]), writes: new Map([["users", ["name"]]]), deletes: ["users"] },
      { select: ["id"], update: ["name"], delete: true },
    ],
  ])("%s", (_what, feature, expected) => {
    expect(uses(feature)).toEqual({ uses: [{ ...NOTHING, ...expected }], problems: [] });
  });

  it("knows that a domain can require a value, or supply one", () => {
    const insertOf = (columns: string[]) => uses({ writes: new Map([["mails", columns]]) }).uses[0]?.insert;
    expect(insertOf(["required"])).toEqual(["required"]);
    expect(insertOf(["filled", "list"])).toBeNull();
  });

  it("sorts by relation", () => {
    const both = uses({
      reads: new Map([
        ["users", "*"],
        ["mails", "*"],
      ]),
    }).uses;
    expect(both.map(({ relation }) => relation.name)).toEqual(["mails", "users"]);
  });

  it("refuses to write a generated column", () => {
    const { problems } = uses({ writes: new Map([["users", { update: ["name", "search"] }]]) });
    expect(problems).toEqual([
      {
        path: ["features", "f", "writes", "users", "update", 1],
        message: 'column "search" is generated and cannot be written',
      },
    ]);
  });
});
