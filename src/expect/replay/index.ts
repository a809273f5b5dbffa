export { type Complaint, complaintOf } from "./complaint.js";
export { replayInScratch } from "./in-scratch.js";
export { extensionOf } from "./known-extensions.js";
export { replay } from "./replay.js";
export type { ReplayFailure, ReplayInput, ReplayResult } from "./types.js";
