export { replay } from "./replay.js";
export type { ReplayFailure, ReplayInput, ReplayResult } from "./types.js";
