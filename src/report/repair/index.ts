/** A report with a repair plan -> the plan as text. */
import { json } from "../json.js";
import type { Reporter } from "../reporter.js";
import { repairMarkdown } from "./markdown.js";
import { repairSql } from "./sql.js";
import { repairText } from "./text.js";

export type RepairFormat = "text" | "sql" | "markdown" | "json";

/** JSON is the whole Report, the plan in it. */
export const repairReporters: Readonly<Record<RepairFormat, Reporter>> = {
  text: repairText,
  sql: repairSql,
  markdown: repairMarkdown,
  json,
};
