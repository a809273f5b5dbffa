import { describe, expect, it } from "vitest";
import { diagnose } from "../../../src/diagnose/index.js";
import type { History } from "../../../src/model/report.js";
import type { Trial } from "../../../src/model/trial.js";
import { suggestRepair } from "../../../src/repair/index.js";
import { contractOf, gap, history, migrated, migration, relation, subject } from "../../support/builders.js";

const A = "20251014_a";
const contract = contractOf(migrated([A], { relations: [relation("avatars", [])] }));
const gaps = [gap({ id: "g1", code: "MISSING_TABLE", subject: subject("table", "avatars"), introducedBy: A })];
const application = contract.applications[0]?.name ?? "";
const failure = {
  migration: A,
  file: `${A}.sql`,
  line: 3,
  statement: null,
  sqlstate: "42P07",
  message: 'relation "y" already exists',
  code: "DUPLICATE_OBJECT",
  diagnosis: "",
} as const;

function suggest(fields: Partial<History>, result: Trial["result"]) {
  const histories = [history([migration(A, "pending")], fields)];
  const trials: Trial[] = [{ application, tried: [A], where: "PostgreSQL", result }];
  const { steps } = suggestRepair(gaps, diagnose({ gaps, histories, contract, trials }), histories);
  return steps.map((step) => [step.kind === "command" ? step.run : step.statement, step.why] as const);
}

describe("a deploy that was tried on a copy", () => {
  it("and fails there comes after the correction, for which Prisma prints what is missing", () => {
    const [diff, deploy] = suggest({}, { kind: "failed", failure });
    expect(diff?.[0]).toContain("npx prisma migrate diff ");
    expect(deploy?.[0]).toBe("npx prisma migrate deploy");
    expect(deploy?.[1]).toMatch(
      /^Not before the migration has been corrected, .* would fail: relation "y" already exists/,
    );
  });

  it("with another tool is told without that", () => {
    expect(suggest({ tool: "goose" }, { kind: "failed", failure }).map(([run]) => run)).toEqual(["goose up"]);
  });

  it.each([{ kind: "ran" }, { kind: "unknown", reason: "no copy" }] as const)(
    "and is $kind is suggested as ever",
    (result) => {
      expect(suggest({}, result)).toEqual([["npx prisma migrate deploy", `Applies what is missing: ${A}.`]]);
    },
  );
});
