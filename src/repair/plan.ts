/** Gaps -> the SQL that closes them, in order, and what is left to people. Pure: nothing here asks the target. */
import { withExtensionsOf } from "./ddl/index.js";
import { assemble } from "./plan/assemble.js";
import { plannedFor } from "./plan/planners.js";
import type { SqlPlan } from "./plan/task.js";
import type { Situation } from "./situation.js";

/**
 * The statements for the gaps of the situation, ordered and grouped into transactions. Its checks are not answered yet:
 * ask `questionsOf(plan)`, then `settle` it. Never throws; what it has no statement for is in `notDone`.
 */
export function planSql(situation: Situation): SqlPlan {
  const extensions = situation.models?.[0]?.extensions;
  if (extensions === undefined) return assemble(plannedFor(situation));
  return assemble(plannedFor({ ...situation, contract: withExtensionsOf(situation.contract, extensions) }));
}
