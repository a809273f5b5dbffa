import type { Reporter } from "./reporter.js";

/** The Report itself, indented, with a newline at the end; reportSchema describes it. */
export const json: Reporter = (report) => `${JSON.stringify(report, null, 2)}\n`;
