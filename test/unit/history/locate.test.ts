import { describe, expect, it } from "vitest";
import { locateRecordTable } from "../../../src/history/locate.js";
import { migrated } from "../../support/builders.js";

const inSchemas = (...schemas: string[]) => schemas.map((schema) => ({ schema, name: "_prisma_migrations" }));
const app = (schema: string, named: string | null = null) =>
  migrated([], { schema, migrations: { tool: "prisma", schema: named, required: [] } });

describe("locateRecordTable", () => {
  it.each([
    ["the schema that the check file names", app("public", "audit"), ["app", "audit", "public"], "audit"],
    ["the application's own schema", app("app"), ["app", "audit", "public"], "app"],
    ["public", app("app"), ["audit", "public"], "public"],
    ["the only one there is", app("app"), ["audit"], "audit"],
  ])("takes %s", (_title, subject, schemas, expected) => {
    expect(locateRecordTable(subject, inSchemas(...schemas))).toMatchObject({
      kind: "found",
      table: { schema: expected },
    });
  });

  it("finds none, and does not take another schema's when the check file names one", () => {
    expect(locateRecordTable(app("app"), [])).toEqual({ kind: "none" });
    expect(locateRecordTable(app("public", "audit"), inSchemas("app", "public"))).toEqual({ kind: "none" });
  });

  it("does not choose among strangers", () => {
    expect(locateRecordTable(app("app"), inSchemas("audit", "old"))).toMatchObject({ kind: "ambiguous" });
  });
});
