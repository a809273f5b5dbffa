import { describe, expect, it } from "vitest";
import type { DefinitionKind, ObjectDefinition } from "../../../../src/model/definitions.js";
import { constraintOptions, createTable, laterParts } from "../../../../src/repair/ddl/index.js";
import { column, relation } from "../../../support/builders.js";
import { check, foreignKey, index, primaryKey } from "./parts.js";

function definition(
  kind: DefinitionKind,
  sql: readonly string[],
  of: string | null = null,
  name = "users",
): ObjectDefinition {
  return { kind, schema: "public", relation: of, name, sql };
}

const unique = primaryKey({ kind: "unique", name: "users_email_key", columns: ["email"], index: "users_email_key" });
const users = relation("users", [column("id"), column("email", { nullable: true })], {
  constraints: [check("(id > 0)"), unique, foreignKey(), primaryKey()],
  indexes: [index(), index({ name: "users_email_key", constraint: "users_email_key" })],
});

describe("createTable", () => {
  it("has columns, primary key and checks", () => {
    expect(createTable(users)).toEqual([
      `CREATE TABLE IF NOT EXISTS "public"."users" (
  "id" text NOT NULL,
  "email" text,
  CONSTRAINT "users_check" CHECK ((id > 0)),
  CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);`,
    ]);
  });

  it("takes the clauses that the model lacks", () => {
    const definitions = [
      definition("unlogged", ["UNLOGGED"]),
      definition("partition-key", ["RANGE (id)"]),
      definition("constraint", ["CHECK ((id > 0)) NO INHERIT"], "users", "users_check"),
      definition("inherits", ["public.things"], null, "others"),
    ];
    const plain = { ...users, columns: [column("id")], constraints: [check("(id > 0)")] };
    expect(createTable(plain, { definitions })).toEqual([
      `CREATE UNLOGGED TABLE IF NOT EXISTS "public"."users" (
  "id" text NOT NULL,
  CONSTRAINT "users_check" CHECK ((id > 0)) NO INHERIT
) PARTITION BY RANGE (id);`,
    ]);
    expect(createTable(relation("others", []), { definitions })).toEqual([
      'CREATE TABLE IF NOT EXISTS "public"."others" () INHERITS (public.things);',
    ]);
  });

  it("comes with row security and its policies: nobody sees rows in between", () => {
    const definitions = [
      definition("policy", ["CREATE POLICY mine ON public.users USING (true)"], "users", "mine"),
      definition("policy", ["CREATE POLICY theirs ON public.others USING (true)"], "others", "theirs"),
      definition("row-security", ["ALTER TABLE public.users ENABLE ROW LEVEL SECURITY"]),
    ];
    const [create, ...rest] = createTable(users, { definitions });
    expect(create).toMatch(/^CREATE TABLE/);
    expect(rest).toEqual([
      "ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;",
      "CREATE POLICY mine ON public.users USING (true);",
    ]);
  });

  it("attaches a partition, which has the identity of the whole", () => {
    const definitions = [definition("partition", ["app", "All users", "FOR VALUES IN (1)"])];
    const partition = relation("users", [column("id", { identity: "always" })]);
    expect(createTable(partition, { definitions })).toEqual([
      'CREATE TABLE IF NOT EXISTS "public"."users" (\n  "id" text NOT NULL\n);',
      'ALTER TABLE "app"."All users" ATTACH PARTITION "public"."users" FOR VALUES IN (1);',
    ]);
  });
});

describe("laterParts", () => {
  it("are what createTable leaves out, without the indexes of constraints", () => {
    const { keys, indexes, foreignKeys } = laterParts(users, [users]);
    expect(keys.map(({ name }) => name)).toEqual(["users_email_key"]);
    expect(indexes.map(({ name }) => name)).toEqual(["users_email"]);
    expect(foreignKeys.map(({ name }) => name)).toEqual(["users_team_fkey"]);
  });

  it("of a partition are those that the whole does not have", () => {
    const definitions = [definition("partition", ["public", "users", "DEFAULT"], null, "part")];
    const part = {
      ...users,
      name: "part",
      constraints: users.constraints.map((each) => ({ ...each, name: `part_${each.name}`, validated: false })),
      indexes: [index({ name: "part_email" }), index({ name: "part_hash", method: "hash" })],
    };
    const { keys, indexes, foreignKeys } = laterParts(part, [users, part], { definitions });
    expect([keys, foreignKeys]).toEqual([[], []]);
    expect(indexes.map(({ name }) => name)).toEqual(["part_hash"]);
    expect(laterParts(part, [part], { definitions })).toEqual({ keys: [], indexes: [], foreignKeys: [] });
  });
});

describe("constraintOptions", () => {
  it("are the clause that PostgreSQL printed and the indexes of the relation", () => {
    const definitions = [definition("constraint", ["CHECK (true)"], "users", "users_check")];
    expect(constraintOptions(users, check("a"), definitions)).toEqual({
      definition: "CHECK (true)",
      indexes: users.indexes,
    });
    expect(constraintOptions(users, foreignKey(), definitions).definition).toBeNull();
  });
});
