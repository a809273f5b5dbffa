/** Reference rows: does PostgreSQL understand the condition? */

import type { RowsExpectation } from "../../model/contract.js";
import { stableId } from "../../model/hash.js";
import { quoteQualified } from "../../model/names.js";
import type { ScratchConnection } from "../../scratch/index.js";
import type { CheckFile } from "../check-file.js";
import { findRelation } from "../names.js";
import type { FeatureSection } from "../schema/check-file.js";
import { qualify } from "./relations.js";
import { attempt, type Refusal } from "./tasks.js";

/**
 * Plans, and never runs, a query with each condition; the search_path must be that of the count (src/catalog/rows.ts).
 * A relation that the file does not define is not in this database: its conditions are only known to be one expression.
 */
export async function checkConditions(
  connection: ScratchConnection,
  file: CheckFile,
  schema: string,
): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const [id, feature] of file.content.features ?? []) {
    for (const [i, { table, where }] of (feature.rows ?? []).entries()) {
      const relation = findRelation(file.names, table);
      if (relation === null || where === undefined) continue;
      const task = { path: ["features", id, "rows", i, "where"], part: "value", defines: null } as const;
      const query = `explain select 1 from ${quoteQualified(qualify(relation, schema))} where (${where}\n)`;
      const refusal = await attempt(task, () => connection.query(query));
      if (refusal !== null) refusals.push(refusal);
    }
  }
  return refusals;
}

/** The rows that a feature needs; the same expectation twice is one. */
export function readRows(file: CheckFile, id: string, feature: FeatureSection, schema: string): RowsExpectation[] {
  const rows = (feature.rows ?? []).flatMap(({ table, where = null, atLeast = 1, atMost = null }) => {
    const relation = findRelation(file.known, table);
    if (relation === null) return [];
    const name = qualify(relation, schema);
    const parts = [file.content.application, id, name.schema, name.name, where, `${atLeast}`, `${atMost}`];
    return [{ id: stableId("r", parts), relation: name, where, atLeast, atMost }];
  });
  return rows.filter((row, i) => rows.findIndex((other) => other.id === row.id) === i);
}
