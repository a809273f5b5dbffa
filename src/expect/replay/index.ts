export { type Complaint, complaintOf } from "./complaint.js";
export { type Change, diffModels } from "./diff.js";
export type { Fact } from "./facts.js";
export { replayInScratch } from "./in-scratch.js";
export { extensionOf } from "./known-extensions.js";
export { replay } from "./replay.js";
export { readSnapshot } from "./snapshot.js";
export type { ReplayInput, ReplayResult } from "./types.js";
