/** Stage 5: gaps, histories and what stands around in; causes out. Pure; one rule per file in rules/. */
export { attachCauses, type DiagnoseInput, diagnose } from "./diagnose.js";
export { questionsAbout } from "./questions.js";
