/**
 * What users of a feature see of a gap: the SQLSTATE that PostgreSQL answers, and the code that the Prisma client makes
 * of it. test/db/impact/symptoms.test.ts lets a real server answer each of them.
 */
import { properties } from "../model/json.js";
import type { Gap, GapCode, Operation, Symptom } from "../model/report.js";

interface Answer {
  readonly sqlstate: string;
  /** The operations that get this answer; left out: all that feel the gap. */
  readonly only?: readonly Operation[];
}

type AnswerOf = (gap: Gap) => readonly Answer[];

const WRITES: readonly Operation[] = ["insert", "update"];
const NO_ANSWER: AnswerOf = () => [];

const undefinedTable: AnswerOf = () => [{ sqlstate: "42P01" }];
const undefinedObject: AnswerOf = () => [{ sqlstate: "42704" }];
const notNullViolation: AnswerOf = () => [{ sqlstate: "23502", only: WRITES }];

/** Which statements get which SQLSTATE. Codes without an answer make nothing fail: they slow down or let wrong rows in. */
const ANSWERS: Readonly<Record<GapCode, AnswerOf>> = {
  MISSING_TABLE: undefinedTable,
  MISSING_VIEW: undefinedTable,
  MISSING_COLUMN: () => [{ sqlstate: "42703" }],
  MISSING_ENUM: undefinedObject,
  MISSING_DOMAIN: undefinedObject,
  // The label arrives as text and is refused by the type's input function.
  MISSING_ENUM_LABEL: () => [{ sqlstate: "22P02" }],
  // nextval('s') looks s up as a relation.
  MISSING_SEQUENCE: undefinedTable,
  MISSING_FUNCTION: () => [{ sqlstate: "42883" }],
  // An extension brings types or functions, or both.
  MISSING_EXTENSION: () => [{ sqlstate: "42704" }, { sqlstate: "42883" }],
  MISSING_INDEX: withoutArbiter,
  INVALID_INDEX: withoutArbiter,
  INDEX_DEFINITION: withoutArbiter,
  MISSING_CONSTRAINT: withoutArbiter,
  CONSTRAINT_DEFINITION: (gap) => (isUnique(gap) ? withoutArbiter(gap) : otherForeignKey(gap)),
  COLUMN_TYPE: (gap) => whenError(gap, otherType(gap)),
  DOMAIN_DEFINITION: (gap) => whenError(gap, [{ sqlstate: "42804", only: WRITES }]),
  COLUMN_NULLABILITY: (gap) => (gap.severity === "error" ? notNullViolation(gap) : []),
  COLUMN_DEFAULT: (gap) => (gap.severity === "error" ? notNullViolation(gap) : []),
  COLUMN_IDENTITY: (gap) =>
    gap.severity === "error" ? notNullViolation(gap) : [{ sqlstate: "428C9", only: ["insert"] }],
  // Writing to a column that is generated; one that is not generated any more answers nothing, it stays empty.
  COLUMN_GENERATED: ({ actual }) =>
    properties(actual)["generated"] === null ? [] : [{ sqlstate: "428C9", only: WRITES }],
  BLOCKING_EXTRA_COLUMN: notNullViolation,
  BLOCKING_EXTRA_CONSTRAINT: extraConstraint,
  MISSING_PRIVILEGE: missingPrivilege,
  UNVALIDATED_CONSTRAINT: NO_ANSWER,
  MISSING_TRIGGER: NO_ANSWER,
  COLUMN_COLLATION: NO_ANSWER,
  ENUM_ORDER: NO_ANSWER,
  // SELECT, UPDATE and DELETE find nothing, without an error.
  ROW_SECURITY_HIDES_ROWS: () => [{ sqlstate: "42501", only: ["insert"] }],
  MISSING_ROWS: NO_ANSWER,
  MIGRATION_NOT_APPLIED: NO_ANSWER,
};

/**
 * How the Prisma client (7, with the pg adapter) names a SQLSTATE; what it does not map is P2039, "Database error"
 * (knowledge: prisma-semantics 2.5, from adapter-pg errors.ts and user-facing-error.ts). Raw queries give P2010.
 */
const PRISMA_CODES: Readonly<Record<string, string>> = {
  "42P01": "P2021",
  "42703": "P2022",
  "22P02": "P2007",
  "23502": "P2011",
  "23503": "P2003",
  "23001": "P2003",
  "23505": "P2002",
};
const UNMAPPED = "P2039";

/** The symptoms of a gap for a feature that performs these operations, each once. */
export function symptomsOf(gap: Gap, operations: readonly Operation[]): Symptom[] {
  return ANSWERS[gap.code](gap).flatMap(({ sqlstate, only }) =>
    operations
      .filter((operation) => only === undefined || only.includes(operation))
      .map((operation) => ({ sqlstate, prisma: PRISMA_CODES[sqlstate] ?? UNMAPPED, operation })),
  );
}

function isUnique({ expected }: Gap): boolean {
  return properties(expected)["unique"] === true;
}

/**
 * Within a family values are converted, and refused where they do not fit; a time is never refused, only changed. Across
 * families a typed parameter does not fit the column, and a comparison has no operator for the two types.
 */
function otherType({ expected }: Gap): readonly Answer[] {
  switch (properties(expected)["family"]) {
    case "text":
      return [{ sqlstate: "22001", only: WRITES }];
    case "numeric":
      return [{ sqlstate: "22003", only: WRITES }];
    case "time":
      return [];
    default:
      return [
        { sqlstate: "42804", only: WRITES },
        { sqlstate: "42883", only: ["select"] },
      ];
  }
}

/** INSERT ... ON CONFLICT (an upsert) needs a unique index on its columns; a deferrable one it finds and may not use. */
function withoutArbiter(gap: Gap): readonly Answer[] {
  if (gap.severity !== "error" || !isUnique(gap)) return [];
  const sqlstate = properties(gap.actual)["deferrable"] === true ? "55000" : "42P10";
  return [{ sqlstate, only: ["insert"] }];
}

/** Another target refuses new rows; another rule refuses to delete what is referenced. */
function otherForeignKey(gap: Gap): readonly Answer[] {
  return whenError(gap, gap.operations.includes("delete") ? refusedDelete(gap) : [{ sqlstate: "23503", only: WRITES }]);
}

/** From PostgreSQL 18 on, RESTRICT answers 23001 and NO ACTION 23503; before, both answer 23503. */
function refusedDelete({ actual }: Gap): readonly Answer[] {
  const foreignKey: Answer = { sqlstate: "23503", only: ["delete"] };
  return properties(actual)["onDelete"] === "restrict"
    ? [foreignKey, { sqlstate: "23001", only: ["delete"] }]
    : [foreignKey];
}

function extraConstraint(gap: Gap): readonly Answer[] {
  const { unique, kind, references } = properties(gap.actual);
  if (references !== undefined) return [{ sqlstate: "23503", only: WRITES }, ...refusedDelete(gap)];
  if (unique === true) return [{ sqlstate: "23505", only: WRITES }];
  return [{ sqlstate: kind === "exclusion" ? "23P01" : "23514", only: WRITES }];
}

/** Without USAGE on the schema an unqualified name is not found at all, a qualified one (Prisma's) is refused. */
function missingPrivilege({ subject }: Gap): readonly Answer[] {
  const isUsage = subject.relation === null && subject.schema !== null;
  return isUsage ? [{ sqlstate: "42501" }, { sqlstate: "42P01" }] : [{ sqlstate: "42501" }];
}

function whenError({ severity }: Gap, answers: readonly Answer[]): readonly Answer[] {
  return severity === "error" ? answers : [];
}
