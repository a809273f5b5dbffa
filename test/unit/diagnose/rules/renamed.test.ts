import { describe, expect, it } from "vitest";
import { renamed } from "../../../../src/diagnose/rules/renamed.js";
import { column, migration } from "../../../support/builders.js";
import {
  around,
  factsOf,
  history,
  missingColumn,
  missingTable,
  modelOf,
  relation,
  table,
  withRelations,
} from "./facts.js";

const places = (...names: string[]) => names.map((name, at) => column(name, { position: at + 1 }));
const complete = (...names: string[]) => withRelations(relation("files", places(...names), { complete: true }));
const partly = (...names: string[]) => withRelations(relation("files", places(...names)));
const missing = (name: string, introducedBy: string | null = null) => ({
  ...missingColumn("g1", "files", name, introducedBy),
  expected: { type: "text" },
});
const files = (...names: string[]) => ({ models: [modelOf(table("files", places(...names)))] });

describe("RENAMED", () => {
  it("is likely for a column of the same type between the same columns", () => {
    const [only] = renamed(factsOf([], [missing("path")], complete("id", "path", "size"), files("id", "key", "size")));
    expect(only).toMatchObject({ confidence: "likely", gaps: ["g1"], key: ["public.files.path", "key"] });
    expect(only?.evidence[0]?.fact).toContain(
      'To give it the expected name: ALTER TABLE "public"."files" RENAME COLUMN "key" TO "path";',
    );
  });

  it("is possible when the column was never made", () => {
    const facts = factsOf(
      [history([migration("1", "pending")])],
      [missing("path", "1")],
      complete("id", "path"),
      files("id", "key"),
    );
    expect(renamed(facts)).toMatchObject([{ confidence: "possible" }]);
  });

  it("is seen from the name alone when that differs in underscores only", () => {
    expect(
      renamed(factsOf([], [missing("projectId")], partly("id", "projectId"), files("id", "size", "project_id"))),
    ).toHaveLength(1);
  });

  it.each([
    [
      "another type",
      complete("id", "path"),
      {
        models: [
          modelOf(table("files", [column("id"), column("key", { type: { ...column("x").type, text: "integer" } })])),
        ],
      },
    ],
    ["another place", complete("id", "path", "size"), files("id", "size", "key")],
    ["a relation of which the application names only some columns", partly("id", "path"), files("id", "key")],
    ["a column that the application knows", complete("id", "path", "key"), files("id", "key")],
    ["a relation that was not read", complete("id", "path"), {}],
  ])("is not seen in %s", (_, contract, seen) => {
    expect(renamed(factsOf([], [missing("path")], contract, seen))).toEqual([]);
  });

  describe("a table", () => {
    const contract = withRelations(relation("files", places("id", "path", "size")));
    const near = (name: string, ...names: string[]) => ({
      wanted: { schema: "public", name: "files" },
      schema: "public",
      name,
      match: "columns" as const,
      columns: names.map((each) => ({ name: each, type: "text" })),
    });
    const run = (...nearby: ReturnType<typeof near>[]) =>
      renamed(factsOf([], [missingTable("g1", "files")], contract, { surroundings: around({ nearby }) }));

    it("is the one with the same columns, the nearest first", () => {
      expect(run(near("blobs", "id", "path", "size", "x"), near("documents", "id", "path", "size"))).toMatchObject([
        { confidence: "likely", key: ["public.files", "documents"] },
      ]);
    });

    it("is not guessed among equals, nor by names without their types", () => {
      expect(run(near("a", "id", "path", "size"), near("b", "id", "path", "size"))).toEqual([]);
      const typed = { ...near("a", "id", "path", "size"), columns: [{ name: "id", type: "bigint" }] };
      expect(run(typed)).toEqual([]);
      expect(run()).toEqual([]);
    });
  });
});
