/** Reference rows, and row security that would hide every row from the application. */
import type { Application, ExpectedRelation, RowsExpectation } from "../model/contract.js";
import { displayName } from "../model/names.js";
import type { RowsReading } from "../model/observation.js";
import type { Subject } from "../model/report.js";
import type { Relation } from "../model/schema.js";
import { gap, implied, type Outcome, SATISFIED, unverified } from "./outcome.js";
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

/** Row security without a policy for the role is no error to PostgreSQL: every SELECT just finds nothing. */
export function compareRowSecurity(
  application: Application,
  pairs: readonly (readonly [ExpectedRelation, Relation])[],
): Outcome[] {
  if (application.role === false) return [];
  return pairs.flatMap(([expected, actual]): Outcome[] => {
    const read = application.features.some(({ uses }) =>
      uses.some(
        (use) =>
          use.relation.schema === expected.schema && use.relation.name === expected.name && use.select.length > 0,
      ),
    );
    if (!read || !actual.rowSecurity.enabled) return [];
    if (!actual.rowSecurity.appliesToRole || actual.rowSecurity.selectPolicies > 0) return [SATISFIED];
    return [
      gap({
        code: "ROW_SECURITY_HIDES_ROWS",
        severity: "error",
        subject: whole("table", expected),
        expected: { visible: true },
        actual: { rowSecurity: true, policies: 0 },
        operations: ["select", "update", "delete"],
        message: `Row security is enabled on ${displayName(expected)} and no policy lets the application's role see rows: every query finds nothing.`,
      }),
    ];
  });
}
