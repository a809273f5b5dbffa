/**
 * The target's schema in a throwaway database: what would happen there can be tried here. copySchema makes a copy for any
 * use; tryAllPending runs the migrations that wait on copies of its own.
 */
export { applyCommand, type CommandResult, type CommandTrialInput } from "./apply-command.js";
export { type CopyInput, copySchema, type SchemaCopy } from "./copy.js";
export { displayLeftOut, type LeftOut } from "./left-out.js";
export { type UnseenDeeds, unseenDeeds } from "./script-deeds.js";
export { type SeenInput, unseenMigrations } from "./seen.js";
export { type TrialsInput, tryAllPending } from "./trials.js";
export type { OnRan } from "./try-pending.js";
