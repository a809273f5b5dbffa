import { describe, expect, it } from "vitest";
import { commonDefinitions, wantedDefinitions } from "../../../../src/expect/contract-file/definitions.js";
import type { Contract } from "../../../../src/model/contract.js";
import {
  clauseOf,
  type DefinitionKind,
  definitionOf,
  isTableClause,
  type ObjectDefinition,
  partitionClause,
} from "../../../../src/model/definitions.js";
import type { Relation, SchemaModel } from "../../../../src/model/schema.js";
import { contractOf } from "../../../support/builders.js";

function definition(kind: DefinitionKind, name: string, fields: Partial<ObjectDefinition> = {}): ObjectDefinition {
  return { kind, schema: "public", relation: null, name, sql: [`${kind} ${name}`], ...fields };
}

const withDefinitions = (...definitions: readonly ObjectDefinition[]): Contract => ({ ...contractOf(), definitions });

describe("definitions of a contract", () => {
  it("leave out relations that the contract leaves out, and what is theirs", () => {
    const kept = { schema: "public", name: "users" } as Relation;
    const left = { schema: "public", name: "records" } as Relation;
    const owned = { schema: "public", name: "records_id_seq", ownedBy: { ...left, column: "id" } };
    const model = { relations: [kept, left], sequences: [owned, { ...owned, name: "free", ownedBy: null }] };
    const all = [
      definition("extension", "records", { schema: null }),
      definition("function", "records"),
      definition("sequence", "records_id_seq"),
      definition("sequence", "free"),
      definition("unlogged", "records"),
      definition("policy", "mine", { relation: "records" }),
      definition("policy", "mine", { relation: "users" }),
      definition("row-security", "users"),
    ];
    const wanted = wantedDefinitions(all, model as unknown as SchemaModel, [kept]);
    expect(all.filter((each) => !wanted.includes(each))).toEqual([all[2], all[4], all[5]]);
  });

  it("of several contracts are each there once, in the order of the first", () => {
    const [a, b, c] = [definition("view", "a"), definition("view", "b"), definition("trigger", "a", { relation: "b" })];
    const otherA = { ...a, sql: ["something else"] };
    expect(commonDefinitions([withDefinitions(b, a), withDefinitions(otherA, c)])).toEqual({ definitions: [b, a, c] });
    expect(commonDefinitions([contractOf(), withDefinitions()])).toEqual({ definitions: [] });
    expect(commonDefinitions([contractOf()])).toEqual({});
  });

  it("are found by kind and subject", () => {
    const all = [
      definition("identity", "id", { relation: "users", sql: ["START WITH 5"] }),
      definition("partition", "users_1", { sql: ["app", "All users", "DEFAULT"] }),
      definition("unlogged", "users", { sql: ["UNLOGGED"] }),
    ];
    const users = { schema: "public", name: "users" };
    expect(clauseOf(all, "identity", users, "id")).toBe("START WITH 5");
    expect(clauseOf(all, "identity", users, "other")).toBeNull();
    expect(clauseOf(all, "unlogged", users)).toBe("UNLOGGED");
    expect(clauseOf(all, "unlogged", { ...users, schema: "app" })).toBeNull();
    expect(partitionClause(all, { schema: "public", name: "users_1" })).toEqual({
      parent: { schema: "app", name: "All users" },
      bound: "DEFAULT",
    });
    expect(partitionClause(all, users)).toBeNull();
    expect(definitionOf(all, "view", { ...users, relation: null })).toEqual([]);
    expect([isTableClause("partition-key"), isTableClause("sequence")]).toEqual([true, false]);
  });
});
