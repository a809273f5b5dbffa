export { deedsOf } from "./read.js";
export type { Deed, DeedKind } from "./types.js";
