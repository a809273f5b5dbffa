import { describe, expect, it } from "vitest";
import type { Contract } from "../../../../src/model/contract.js";
import type { ObjectDefinition } from "../../../../src/model/definitions.js";
import { withExtensionsOf } from "../../../../src/repair/ddl/index.js";
import { application, column, contractOf, relation, TEXT } from "../../../support/builders.js";
import { check, expression, index, indexKey } from "./parts.js";

const CITEXT = { ...TEXT, text: "public.citext", schema: "public", name: "citext", extension: "citext" };
const there = (name: string, schema: string) => ({ name, schema, version: "1" });

const made = (name: string, schema: string): ObjectDefinition => ({
  ...{ kind: "extension", schema: null, relation: null, name },
  sql: [`CREATE EXTENSION IF NOT EXISTS ${name} SCHEMA ${schema}`],
});

function contract(fields: Partial<Contract> = {}): Contract {
  const key = indexKey({ column: "email", operatorClass: { schema: "public", name: "gin_trgm_ops" } });
  const users = relation(
    "users",
    [column("email", { type: CITEXT, default: expression("'public.x'::public.citext") })],
    {
      constraints: [check("((email OPERATOR(public.<>) ''::public.citext) AND public.is_mail(email))")],
      indexes: [index({ keys: [key], predicate: expression("(public.similarity(email, 'a') > 0.1)") })],
    },
  );
  const functions = [{ schema: "public", name: "is_mail", arguments: "citext" }];
  const own = application({ relations: [users], functions });
  return { ...contractOf(own), definitions: [made("citext", "public"), made("pg_trgm", "public")], ...fields };
}

const bothMoved = [there("citext", "extensions"), there("pg_trgm", "extensions")];

describe("withExtensionsOf", () => {
  it("says what extensions bring as the target does, and leaves what is ours and what is text", () => {
    const [moved] = withExtensionsOf(contract(), bothMoved).applications[0]?.relations ?? [];
    expect(moved?.columns[0]?.type).toEqual({ ...CITEXT, text: "extensions.citext", schema: "extensions" });
    expect(moved?.columns[0]?.default?.text).toBe("'public.x'::extensions.citext");
    expect(moved?.constraints[0]).toMatchObject({
      expression: { text: "((email OPERATOR(extensions.<>) ''::extensions.citext) AND public.is_mail(email))" },
    });
    expect(moved?.indexes[0]?.keys[0]?.operatorClass).toEqual({ schema: "extensions", name: "gin_trgm_ops" });
    expect(moved?.indexes[0]?.predicate?.text).toBe("(extensions.similarity(email, 'a') > 0.1)");
  });

  it("rewrites what PostgreSQL printed, but no bodies", () => {
    const sql = ["SELECT public.similarity(users.email, 'public.y') FROM public.users"];
    const view = { kind: "view", schema: "public", relation: null, name: "v", sql } as const;
    const body = { ...view, kind: "function", name: "f()" } as const;
    const definitions = [made("citext", "public"), view, body];
    const moved = withExtensionsOf(contract({ definitions }), bothMoved).definitions?.map((each) => each.sql[0]);
    expect(moved).toEqual([
      "CREATE EXTENSION IF NOT EXISTS citext SCHEMA public",
      "SELECT extensions.similarity(users.email, 'public.y') FROM public.users",
      sql[0],
    ]);
  });

  it("quotes a schema that needs it", () => {
    const [moved] = withExtensionsOf(contract(), [there("citext", 'E"x'), there("pg_trgm", 'E"x')]).applications;
    expect(moved?.relations[0]?.columns[0]?.type.text).toBe('"E""x".citext');
  });

  it.each([
    ["one stayed", [there("citext", "extensions"), there("pg_trgm", "public")]],
    ["they went to two places", [there("citext", "extensions"), there("pg_trgm", "b")]],
  ])("knows types only where %s", (_, extensions) => {
    const [moved] = withExtensionsOf(contract(), extensions).applications[0]?.relations ?? [];
    expect(moved?.columns[0]?.type.text).toBe("extensions.citext");
    expect(moved?.columns[0]?.default?.text).toBe("'public.x'::extensions.citext");
    expect(moved?.indexes[0]?.predicate?.text).toBe("(public.similarity(email, 'a') > 0.1)");
  });

  it.each([
    ["they are where they were", [there("citext", "public"), there("pg_trgm", "public")]],
    ["none is there yet", []],
  ])("changes nothing where %s", (_, extensions) => {
    const given = contract();
    expect(withExtensionsOf(given, extensions)).toBe(given);
  });
});
