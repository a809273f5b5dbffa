/** Reference rows: does PostgreSQL understand the condition? */

import type { RowsExpectation } from "../../model/contract.js";
import { stableId } from "../../model/hash.js";
import { quoteQualified } from "../../model/names.js";
import type { ScratchConnection } from "../../scratch/index.js";
import type { CheckFile } from "../check-file.js";
import { findRelation, type KnownSchema } from "../names.js";
import type { FeatureSection } from "../schema/check-file.js";
import { HELPER_PREFIX, qualify } from "./relations.js";
import { createStandIns } from "./stand-ins.js";
import { attempt, type Refusal } from "./tasks.js";

const VIEW = `pg_temp.${HELPER_PREFIX}condition`;

/**
 * Reads, and never runs or plans, each condition: planning computes what is constant, however large it is. The
 * search_path must be that of the count (src/catalog/rows.ts). Empty tables stand in for what only the known schema has.
 */
export async function checkConditions(
  connection: ScratchConnection,
  file: CheckFile,
  { schema, known }: { readonly schema: string; readonly known: KnownSchema },
): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  const conditions = conditionsOf(file);
  if (conditions.length === 0) return refusals;
  // Rolled back: what stands in must not be read back with what the file defines.
  await connection.query("begin");
  await createStandIns(connection, known);
  for (const { task, relation, where } of conditions) {
    const view = `create view ${VIEW} as select 1 from ${quoteQualified(qualify(relation, schema))} where (${where}\n)`;
    await connection.query("savepoint condition");
    const refusal = (await attempt(task, () => connection.query(view))) ?? (await volatility(connection, task));
    await connection.query("rollback to savepoint condition");
    if (refusal !== null) refusals.push(refusal);
  }
  await connection.query("rollback");
  return refusals;
}

function conditionsOf(file: CheckFile) {
  return [...(file.content.features ?? [])].flatMap(([id, feature]) =>
    (feature.rows ?? []).flatMap(({ table, where }, i) => {
      const relation = findRelation(file.known, table);
      if (relation === null || where === undefined) return [];
      const task = { path: ["features", id, "rows", i, "where"], part: "value", defines: null } as const;
      return [{ task, relation, where }];
    }),
  );
}

/**
 * Functions, and those behind operators and aggregates, as the view's rule names them. Function calls in expressions are
 * all there by oid, whatever their spelling.
 */
const VOLATILE_FUNCTIONS = `
with rule as (
  select ev_action::text as tree from pg_catalog.pg_rewrite where ev_class = $1::pg_catalog.regclass
), called as (
  select distinct (found.numbers)[1]::pg_catalog.oid as oid
  from rule, pg_catalog.regexp_matches(tree, ':(?:funcid|opfuncid|aggfnoid|winfnoid) ([0-9]+)', 'g') as found (numbers)
)
select proname as name from pg_catalog.pg_proc where oid in (select oid from called) and provolatile = 'v'
order by proname limit 1`;

/** A condition is run on the target, and a volatile function may do anything: dblink even commits. */
async function volatility(connection: ScratchConnection, task: Refusal["task"]): Promise<Refusal | null> {
  const [found] = await connection.query<{ name: string }>(VOLATILE_FUNCTIONS, [VIEW]);
  if (found === undefined) return null;
  return { task, message: `uses the volatile function ${found.name}: a condition must only look`, sqlstate: null };
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
