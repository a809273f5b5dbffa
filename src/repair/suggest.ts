/** Suggested steps, by cause. Suggested only: nothing here was tried, so `proved` is false. */
import { grantStatement } from "../model/grants.js";
import { shareHistories } from "../model/history.js";
import type { Cause, Gap, History, Repair, RepairStep } from "../model/report.js";
import { statement } from "./commands.js";
import { migrationSteps } from "./migrations.js";
import { withoutVainDeploy } from "./refused.js";

/** Takes gaps with their causes and gives steps in the order in which to take them; none when nothing is known to help. */
export function suggestRepair(gaps: readonly Gap[], causes: readonly Cause[], histories: readonly History[]): Repair {
  const steps = [
    ...grants(gaps),
    ...shareHistories(histories).flatMap((history) =>
      withoutVainDeploy(migrationSteps(history, gaps, causes), history, gaps, causes),
    ),
  ];
  return { steps: unique(steps), proved: false };
}

function grants(gaps: readonly Gap[]): RepairStep[] {
  return gaps.flatMap((gap) => {
    const sql = grantStatement(gap);
    return sql === null ? [] : [statement(sql, `${gap.message} To be run by the owner or an administrator.`)];
  });
}

function unique(steps: readonly RepairStep[]): RepairStep[] {
  return [...new Map(steps.map((step) => [JSON.stringify(step), step])).values()];
}
