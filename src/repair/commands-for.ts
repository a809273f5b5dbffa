/**
 * The command half of a plan: what the migration tools have to be told, in which order. None of it can lose data, and
 * nothing is marked as applied that was not seen: `db push`, `migrate reset` and `migrate dev` are never suggested.
 */
import type { CommandPlan, CommandSituation } from "./command-plan.js";
import { withoutTable } from "./tools/baseline.js";
import { forward } from "./tools/forward.js";
import { part, together } from "./tools/part.js";
import { recordsThatStay } from "./tools/records.js";
import { type Standing, standings } from "./tools/standing.js";
import { waitFor } from "./tools/waiting-for.js";

/** For each record table, in the order of the histories. Pure, and it never throws. */
export function commandsFor(situation: CommandSituation): CommandPlan {
  return together(standings(situation).flatMap((standing) => planFor(standing, situation)));
}

function planFor(standing: Standing, situation: CommandSituation): CommandPlan[] {
  return [commandsOf(standing, situation), part({ notDone: recordsThatStay(standing) })];
}

function commandsOf(standing: Standing, situation: CommandSituation): CommandPlan {
  if (standing.running.length > 0) return waitFor(standing);
  return standing.history.state === "none" ? withoutTable(standing, situation) : forward(standing, situation);
}
