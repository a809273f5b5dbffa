import { describe, expect, it } from "vitest";
import { nameCase } from "../../../../src/diagnose/rules/name-case.js";
import { renamed } from "../../../../src/diagnose/rules/renamed.js";
import type { Gap } from "../../../../src/model/report.js";
import type { TypeRef } from "../../../../src/model/schema.js";
import { column, gap, subject, TEXT } from "../../../support/builders.js";
import { around, factsOf, modelOf, relation, table, withRelations } from "./facts.js";

const typed = (name: string, fields: Partial<TypeRef> = {}) => ({
  type: { ...TEXT, text: `public.${name}`, schema: "public", name, kind: "enum", ...fields } as const,
});
const retyped = (id: string, name: string) =>
  gap({ id, code: "COLUMN_TYPE", subject: subject("column", name, "files") });
const NO_MOOD = gap({ id: "type", code: "MISSING_ENUM", subject: subject("enum", "mood") });
const GAPS = [NO_MOOD, retyped("g1", "a"), retyped("g2", "b")];
const MOODS = withRelations(
  relation("files", [column("a", typed("mood")), column("b", typed("mood", { array: true })), column("c")]),
);

function run(a: Partial<TypeRef> & { name: string }, b = a, gaps: readonly Gap[] = GAPS) {
  const files = table("files", [column("a", typed(a.name, a)), column("b", typed(b.name, { ...b, array: true }))]);
  return renamed(factsOf([], gaps, MOODS, { models: [modelOf(files)] }));
}

describe("RENAMED, of a type", () => {
  it("explains the type and its columns, arrays of it included, with the statement that gives it its name", () => {
    const [only, ...others] = run({ name: "feeling" });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ confidence: "likely", gaps: ["type", "g1", "g2"], key: ["public.mood", "feeling"] });
    expect(only?.evidence[0]?.fact).toContain(
      'To give it the expected name: ALTER TYPE "public"."feeling" RENAME TO "mood";',
    );
  });

  it.each([
    ["types of several names", { name: "feeling" }, { name: "humour" }],
    ["an ordinary type", { name: "feeling", kind: "base" as const }, undefined],
    ["a type of another schema", { name: "feeling", schema: "other" }, undefined],
    ["a type of an extension", { name: "feeling", extension: "moods" }, undefined],
    ["a name that differs in case only", { name: "Mood" }, undefined],
  ])("is not seen in %s", (_, a, b) => {
    expect(run(a, b)).toEqual([]);
  });

  it("is not guessed for a type that no column has", () => {
    expect(run({ name: "feeling" }, { name: "feeling" }, [NO_MOOD])).toEqual([]);
  });
});

describe("NAME_CASE, of a type", () => {
  it("explains the columns of the type as well", () => {
    const files = table("files", [column("a", typed("Mood")), column("b", typed("other"))]);
    const objects = [{ kind: "type", schema: "public", name: "Mood" } as const];
    const facts = factsOf([], GAPS, MOODS, { models: [modelOf(files)], surroundings: around({ objects }) });
    expect(nameCase(facts)).toMatchObject([{ gaps: ["type", "g1"] }]);
  });
});
