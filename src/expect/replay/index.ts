export { replay } from "./replay.js";
export { type Statement, splitScript } from "./split.js";
export type { ReplayFailure, ReplayInput, ReplayResult } from "./types.js";
