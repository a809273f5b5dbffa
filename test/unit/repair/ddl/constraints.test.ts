import { describe, expect, it } from "vitest";
import type { Constraint, ExclusionConstraint } from "../../../../src/model/schema.js";
import {
  addConstraint,
  addUniqueUsingIndex,
  alterForeignKeyDeferrable,
  constraintClause,
  dropConstraint,
  renameConstraint,
  validateConstraint,
} from "../../../../src/repair/ddl/index.js";
import { check, expression, foreignKey, index, indexKey, primaryKey, USERS } from "./parts.js";

const EXCLUSION: ExclusionConstraint = {
  ...check(""),
  kind: "exclusion",
  name: "once",
  method: "gist",
  elements: [
    { key: indexKey({ column: "room" }), operator: "=" },
    { key: indexKey({ expression: expression("lower(x)") }), operator: "&&" },
  ],
  predicate: expression("(code > 0)"),
  index: "once",
};

describe("constraintClause", () => {
  it.each<readonly [Constraint, string]>([
    [primaryKey(), 'CONSTRAINT "users_pkey" PRIMARY KEY ("id")'],
    [primaryKey({ kind: "unique", columns: ["a", "B"] }), 'CONSTRAINT "users_pkey" UNIQUE ("a", "B")'],
    [
      primaryKey({ kind: "unique", nullsNotDistinct: true, include: ["c"], deferrable: true }),
      'CONSTRAINT "users_pkey" UNIQUE NULLS NOT DISTINCT ("id") INCLUDE ("c") DEFERRABLE',
    ],
    [check("(a > 0)"), 'CONSTRAINT "users_check" CHECK ((a > 0))'],
    [check("is_short(a)", { validated: false }), 'CONSTRAINT "users_check" CHECK (is_short(a)) NOT VALID'],
    [check("a", { validated: false, enforced: false }), 'CONSTRAINT "users_check" CHECK (a) NOT ENFORCED'],
    [foreignKey(), 'CONSTRAINT "users_team_fkey" FOREIGN KEY ("team") REFERENCES "app"."teams" ("id")'],
    [
      foreignKey({ onDelete: "set-null", onUpdate: "no-action", match: "simple" }),
      'CONSTRAINT "users_team_fkey" FOREIGN KEY ("team") REFERENCES "app"."teams" ("id") ON DELETE SET NULL',
    ],
    [
      foreignKey({
        onDelete: "cascade",
        onUpdate: "restrict",
        match: "full",
        deferrable: true,
        initiallyDeferred: true,
      }),
      'CONSTRAINT "users_team_fkey" FOREIGN KEY ("team") REFERENCES "app"."teams" ("id") MATCH FULL ON UPDATE RESTRICT ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED',
    ],
    [
      foreignKey({ referencedColumns: [] }),
      'CONSTRAINT "users_team_fkey" FOREIGN KEY ("team") REFERENCES "app"."teams"',
    ],
    [EXCLUSION, 'CONSTRAINT "once" EXCLUDE USING "gist" ("room" WITH =, (lower(x)) WITH &&) WHERE ((code > 0))'],
  ])("%#: %s", (constraint, text) => {
    expect(constraintClause(constraint)).toBe(text);
  });

  it("prints a key whose index is no btree WITHOUT OVERLAPS", () => {
    const indexes = [index({ name: "users_pkey", constraint: "users_pkey", method: "gist" })];
    expect(constraintClause(primaryKey({ columns: ["id", "during"] }), { indexes })).toBe(
      'CONSTRAINT "users_pkey" PRIMARY KEY ("id", "during" WITHOUT OVERLAPS)',
    );
  });

  it("prefers what PostgreSQL printed", () => {
    const definition = "CHECK ((a > 0)) NO INHERIT NOT VALID";
    expect(constraintClause(check("a"), { definition })).toBe(`CONSTRAINT "users_check" ${definition}`);
    expect(constraintClause(check("a"), { definition, notValid: true })).toBe(`CONSTRAINT "users_check" ${definition}`);
    expect(constraintClause(check("a"), { definition: "CHECK (a)", notValid: true })).toBe(
      'CONSTRAINT "users_check" CHECK (a) NOT VALID',
    );
  });

  it("says NOT VALID only of what can be it", () => {
    expect(constraintClause(primaryKey(), { notValid: true })).not.toContain("NOT VALID");
    expect(constraintClause(check("a", { validated: false }), { notValid: false })).not.toContain("NOT VALID");
  });
});

describe("statements for one constraint", () => {
  it.each([
    [addConstraint(USERS, check("a"), { notValid: true }), 'ADD CONSTRAINT "users_check" CHECK (a) NOT VALID;'],
    [validateConstraint(USERS, "c"), 'VALIDATE CONSTRAINT "c";'],
    [dropConstraint(USERS, "c"), 'DROP CONSTRAINT IF EXISTS "c";'],
    [renameConstraint(USERS, "c", "d"), 'RENAME CONSTRAINT "c" TO "d";'],
    [addUniqueUsingIndex(USERS, primaryKey(), "i"), 'ADD CONSTRAINT "users_pkey" PRIMARY KEY USING INDEX "i";'],
    [
      addUniqueUsingIndex(USERS, primaryKey({ kind: "unique", deferrable: true }), "i"),
      'ADD CONSTRAINT "users_pkey" UNIQUE USING INDEX "i" DEFERRABLE;',
    ],
    [alterForeignKeyDeferrable(USERS, foreignKey()), 'ALTER CONSTRAINT "users_team_fkey" NOT DEFERRABLE;'],
    [
      alterForeignKeyDeferrable(USERS, foreignKey({ deferrable: true })),
      'ALTER CONSTRAINT "users_team_fkey" DEFERRABLE;',
    ],
  ])("%s", (printed, text) => {
    expect(printed).toBe(`ALTER TABLE "public"."users" ${text}`);
  });
});
