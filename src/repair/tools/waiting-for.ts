/** While somebody migrates, nothing is planned: who does is shown, and what would have to follow is told. */
import { isSeenRunning } from "../../model/history.js";
import type { Migration } from "../../model/report.js";
import type { CommandPlan } from "../command-plan.js";
import { statement, whoMigrates } from "../commands.js";
import { askedOnce, part } from "./part.js";
import type { Standing } from "./standing.js";

export function waitFor({ history: { tool }, running }: Standing): CommandPlan {
  return part({
    first: askedOnce(running.map((migration) => statement(whoMigrates(tool), whatItMeans(tool, migration)))),
  });
}

function whatItMeans(tool: Standing["history"]["tool"], migration: Migration): string {
  if (isSeenRunning(migration)) {
    return `Shows who is migrating now: ${migration.name} is running; wait until it has finished, then verify again.`;
  }
  const then = tool === "prisma" ? "npx prisma migrate resolve --rolled-back, and deploy again" : "and deploy again";
  return `Shows who is migrating now. A row: ${migration.name} is running; wait, then verify again. No row: its process was killed; then look what it left behind, ${then}.`;
}
