/** The baseline: gaps that a team knows and accepts, so that only new ones fail. */
export { acceptGaps } from "./accept.js";
export {
  BASELINE_FORMAT_VERSION,
  type Baseline,
  baselineJsonSchema,
  baselineOf,
  parseBaseline,
  printBaseline,
} from "./file.js";
