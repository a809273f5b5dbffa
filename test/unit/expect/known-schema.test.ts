/** Features of check files that are joined with a schema from another source. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SchemareadyError } from "../../../src/errors/index.js";
import { type KnownSchema, type LoadedChecks, loadCheckFiles } from "../../../src/expect/index.js";
import { column, relation } from "../../support/builders.js";
import { directory } from "./support.js";

const known: KnownSchema = {
  relations: [
    relation("users", [column("id"), column("email")]),
    relation("log", [column("at")], { schema: "audit" }),
    relation("notes", [column("id")], { schema: "sales" }),
  ],
  domains: [],
  migrations: ["1_init"],
};

function load(body: string, options = { known }): Promise<LoadedChecks> {
  const path = join(directory(), "a.yaml");
  writeFileSync(path, `version: 1\napplication: demo\n${body}`);
  return loadCheckFiles([path], options);
}

async function problems(body: string): Promise<string[]> {
  try {
    await load(body);
    return [];
  } catch (error) {
    if (!(error instanceof SchemareadyError)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

describe("features joined with a known schema", () => {
  it("may name its relations: by name in the application's schema, else with the schema", async () => {
    expect(await problems('features: { a: { reads: { users: [email], audit.log: "*", sales.notes: [id] } } }')).toEqual(
      [],
    );
    expect(await problems("schema: sales\nfeatures: { a: { reads: { notes: [id], public.users: [id] } } }")).toEqual(
      [],
    );
  });

  it("may name its columns of a relation that the file describes in part", async () => {
    const body = "relations: { people: { name: users, columns: { id: text, phone: text } } }\n";
    expect(await problems(`${body}features: { a: { reads: { people: [id, email, phone] } } }`)).toEqual([]);
  });

  it("may name its migrations", async () => {
    expect(await problems("features: { a: { migrations: [1_init] } }")).toEqual([]);
    expect(await problems("features: { a: { migrations: [2_more] } }")).toEqual([
      'migrations.required does not list "2_more"',
    ]);
  });

  it("are refused what nobody has", async () => {
    const body = "features: { a: { reads: { users: [emial], log: [at] }, deletes: [usres] } }";
    expect(await problems(body)).toEqual([
      'relation "users" names no column "emial"; did you mean "email"?',
      expect.stringMatching(/^this file has no relation "log", nor has the schema it is joined with/),
      expect.stringMatching(/"usres".*did you mean "users"\?$/),
    ]);
  });

  it("do not make its relations part of the file", async () => {
    const { files } = await load("features: { a: { reads: { users: [id] } } }");
    expect([...(files[0]?.names.keys() ?? [])]).toEqual([]);
    const body = "relations: { b: { columns: { id: text }, foreignKeys: [{ columns: [id], references: users }] } }";
    expect(await problems(body)).toEqual([expect.stringContaining('no relation "users"')]);
  });
});
