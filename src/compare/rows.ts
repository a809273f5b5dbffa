/** Reference rows, and row security that would hide every row from the application. */
import type { Application, ExpectedRelation, RowsExpectation } from "../model/contract.js";
import { displayName } from "../model/names.js";
import type { RowsReading } from "../model/observation.js";
import type { Operation, Subject } from "../model/report.js";
import type { Relation } from "../model/schema.js";
import { ALL_OPERATIONS, gap, implied, type Outcome, SATISFIED, unverified } from "./outcome.js";
import { whole } from "./subjects.js";

export function compareRows(
  application: Application,
  present: readonly Relation[],
  readings: readonly RowsReading[],
): Outcome[] {
  return application.features.flatMap((feature) =>
    feature.rows.map((expected): Outcome => {
      const exists = present.some(
        ({ schema, name }) => schema === expected.relation.schema && name === expected.relation.name,
      );
      if (!exists) return implied(1);
      const count = readings.find(({ expectationId }) => expectationId === expected.id)?.count;
      if (count === undefined || !count.known) {
        const reason = count?.reason ?? "the rows were not counted";
        return unverified(
          subjectOf(expected),
          `rows of ${displayName(expected.relation)}: ${reason}`,
          count?.sqlstate ?? null,
          [feature.id],
        );
      }
      return judgeCount(expected, count.value);
    }),
  );
}

function subjectOf(expected: RowsExpectation): Subject {
  return { kind: "rows", schema: expected.relation.schema, relation: expected.relation.name, name: expected.id };
}

function judgeCount(expected: RowsExpectation, count: number): Outcome {
  const tooMany = expected.atMost !== null && count > expected.atMost;
  if (count >= expected.atLeast && !tooMany) return SATISFIED;
  const where = expected.where === null ? "" : ` where ${expected.where}`;
  const wanted = tooMany ? `at most ${expected.atMost}` : `at least ${expected.atLeast}`;
  const found = tooMany ? `more than ${expected.atMost}` : count === 0 ? "none" : String(count);
  return gap({
    code: "MISSING_ROWS",
    severity: "error",
    subject: subjectOf(expected),
    expected: { where: expected.where, atLeast: expected.atLeast, atMost: expected.atMost },
    actual: { rows: count },
    operations: ["select"],
    message: `Table ${displayName(expected.relation)} is there, but its reference rows are not as expected: ${wanted}${where}, found ${found}.`,
  });
}

/**
 * Row security without a policy for the role: SELECT, UPDATE and DELETE just find nothing, without an error; INSERT is
 * refused (42501). What the policies' expressions let through is not judged.
 */
export function compareRowSecurity(
  application: Application,
  pairs: readonly (readonly [ExpectedRelation, Relation])[],
): Outcome[] {
  if (application.role === false) return [];
  return pairs.flatMap(([expected, { rowSecurity }]): Outcome[] => {
    if (!rowSecurity.enabled) return [];
    const performed = performedOn(application, expected);
    const refused = performed.filter((operation) => !rowSecurity.allows.includes(operation));
    if (!rowSecurity.appliesToRole || refused.length === 0) return [SATISFIED];
    return [
      gap({
        code: "ROW_SECURITY_HIDES_ROWS",
        severity: "error",
        subject: whole("table", expected),
        expected: { policyFor: performed },
        actual: { rowSecurity: true, policyFor: rowSecurity.allows },
        operations: refused,
        message: `Row security is enabled on ${displayName(expected)} and no policy allows the application's role to ${refused.map((operation) => operation.toUpperCase()).join(", ")}: ${effectOf(refused)}.`,
      }),
    ];
  });
}

function effectOf(refused: readonly Operation[]): string {
  const finds = refused.some((operation) => operation !== "insert") ? "its queries find no rows" : "";
  const inserts = refused.includes("insert") ? "every INSERT is refused (42501)" : "";
  return [finds, inserts].filter((part) => part !== "").join(", ");
}

/** What the application's features do with a relation. */
function performedOn(application: Application, relation: ExpectedRelation): Operation[] {
  const uses = application.features
    .flatMap((feature) => feature.uses)
    .filter((use) => use.relation.schema === relation.schema && use.relation.name === relation.name);
  return ALL_OPERATIONS.filter((operation) =>
    uses.some((use) => (operation === "delete" ? use.delete : (use[operation]?.length ?? 0) > 0)),
  );
}
