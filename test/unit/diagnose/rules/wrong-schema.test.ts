import { describe, expect, it } from "vitest";
import { wrongSchema } from "../../../../src/diagnose/rules/wrong-schema.js";
import { migration } from "../../../support/builders.js";
import { around, factsOf, gap, history, missingTable, modelOf } from "./facts.js";

const lost = (id: string, name: string, introducedBy: string | null = null) => ({
  ...missingTable(id, name, introducedBy),
  expected: { columns: ["id", "path"] },
});
const near = (schema: string, name: string, ...columns: string[]) => ({
  wanted: { schema: "public", name },
  schema,
  name,
  match: "name" as const,
  columns: columns.map((each) => ({ name: each, type: "text" })),
});
const there = around({ nearby: [near("app", "files", "id", "path"), near("app", "users", "id", "path", "x")] });
const gaps = [lost("g1", "files"), lost("g2", "users")];

describe("WRONG_SCHEMA", () => {
  it("says once where everything is", () => {
    expect(wrongSchema(factsOf([], gaps, undefined, { surroundings: there, models: [modelOf()] }))).toMatchObject([
      {
        confidence: "likely",
        gaps: ["g1", "g2"],
        message: "The application looks in schema public, and what it needs is in schema app: files and users.",
        evidence: [{}, {}, { fact: "search_path of role app_user: public" }],
      },
    ]);
  });

  it("is certain when the migrations that bring it are recorded as done", () => {
    const done = [history([migration("1", "applied")])];
    const own = [lost("g1", "files", "1"), lost("g2", "users", "1")];
    expect(wrongSchema(factsOf(done, own, undefined, { surroundings: there }))).toMatchObject([
      { confidence: "certain" },
    ]);
    const pending = [history([migration("1", "pending")])];
    expect(wrongSchema(factsOf(pending, own, undefined, { surroundings: there }))).toMatchObject([
      { confidence: "possible" },
    ]);
  });

  it("takes the schema that has most of it, and does not choose among equals", () => {
    const nearby = [...there.nearby, near("old", "files", "id", "path")];
    expect(wrongSchema(factsOf([], gaps, undefined, { surroundings: around({ nearby }) }))).toMatchObject([
      { key: ["public", "app"], confidence: "likely" },
    ]);
    const equal = [...nearby, near("old", "users", "id", "path")];
    expect(wrongSchema(factsOf([], gaps, undefined, { surroundings: around({ nearby: equal }) }))).toMatchObject([
      { confidence: "possible" },
    ]);
  });

  it("says that the expected schema does not exist", () => {
    const none = { ...modelOf(), schemas: [] };
    const [only] = wrongSchema(factsOf([], gaps, undefined, { surroundings: there, models: [none] }));
    expect(only?.evidence.map(({ fact }) => fact)).toContain("there is no schema public in this database");
  });

  it("counts types only beside tables, and tables only with all their columns", () => {
    const type = gap({
      id: "g3",
      code: "MISSING_ENUM",
      subject: { kind: "enum", schema: "public", relation: null, name: "state" },
    });
    const objects = [{ kind: "type" as const, schema: "app", name: "state" }];
    expect(wrongSchema(factsOf([], [type], undefined, { surroundings: around({ objects }) }))).toEqual([]);
    expect(wrongSchema(factsOf([], [...gaps, type], undefined, { surroundings: { ...there, objects } }))).toMatchObject(
      [{ gaps: ["g1", "g2", "g3"] }],
    );
    const other = around({ nearby: [near("app", "files", "id")] });
    expect(wrongSchema(factsOf([], gaps, undefined, { surroundings: other }))).toEqual([]);
    expect(wrongSchema(factsOf([], gaps))).toEqual([]);
  });
});
