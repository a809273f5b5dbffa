/** Stage 5: gaps and histories in, causes out. Pure; one rule per file in rules/. */
export { attachCauses, diagnose } from "./diagnose.js";
