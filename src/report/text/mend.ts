/** Where to read how to mend what the next steps do not mend. */
import { quoteIdentifier } from "../../model/names.js";
import { GAP_CODES, type Gap, type Report } from "../../model/report.js";
import { paragraph, type Row } from "./page.js";
import { grantNumber, type Task } from "./steps.js";

/** `how to mend each: docs/codes/COLUMN_DEFAULT.md, ...`; paths are those of the package. */
export function mendRows(gaps: readonly Gap[], report: Report, tasks: readonly Task[]): Row[] {
  const open = new Set(gaps.filter((gap) => !hasStep(gap, report, tasks)).map(({ code }) => code));
  const pages = GAP_CODES.filter((code) => open.has(code)).map((code) => `docs/codes/${code}.md`);
  if (pages.length === 0) return [];
  const items = pages.map((page, at) => (at === pages.length - 1 ? page : `${page},`));
  return [paragraph(2, "", [`how to mend ${pages.length === 1 ? "it" : "each"}:`, ...items], { text: "dim" })];
}

/** A step names the gap's object, grants the privilege, or deploys what the gap's cause held back. */
function hasStep(gap: Gap, { causes, repair }: Report, tasks: readonly Task[]): boolean {
  if (gap.code === "MISSING_PRIVILEGE") return grantNumber(gap, tasks) !== null;
  if (repair.steps.some((step) => step.gaps.includes(gap.id))) return true;
  const name = quoteIdentifier(gap.subject.name);
  if (repair.steps.some((step) => step.kind === "sql" && step.statement.includes(name))) return true;
  // Migrations bring what is missing; what is too much stays.
  if (gap.code.startsWith("BLOCKING_EXTRA_")) return false;
  const isExplained = causes.some(({ id, code }) => gap.causes.includes(id) && code !== "UNKNOWN");
  return isExplained && repair.steps.some(({ kind }) => kind === "command");
}
