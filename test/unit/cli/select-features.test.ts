import { describe, expect, it } from "vitest";
import { selectFeatures } from "../../../src/cli/select-features.js";
import { SchemareadyError } from "../../../src/errors/index.js";
import { application, column, contractOf, feature, migrated, relation, TEXT, use } from "../../support/builders.js";

const status = { ...TEXT, schema: "public", name: "status", kind: "enum" } as const;
const users = relation("users", [column("id"), column("email"), column("status", { type: status })], {
  complete: true,
});
const credits = relation("credits", [column("id"), column("amount")]);
const contract = contractOf(
  application({
    relations: [users, credits],
    enums: [
      { schema: "public", name: "status", labels: ["a"], ordered: false },
      { schema: "public", name: "unused", labels: ["a"], ordered: false },
    ],
    functions: [{ schema: "public", name: "f", arguments: null }],
    extensions: ["citext"],
    features: [
      feature("read", [use("users", { select: ["email"] })]),
      feature("write", [use("users", { insert: ["id", "email"] })], { migrations: ["m2"] }),
      feature("pay", [use("credits", { update: ["amount"] })]),
    ],
    migrations: { tool: "prisma", schema: null, required: ["m1", "m2"] },
  }),
  migrated(["m3"], { name: "pose-generator" }),
);

describe("selectFeatures", () => {
  it("is the whole contract when nothing is selected", () => {
    expect(selectFeatures(contract, [])).toBe(contract);
  });

  it("keeps what a reader reads, and no longer calls it complete", () => {
    const [only, ...others] = selectFeatures(contract, ["read"]).applications;
    expect(others).toEqual([]);
    expect(only?.features.map(({ id }) => id)).toEqual(["read"]);
    expect(only?.relations).toHaveLength(1);
    expect(only?.relations[0]).toMatchObject({ name: "users", complete: false, columns: [{ name: "email" }] });
    expect(only).toMatchObject({ enums: [], functions: [], extensions: [] });
  });

  it("keeps all of a complete relation for a writer: what stands beside its columns can block it", () => {
    const [only] = selectFeatures(contract, ["write"]).applications;
    expect(only?.relations).toEqual([users]);
    expect(only?.enums.map(({ name }) => name)).toEqual(["status"]);
  });

  it("joins what several features use", () => {
    const [only] = selectFeatures(contract, ["read", "pay"]).applications;
    expect(only?.relations.map(({ name, columns }) => [name, columns.map((each) => each.name)])).toEqual([
      ["users", ["email"]],
      ["credits", ["amount"]],
    ]);
  });

  it("keeps a relation whose rows a feature needs, even when it uses no column", () => {
    const rows = [{ id: "r", relation: { schema: "public", name: "credits" }, where: null, atLeast: 1, atMost: null }];
    const withRows = contractOf(application({ relations: [credits], features: [feature("seed", [], { rows })] }));
    const [only] = selectFeatures(withRows, ["seed"]).applications;
    expect(only?.relations.map(({ name }) => name)).toEqual(["credits"]);
  });

  it("keeps the migrations: their history explains the gaps", () => {
    const [only] = selectFeatures(contract, ["read"]).applications;
    expect(only?.migrations?.required).toEqual(["m1", "m2"]);
  });

  it("lists the features when one is unknown", () => {
    expect(() => selectFeatures(contract, ["raed"])).toThrow(SchemareadyError);
    try {
      selectFeatures(contract, ["raed"]);
    } catch (error) {
      expect(error).toMatchObject({ code: "USAGE", fix: "The features are: read, write, pay." });
    }
  });
});
