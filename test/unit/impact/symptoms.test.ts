import { describe, expect, it } from "vitest";
import { symptomsOf } from "../../../src/impact/symptoms.js";
import { GAP_CODES, type Gap, type Operation } from "../../../src/model/report.js";
import { gap, subject } from "../../support/builders.js";

const ALL: readonly Operation[] = ["select", "insert", "update", "delete"];
const short = (fields: Partial<Gap> & Pick<Gap, "code">) =>
  symptomsOf(gap({ id: "g", ...fields }), ALL).map(
    ({ sqlstate, prisma, operation }) => `${sqlstate}/${prisma} ${operation}`,
  );
const unique = { unique: true };

describe("symptomsOf", () => {
  it.each<[Partial<Gap> & Pick<Gap, "code">, string[]]>([
    [{ code: "MISSING_TABLE" }, ALL.map((operation) => `42P01/P2021 ${operation}`)],
    [{ code: "MISSING_VIEW" }, ALL.map((operation) => `42P01/P2021 ${operation}`)],
    [{ code: "MISSING_COLUMN" }, ALL.map((operation) => `42703/P2022 ${operation}`)],
    [{ code: "MISSING_ENUM" }, ALL.map((operation) => `42704/P2039 ${operation}`)],
    [{ code: "MISSING_ENUM_LABEL" }, ALL.map((operation) => `22P02/P2007 ${operation}`)],
    [{ code: "MISSING_INDEX", severity: "error", expected: unique }, ["42P10/P2039 insert"]],
    [{ code: "INVALID_INDEX", severity: "error", expected: unique }, ["42P10/P2039 insert"]],
    [{ code: "MISSING_CONSTRAINT", severity: "error", expected: unique }, ["42P10/P2039 insert"]],
    [{ code: "MISSING_CONSTRAINT", severity: "warning", expected: unique }, []],
    [{ code: "MISSING_INDEX", severity: "warning", expected: {} }, []],
    [
      { code: "CONSTRAINT_DEFINITION", expected: unique, actual: { unique: true, deferrable: true } },
      ["55000/P2039 insert"],
    ],
    [
      { code: "CONSTRAINT_DEFINITION", operations: ["insert", "update"], expected: { references: "public.a" } },
      ["23503/P2003 insert", "23503/P2003 update"],
    ],
    [
      { code: "CONSTRAINT_DEFINITION", operations: ["update", "delete"], actual: { onDelete: "no-action" } },
      ["23503/P2003 delete"],
    ],
    [
      { code: "CONSTRAINT_DEFINITION", operations: ["update", "delete"], actual: { onDelete: "restrict" } },
      ["23503/P2003 delete", "23001/P2003 delete"],
    ],
    [{ code: "BLOCKING_EXTRA_COLUMN" }, ["23502/P2011 insert", "23502/P2011 update"]],
    [
      { code: "BLOCKING_EXTRA_CONSTRAINT", severity: "warning", actual: { unique: true } },
      ["23505/P2002 insert", "23505/P2002 update"],
    ],
    [
      { code: "BLOCKING_EXTRA_CONSTRAINT", severity: "warning", actual: { kind: "check" } },
      ["23514/P2039 insert", "23514/P2039 update"],
    ],
    [
      { code: "BLOCKING_EXTRA_CONSTRAINT", severity: "warning", actual: { kind: "exclusion" } },
      ["23P01/P2039 insert", "23P01/P2039 update"],
    ],
    [
      { code: "BLOCKING_EXTRA_CONSTRAINT", actual: { references: "public.avatars", onDelete: "no-action" } },
      ["23503/P2003 insert", "23503/P2003 update", "23503/P2003 delete"],
    ],
    [{ code: "COLUMN_TYPE", severity: "warning" }, []],
    [{ code: "COLUMN_TYPE", severity: "error" }, ["42804/P2039 insert", "42804/P2039 update", "42883/P2039 select"]],
    [{ code: "COLUMN_IDENTITY", severity: "warning" }, ["428C9/P2039 insert"]],
    [{ code: "COLUMN_GENERATED", actual: { generated: "a + b" } }, ["428C9/P2039 insert", "428C9/P2039 update"]],
    [{ code: "COLUMN_GENERATED", actual: { generated: null } }, []],
    [
      { code: "MISSING_PRIVILEGE", subject: { ...subject("privileges", "USAGE") } },
      [...ALL.map((operation) => `42501/P2039 ${operation}`), ...ALL.map((operation) => `42P01/P2021 ${operation}`)],
    ],
    [
      { code: "MISSING_PRIVILEGE", subject: subject("privileges", "INSERT", "a") },
      ALL.map((operation) => `42501/P2039 ${operation}`),
    ],
    [{ code: "MISSING_ROWS" }, []],
    [{ code: "MIGRATION_NOT_APPLIED" }, []],
  ])("%j", (fields, expected) => {
    expect(short(fields)).toEqual(expected);
  });

  it("only names operations that feel the gap", () => {
    expect(symptomsOf(gap({ id: "g", code: "MISSING_TABLE" }), ["delete"])).toHaveLength(1);
    expect(symptomsOf(gap({ id: "g", code: "MISSING_TABLE" }), [])).toEqual([]);
  });

  it("has an entry for every gap code", () => {
    for (const code of GAP_CODES) expect(Array.isArray(symptomsOf(gap({ id: "g", code }), ALL))).toBe(true);
  });
});
