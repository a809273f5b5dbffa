import { describe, expect, it } from "vitest";
import { nameCase } from "../../../../src/diagnose/rules/name-case.js";
import { column, migration } from "../../../support/builders.js";
import {
  around,
  factsOf,
  gap,
  history,
  missingColumn,
  missingTable,
  modelOf,
  relation,
  subject,
  table,
  withRelations,
} from "./facts.js";

const CONTRACT = withRelations(relation("projects", [column("id"), column("customerId")]));
const missing = { ...missingColumn("g1", "projects", "customerId", "1_projects"), expected: { type: "text" } };
const model = (name: string, type = column(name).type) =>
  modelOf(table("projects", [column("id"), column(name, { type })]));

describe("NAME_CASE", () => {
  it("finds the column, says how to rename it, and explains what the other name blocks", () => {
    const gaps = [
      missing,
      gap({ id: "g2", code: "BLOCKING_EXTRA_COLUMN", subject: subject("column", "customerid", "projects") }),
      gap({
        id: "g3",
        code: "BLOCKING_EXTRA_CONSTRAINT",
        subject: subject("constraint", "fk", "projects"),
        actual: { columns: ["customerid"] },
      }),
      gap({
        id: "g4",
        code: "BLOCKING_EXTRA_CONSTRAINT",
        subject: subject("constraint", "check", "projects"),
        actual: { kind: "check" },
      }),
      gap({ id: "g5", code: "BLOCKING_EXTRA_COLUMN", subject: subject("column", "other", "projects") }),
    ];
    const [only, ...others] = nameCase(factsOf([], gaps, CONTRACT, { models: [model("customerid")] }));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ confidence: "certain", gaps: ["g1", "g2", "g3"] });
    expect(only?.evidence[0]?.fact).toContain(
      'To rename it: ALTER TABLE "public"."projects" RENAME COLUMN "customerid" TO "customerId";',
    );
  });

  it("is likely for another type, and while the migration of the right name is pending", () => {
    const other = { ...column("x").type, text: "integer" };
    expect(nameCase(factsOf([], [missing], CONTRACT, { models: [model("customerid", other)] }))).toMatchObject([
      { confidence: "likely" },
    ]);
    const pending = [history([migration("1_projects", "pending")])];
    expect(nameCase(factsOf(pending, [missing], CONTRACT, { models: [model("customerid")] }))).toMatchObject([
      { confidence: "likely" },
    ]);
  });

  it("says nothing of a column that an application knows, or that differs in more than case", () => {
    const both = withRelations(relation("projects", [column("customerId"), column("customerid")]));
    expect(nameCase(factsOf([], [missing], both, { models: [model("customerid")] }))).toEqual([]);
    expect(nameCase(factsOf([], [missing], CONTRACT, { models: [model("customer_id")] }))).toEqual([]);
    expect(nameCase(factsOf([], [missing], CONTRACT))).toEqual([]);
  });

  it("finds a table in the same schema only", () => {
    const lost = { ...missingTable("g1", "projects"), expected: { columns: ["id"] } };
    const near = (schema: string) =>
      around({
        nearby: [
          {
            wanted: { schema: "public", name: "projects" },
            schema,
            name: "Projects",
            match: "case",
            columns: [{ name: "ID", type: "text" }],
          },
        ],
      });
    expect(nameCase(factsOf([], [lost], CONTRACT, { surroundings: near("public") }))).toMatchObject([
      { confidence: "certain", gaps: ["g1"] },
    ]);
    expect(nameCase(factsOf([], [lost], CONTRACT, { surroundings: near("app") }))).toEqual([]);
  });

  it("quotes labels", () => {
    const label = gap({
      id: "g1",
      code: "MISSING_ENUM_LABEL",
      subject: { kind: "enum", schema: "public", relation: "state", name: "it's" },
      actual: { labels: ["IT'S"] },
    });
    expect(nameCase(factsOf([], [label]))[0]?.evidence[0]?.fact).toContain(
      `ALTER TYPE "public"."state" RENAME VALUE 'IT''S' TO 'it''s';`,
    );
  });
});
