/** The target's schema in a throwaway database: what would happen there can be tried here. */
export { type CopyInput, copySchema, type SchemaCopy } from "./copy.js";
export { displayLeftOut, type LeftOut } from "./left-out.js";
export { type TrialsInput, tryAllPending } from "./trials.js";
