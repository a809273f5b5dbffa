/** A plan is asked about on the target, and tried on a copy of its schema, before anybody is told that it works. */
export { type Bench, type BenchOptions, createBench, type DirectoryOf, type Tried, withoutBench } from "./bench.js";
export { tablesConcerned } from "./concerned.js";
export {
  joined,
  type Learned,
  learnFromPlan,
  learnFromTrial,
  NOTHING_LEARNED,
  withRefusals,
} from "./learn.js";
export { withoutLosses } from "./losses.js";
export type { SafetyOf } from "./risks.js";
export { survey } from "./survey.js";
export { waitingMigrations, waitingNames, withWarnings } from "./waiting.js";
