/** Smoke runs: flows against a live application, and the schema gap behind each failure. */

export { attribute } from "./attribution/attribute.js";
export { type CleanUpInput, cleanUpLater } from "./clean-up-later.js";
export { describeSmokeEvent, type SmokeEvent } from "./events.js";
export { runSmoke, type SmokeInput } from "./run.js";
export { RUN_FILE_DIRECTORY } from "./run-file/journal.js";
