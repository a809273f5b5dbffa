/** Suggested steps, by cause. Suggested only: nothing here was tried, so `proved` is false. */
import { grantStatement } from "../model/grants.js";
import { groupBy } from "../model/group.js";
import { shareHistories } from "../model/history.js";
import type { Proof, Repair, RepairStep } from "../model/repair.js";
import type { Cause, Gap, History } from "../model/report.js";
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
  return { steps: unique(steps), notDone: [], proof: NOT_TRIED, proved: false };
}

const NOT_TRIED: Proof = { kind: "not-tried", reason: "a verification tries nothing; schemaready repair does" };

function grants(gaps: readonly Gap[]): RepairStep[] {
  return gaps.flatMap((gap) => {
    const sql = grantStatement(gap);
    return sql === null ? [] : [statement(sql, `${gap.message} To be run by the owner or an administrator.`, [gap.id])];
  });
}

function unique(steps: readonly RepairStep[]): RepairStep[] {
  const same = groupBy(steps, ({ kind, id, why }) => JSON.stringify([kind, id, kind === "command" ? why : ""]));
  return [...same.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : { ...first, gaps: [...new Set([first, ...others].flatMap(({ gaps }) => gaps))] },
  );
}
