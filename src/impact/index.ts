/** Stage 6: gaps and features in, feature status out. Pure. */
export { assessImpact, attachFeatures } from "./assess.js";
