/** What `schemaready lint` found -> text. */
import { lintGithub } from "./github.js";
import type { LintReporter } from "./reporter.js";
import { lintText } from "./text.js";

export type { LintReporter } from "./reporter.js";
export { lintJsonSchema, lintSchema } from "./schema.js";
export { lintHeadline } from "./text.js";

/** Everything, notes included, indented, with a newline at the end; lintSchema describes it. */
const json: LintReporter = (result) => `${JSON.stringify(result, null, 2)}\n`;

export const lintReporters: Readonly<Record<"text" | "json" | "github", LintReporter>> = {
  text: lintText,
  json,
  github: lintGithub,
};
