/** Report -> text. A reporter reads the Report and nothing else; where the text goes is the caller's business. */
import { github } from "./github.js";
import { health } from "./health/index.js";
import { html } from "./html/index.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import { markdown } from "./markdown.js";
import { metrics } from "./metrics.js";
import type { Reporter } from "./reporter.js";
import { tap } from "./tap.js";
import { text } from "./text.js";

export { displaySafe, plural, subjectName } from "./display.js";
export { listingJson, listingText } from "./flow-listing.js";
export {
  featuresNamed,
  type Health,
  type HealthQuestion,
  healthOf,
  healthSchema,
  LONGEST_NAME,
  reasonOf,
  summarize,
} from "./health/index.js";
export {
  banner,
  type Content,
  classOf,
  code,
  documentOf,
  element,
  HTML_POLICY,
  type Html,
  placeOf,
  type SmokeLimits,
  STYLE_DIGEST,
  schemaParts,
  section,
  smokeContent,
  type VerdictLines,
  verdictLines,
  word,
} from "./html/index.js";
export { lintHeadline, lintJsonSchema, lintReporters, lintSchema } from "./lint/index.js";
export { schemaFamilies, smokeFamilies } from "./metrics.js";
export { type Family, family, sampleText } from "./metrics-text.js";
export { ndjsonLine } from "./ndjson.js";
export { type RepairFormat, repairReporters } from "./repair/index.js";
export { planHeadline } from "./repair/words.js";
export type { Reporter, ReporterOptions } from "./reporter.js";
export { baselineEntrySchema, reportJsonSchema, reportSchema } from "./schema.js";
export { smokeEventJsonSchema, smokeEventSchema } from "./schema-events.js";
export { type SmokeWords, smokeWords } from "./smoke-words.js";
export { headlineText } from "./text/headline.js";
export { displayWidth, type Style } from "./text/page.js";
export { VERDICTS } from "./wording.js";

export type Format = "text" | "json" | "junit" | "markdown" | "github" | "html" | "tap" | "metrics" | "health";

/** Adding a format is one file, its test and one line here. */
export const reporters: Readonly<Record<Format, Reporter>> = {
  text,
  json,
  junit,
  markdown,
  github,
  html,
  tap,
  metrics,
  health,
};
