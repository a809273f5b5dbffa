import { describe, expect, it } from "vitest";
import { permissionDenied } from "../../../../src/diagnose/rules/permission-denied.js";
import type { Unverified } from "../../../../src/model/report.js";
import { around, factsOf, gap, missingTable, subject } from "./facts.js";

const insert = gap({
  id: "g1",
  code: "MISSING_PRIVILEGE",
  subject: subject("privileges", "INSERT", "avatars"),
  expected: { role: 'app"x', privilege: "INSERT", columns: [] },
  message: "Role app may not INSERT on public.avatars (42501).",
});
const usage = gap({
  id: "g2",
  code: "MISSING_PRIVILEGE",
  subject: { kind: "privileges", schema: "audit", relation: null, name: "USAGE" },
  expected: null,
  message: "Role app has no USAGE on schema audit.",
});

describe("PERMISSION_DENIED", () => {
  it("is one certain cause for all missing privileges, with the GRANT as evidence where the role is known", () => {
    expect(permissionDenied(factsOf([], [insert, usage, missingTable("g3", "avatars")]))).toMatchObject([
      {
        confidence: "certain",
        gaps: ["g1", "g2"],
        message:
          "The database user of the application is not allowed to use public.avatars and schema audit as the application does: privileges are missing.",
        evidence: [
          { fact: `${insert.message} To allow it: GRANT INSERT ON "public"."avatars" TO "app""x";` },
          { fact: usage.message },
        ],
      },
    ]);
  });

  describe("for the role that looks", () => {
    const touched = {
      schema: "audit",
      name: "plans",
      usage: true,
      select: false,
      rowSecurity: false,
      owner: "boss",
      droppedColumns: 0,
      invalidIndexes: [],
    };
    const rows = {
      subject: { kind: "rows", schema: "audit", relation: "plans", name: "r1" } as const,
      reason: "",
      sqlstate: "42501",
      features: [],
    };
    const run = (about: Unverified, seen = touched) =>
      permissionDenied(factsOf([], [], undefined, { unverified: [about], surroundings: around({ touched: [seen] }) }));

    it("names the exact GRANT of what could not be looked at", () => {
      expect(run(rows)).toMatchObject([
        {
          confidence: "certain",
          gaps: [],
          unverified: [rows.subject],
          evidence: [
            {
              fact: 'role app_user has no SELECT on audit.plans. To allow it: GRANT SELECT ON "audit"."plans" TO "app_user";',
            },
          ],
        },
      ]);
      expect(run(rows, { ...touched, usage: false })[0]?.evidence).toHaveLength(2);
    });

    it("leaves row security and locks to others", () => {
      expect(run(rows, { ...touched, select: true, rowSecurity: true })).toEqual([]);
      expect(run({ ...rows, sqlstate: "55P03" })).toEqual([]);
    });
  });

  it("says nothing when no privilege is missing", () => {
    expect(permissionDenied(factsOf([], [missingTable("g3", "avatars")]))).toEqual([]);
  });
});
