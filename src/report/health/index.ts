/** The body of /schema/health, as a report that was just made gives it: for probes that run a command, or read a file. */
import type { Reporter } from "../reporter.js";
import { healthOf } from "./body.js";

export { featuresNamed, type Health, type HealthQuestion, healthOf, LONGEST_NAME } from "./body.js";
export { healthSchema } from "./schema.js";
export { reasonOf, summarize } from "./sentences.js";

/** application/health+json, with every detail: whoever can run the command may see them. */
export const health: Reporter = (report) => {
  const held = { state: "current", report, failure: null, ageMs: null } as const;
  const answer = healthOf(held, { detail: true, feature: null }, report.tool.version);
  return `${JSON.stringify(answer?.body, null, 2)}\n`;
};
