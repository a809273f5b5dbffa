import type { ExpectedRelation } from "../model/contract.js";
import type { Gap, Json, Operation } from "../model/report.js";
import type { Column, Relation } from "../model/schema.js";
import { columnNamed } from "./column-names.js";
import { autoIncrementOf, sameDefault } from "./defaults.js";
import { sameExpression } from "./expressions.js";
import { extra, gap, implied, type Outcome, SATISFIED, unverified } from "./outcome.js";
import { columnName, partOf } from "./subjects.js";
import { holdsAllValues, sameType, sharedFamily } from "./types.js";

/** Facts of one column: that it is there, its type, nullability, default (or identity, or generation), collation. */
export const FACTS_PER_COLUMN = 5;

const USES: readonly Operation[] = ["select", "insert", "update"];
const WRITES: readonly Operation[] = ["insert", "update"];

interface Pair {
  readonly relation: ExpectedRelation;
  readonly expected: Column;
  readonly actual: Column;
}

/** Compares the columns that the contract names; others are not looked at here. */
export function compareColumns(expected: ExpectedRelation, actual: Relation): Outcome[] {
  const isView = actual.kind === "view" || actual.kind === "materialized-view";
  return expected.columns.flatMap((column) => {
    const found = columnNamed(actual.columns, column.name);
    if (found === undefined) return missingColumn(expected, column, actual);
    const pair: Pair = { relation: expected, expected: column, actual: found };
    // A view's columns have no nullability, default or collation of their own in the catalog.
    if (isView) return [SATISFIED, compareType(pair)];
    return [SATISFIED, compareType(pair), compareNullability(pair), ...compareValue(pair), compareCollation(pair)];
  });
}

function missingColumn(relation: ExpectedRelation, column: Column, actual: Relation): Outcome[] {
  const similar = actual.columns.find(({ name }) => name.toLowerCase() === column.name.toLowerCase());
  const hint =
    similar === undefined ? "" : `; there is a column "${similar.name}", which differs in upper and lower case`;
  return [
    gap({
      code: "MISSING_COLUMN",
      severity: "error",
      subject: partOf(relation, "column", column.name),
      expected: describeColumn(column),
      actual: similar === undefined ? null : { similar: similar.name },
      operations: USES,
      introducedBy: introducedBy(relation, column.name),
      message: `Column ${columnName(relation, column.name)} is missing${hint}.`,
    }),
    implied(FACTS_PER_COLUMN - 1),
  ];
}

/** Migration that brings a column, when the contract knows it. */
export function introducedBy(relation: ExpectedRelation, column: string): string | null {
  const own = Object.hasOwn(relation.columnIntroducedBy, column) ? relation.columnIntroducedBy[column] : undefined;
  return own ?? relation.introducedBy;
}

export function describeColumn(column: Column): Json {
  return {
    type: column.type.text,
    nullable: column.nullable,
    default: column.default?.text ?? null,
    ...(column.identity === null ? {} : { identity: column.identity }),
    ...(column.generated === null ? {} : { generated: column.generated.expression.text }),
  };
}

type Difference = Pick<Gap, "code" | "severity" | "operations" | "expected" | "actual"> & { readonly message: string };

function difference({ relation, expected }: Pair, facts: Difference): Outcome {
  return gap({
    ...facts,
    subject: partOf(relation, "column", expected.name),
    introducedBy: introducedBy(relation, expected.name),
  });
}

function compareType(pair: Pair): Outcome {
  const { relation, expected, actual } = pair;
  if (sameType(expected.type, actual.type)) return SATISFIED;
  const family = sharedFamily(expected.type, actual.type);
  const fits = holdsAllValues(expected.type, actual.type);
  const effect = fits ? "every expected value fits, so statements work" : EFFECTS[family ?? "none"];
  return difference(pair, {
    code: "COLUMN_TYPE",
    severity: fits ? "warning" : "error",
    operations: family === null ? USES : WRITES,
    expected: { type: expected.type.text, ...(family === null ? {} : { family }) },
    actual: { type: actual.type.text },
    message: `Column ${columnName(relation, expected.name)} has type ${actual.type.text}, expected ${expected.type.text}: ${effect}.`,
  });
}

const EFFECTS = {
  text: "longer values are refused (22001)",
  numeric: "larger values are refused (22003), and digits may be lost",
  time: "times are cut off or read in another time zone",
  none: "values or casts that the application uses can fail",
} as const;

function compareNullability(pair: Pair): Outcome {
  const { relation, expected, actual } = pair;
  const name = columnName(relation, expected.name);
  if (expected.nullable === actual.nullable) {
    if (expected.nullable || actual.notNullValidated || !expected.notNullValidated) return SATISFIED;
    return difference(pair, {
      code: "UNVALIDATED_CONSTRAINT",
      severity: "warning",
      operations: ["select"],
      expected: { nullable: false, validated: true },
      actual: { nullable: false, validated: false },
      message: `NOT NULL on ${name} is not validated: rows from before it was added may hold NULL.`,
    });
  }
  const filledIn = actual.default !== null || actual.identity !== null || actual.generated !== null;
  const tooStrict = expected.nullable;
  return difference(pair, {
    code: "COLUMN_NULLABILITY",
    severity: tooStrict && !filledIn ? "error" : "warning",
    operations: tooStrict ? WRITES : ["select"],
    expected: { nullable: expected.nullable },
    actual: { nullable: actual.nullable },
    message: tooStrict
      ? `Column ${name} is NOT NULL, expected to allow NULL: writing NULL fails.`
      : `Column ${name} allows NULL, expected NOT NULL: the application can read a NULL that it does not expect.`,
  });
}

/** Where the value comes from when an INSERT does not give one: generation, auto-increment or default. */
function compareValue(pair: Pair): Outcome[] {
  const { expected, actual } = pair;
  if (expected.generated !== null || actual.generated !== null) return [compareGenerated(pair)];
  if (autoIncrementOf(expected) !== "none" || autoIncrementOf(actual) !== "none") return compareAutoIncrement(pair);
  return compareDefault(pair);
}

function compareGenerated(pair: Pair): Outcome {
  const { relation, expected, actual } = pair;
  const sameness = sameExpression(expected.generated?.expression ?? null, actual.generated?.expression ?? null);
  const sameKind = expected.generated?.kind === actual.generated?.kind;
  if (sameness === "same" && sameKind) return SATISFIED;
  if (sameness === "unknown") {
    return unverified(
      partOf(relation, "column", expected.name),
      "the relation is locked, its generation expression cannot be printed",
      "55P03",
      [],
    );
  }
  const unwritable = expected.generated === null;
  return difference(pair, {
    code: "COLUMN_GENERATED",
    severity: unwritable || actual.generated === null ? "error" : "warning",
    operations: unwritable ? WRITES : USES,
    expected: { generated: expected.generated?.expression.text ?? null, kind: expected.generated?.kind ?? null },
    actual: { generated: actual.generated?.expression.text ?? null, kind: actual.generated?.kind ?? null },
    message: `Column ${columnName(relation, expected.name)} is ${generation(actual)}, expected ${generation(expected)}.`,
  });
}

function generation({ generated }: Column): string {
  return generated === null ? "an ordinary column" : `generated (${generated.kind}) as ${generated.expression.text}`;
}

function compareAutoIncrement(pair: Pair): Outcome[] {
  const { relation, expected, actual } = pair;
  const [want, have] = [autoIncrementOf(expected), autoIncrementOf(actual)];
  const name = columnName(relation, expected.name);
  if (want === "none")
    return [
      SATISFIED,
      extra(partOf(relation, "column", expected.name), `${name} counts up by itself; nothing expects that.`),
    ];
  const facts = { expected: { autoIncrement: want }, actual: { autoIncrement: have }, operations: ["insert"] as const };
  if (have === "none") {
    const code = expected.identity === null ? "COLUMN_DEFAULT" : "COLUMN_IDENTITY";
    const message = `Column ${name} no longer counts up by itself: an INSERT that leaves it out fails.`;
    return [difference(pair, { code, severity: actual.nullable ? "warning" : "error", ...facts, message })];
  }
  if (want === "by-default" && have === "always") {
    const message = `Column ${name} is GENERATED ALWAYS AS IDENTITY: an INSERT that gives a value for it fails (428C9).`;
    return [difference(pair, { code: "COLUMN_IDENTITY", severity: "warning", ...facts, message })];
  }
  return [SATISFIED];
}

function compareDefault(pair: Pair): Outcome[] {
  const { relation, expected, actual } = pair;
  const name = columnName(relation, expected.name);
  if (sameDefault(expected.default, actual.default, expected.type)) return [SATISFIED];
  if (expected.default === null) {
    return [
      SATISFIED,
      extra(
        partOf(relation, "column", expected.name),
        `${name} has the default ${actual.default?.text}; none is expected.`,
      ),
    ];
  }
  const lost = actual.default === null;
  const fails = lost && !actual.nullable;
  const effect = fails ? ": an INSERT that leaves it out fails" : "";
  return [
    difference(pair, {
      code: "COLUMN_DEFAULT",
      severity: fails ? "error" : "warning",
      operations: ["insert"],
      expected: { default: expected.default.text },
      actual: { default: actual.default?.text ?? null },
      message: lost
        ? `Column ${name} has no default, expected ${expected.default.text}${effect}.`
        : `Column ${name} has the default ${actual.default?.text}, expected ${expected.default.text}.`,
    }),
  ];
}

function compareCollation(pair: Pair): Outcome {
  const { relation, expected, actual } = pair;
  const text = (column: Column) => (column.collation === null ? "default" : column.collation.name);
  if (text(expected) === text(actual)) return SATISFIED;
  return difference(pair, {
    code: "COLUMN_COLLATION",
    severity: "warning",
    operations: ["select"],
    expected: { collation: text(expected) },
    actual: { collation: text(actual) },
    message: `Column ${columnName(relation, expected.name)} has collation ${text(actual)}, expected ${text(expected)}: order and comparison of text differ.`,
  });
}
