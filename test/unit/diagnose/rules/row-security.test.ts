import { describe, expect, it } from "vitest";
import { rowSecurity } from "../../../../src/diagnose/rules/row-security.js";
import { around, factsOf, gap, missingTable, subject } from "./facts.js";

const touched = {
  schema: "public",
  name: "plans",
  usage: true,
  select: true,
  rowSecurity: true,
  owner: "boss",
  droppedColumns: 0,
  invalidIndexes: [],
};
const rows = { subject: subject("rows", "r1", "plans"), reason: "", sqlstate: "42501", features: [] };

describe("ROW_SECURITY", () => {
  it("explains the gap of the application's role", () => {
    const hidden = gap({ id: "g1", code: "ROW_SECURITY_HIDES_ROWS", subject: subject("table", "plans") });
    expect(rowSecurity(factsOf([], [hidden, missingTable("g2", "x")]))).toMatchObject([
      { confidence: "certain", gaps: ["g1"] },
    ]);
  });

  it("explains what could not be looked at, and names the owner who could", () => {
    const facts = factsOf([], [], undefined, { unverified: [rows], surroundings: around({ touched: [touched] }) });
    expect(rowSecurity(facts)).toMatchObject([
      {
        gaps: [],
        unverified: [rows.subject],
        evidence: [
          {
            fact: "row security is enabled on public.plans, and role app_user is neither its owner (boss) nor has BYPASSRLS",
          },
        ],
      },
    ]);
  });

  it.each([
    ["a missing privilege", [rows], { ...touched, rowSecurity: false }],
    ["a lock", [{ ...rows, sqlstate: "55P03" }], touched],
    ["another table", [{ ...rows, subject: subject("rows", "r1", "users") }], touched],
  ])("is not blamed for %s", (_, unverified, table) => {
    expect(rowSecurity(factsOf([], [], undefined, { unverified, surroundings: around({ touched: [table] }) }))).toEqual(
      [],
    );
  });
});
