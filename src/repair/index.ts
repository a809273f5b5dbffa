/** Stage 7: gaps, causes and histories in, suggested steps out. Pure; nothing here can run them. */

export { notLookedAt, rowsOfNewTables } from "./beside.js";
export type { CommandPlan, CommandSituation, DeployTrial, ScriptDeeds, ToSee } from "./command-plan.js";
export { commandsFor } from "./commands-for.js";
export type { SqlPlan } from "./plan/task.js";
export { planSql } from "./plan.js";
export { questionsOf, settle } from "./settle.js";
export type { Situation, TableFacts } from "./situation.js";
export { suggestRepair } from "./suggest.js";
