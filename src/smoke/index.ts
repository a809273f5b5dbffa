/** Smoke runs: flows against a live application, and the schema gap behind each failure. */
export type { SmokeEvent } from "../model/smoke-event.js";
export { attribute } from "./attribution/attribute.js";
export { explainEvents } from "./attribution/events.js";
export { type CleanUpInput, cleanUpLater } from "./clean-up-later.js";
export { describeSmokeEvent } from "./events.js";
export { foldSmokeEvents } from "./fold.js";
export { listFlows, planListing } from "./listing.js";
export { runSmoke, type SmokeInput } from "./run.js";
export { RUN_FILE_DIRECTORY } from "./run-file/journal.js";
export { waitForApplication } from "./wait-for.js";
