import { describe, expect, it } from "vitest";
import { questionsAbout } from "../../../src/diagnose/index.js";
import { contractOf, gap, migrated, relation, subject } from "../../support/builders.js";

const CONTRACT = contractOf(migrated([], { relations: [relation("users", []), relation("files", [])] }));
const missing = gap({
  id: "g1",
  code: "MISSING_TABLE",
  subject: subject("table", "files"),
  expected: { columns: ["id", "path"] },
});

describe("questionsAbout", () => {
  it("asks nothing when nothing is wrong, nor about what no surroundings explain", () => {
    expect(questionsAbout(CONTRACT, [], [])).toBeNull();
    const late = gap({ id: "g1", code: "MIGRATION_NOT_APPLIED", subject: subject("migration", "1") });
    const server = {
      subject: { kind: "server", schema: null, relation: null, name: "PostgreSQL" } as const,
      reason: "",
      sqlstate: null,
      features: [],
    };
    expect(questionsAbout(CONTRACT, [late], [server])).toBeNull();
  });

  it("asks for each missing object once, and for every relation that is touched", () => {
    const gaps = [
      missing,
      { ...missing, id: "g2" },
      gap({ id: "g3", code: "MISSING_COLUMN", subject: subject("column", "email", "users") }),
      gap({ id: "g4", code: "MISSING_ENUM", subject: subject("enum", "state") }),
      gap({
        id: "g5",
        code: "MISSING_ENUM_LABEL",
        subject: { kind: "enum", schema: "public", relation: "plan", name: "free" },
      }),
    ];
    const unverified = [
      { subject: subject("history", "_prisma_migrations"), reason: "", sqlstate: "42501", features: [] },
      { subject: subject("rows", "r1", "users"), reason: "", sqlstate: "55P03", features: [] },
    ];
    const names = (...all: string[]) => all.map((name) => ({ schema: "public", name }));
    expect(questionsAbout(CONTRACT, gaps, unverified)).toEqual({
      relations: [{ schema: "public", name: "files", columns: ["id", "path"] }],
      objects: names("state"),
      touched: names("_prisma_migrations", "users"),
      known: names("users", "files"),
    });
  });
});
