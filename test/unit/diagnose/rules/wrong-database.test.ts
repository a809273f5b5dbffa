import { describe, expect, it } from "vitest";
import { wrongDatabase } from "../../../../src/diagnose/rules/wrong-database.js";
import { application, contractOf, migration } from "../../../support/builders.js";
import { around, factsOf, gap, history, missingTable, relation, subject, withRelations } from "./facts.js";

const NAMES = ["a", "b", "c", "d"];
const CONTRACT = contractOf(application({ relations: NAMES.map((name) => relation(name, [])) }));
const MIGRATED = withRelations(...NAMES.map((name) => relation(name, [])));
const gaps = NAMES.map((name) => missingTable(`g-${name}`, name));
const holding = (relations: number) =>
  around({ database: { schemas: relations === 0 ? [] : [{ name: "public", relations }], databases: ["app_prod"] } });

describe("WRONG_DATABASE", () => {
  it("is likely where everything is missing and other tables stand", () => {
    const label = gap({ id: "g-e", code: "MISSING_ENUM", subject: subject("enum", "e") });
    const denied = gap({ id: "g-p", code: "MISSING_PRIVILEGE", subject: subject("privileges", "CONNECT") });
    const [only] = wrongDatabase(factsOf([], [...gaps, label, denied], CONTRACT, { surroundings: holding(7) }));
    expect(only).toMatchObject({ confidence: "likely", gaps: ["g-a", "g-b", "g-c", "g-d", "g-e"] });
    expect(only?.evidence.map(({ fact }) => fact)).toEqual([
      "the connection leads to database app on db.internal:5432, as role app_user",
      "it holds 7 other tables and views, in schema public (7)",
      "other databases on this server: app_prod",
    ]);
  });

  it("is likely where the record table is another application's", () => {
    const foreign = [history([migration("x", "applied", { required: false }), migration("1", "pending")])];
    const [only] = wrongDatabase(factsOf(foreign, gaps, MIGRATED, { surroundings: holding(7) }));
    expect(only?.evidence.map(({ fact }) => fact).join()).toContain(
      "holds 1 migrations, and none of those that avatar-creator requires",
    );
  });

  it("is possible where there is nothing, and nobody says that migrations make it", () => {
    expect(wrongDatabase(factsOf([], gaps, CONTRACT, { surroundings: holding(0) }))).toMatchObject([
      { confidence: "possible" },
    ]);
  });

  it.each([
    ["a fresh database before its first deploy", factsOf([], gaps, MIGRATED, { surroundings: holding(0) })],
    [
      "a fresh database of a provider that keeps its own tables in other schemas",
      factsOf([], gaps, MIGRATED, {
        surroundings: around({ database: { schemas: [{ name: "auth", relations: 12 }], databases: [] } }),
      }),
    ],
    [
      "a database whose record table has a required migration",
      factsOf([history([migration("1", "applied")])], gaps, MIGRATED, { surroundings: holding(7) }),
    ],
    ["a database that lacks a part", factsOf([], gaps.slice(0, 3), CONTRACT, { surroundings: holding(7) })],
    [
      "an application with few tables",
      factsOf([], gaps.slice(0, 2), withRelations(relation("a", []), relation("b", [])), { surroundings: holding(7) }),
    ],
    ["a database that nobody looked around in", factsOf([], gaps, CONTRACT)],
    [
      "a database that has it all in another schema",
      factsOf([], gaps, CONTRACT, {
        surroundings: {
          ...holding(7),
          nearby: NAMES.map((name) => ({
            wanted: { schema: "public", name },
            schema: "app",
            name,
            match: "name" as const,
            columns: [],
          })),
        },
      }),
    ],
  ])("is not said of %s", (_, facts) => {
    expect(wrongDatabase(facts)).toEqual([]);
  });
});
