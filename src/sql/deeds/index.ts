export { commandsOfBlock } from "./blocks.js";
export { UNKNOWN } from "./execute.js";
export { deedsOf } from "./read.js";
export type { Deed, DeedKind } from "./types.js";
