/** Migrations that wait, in the same words on all pages of a plan. */
import type { Report } from "../../model/report.js";
import type { MigrationApplies, WaitingMigration } from "../../model/waiting-migration.js";
import { plural } from "../display.js";
import { hazardsText } from "../hazard-words.js";

/** Its state as the records have it. */
export function statusOf({ history }: Report, { name, applications }: WaitingMigration): string {
  const own = history.filter(({ application }) => applications.includes(application));
  const found = own.flatMap(({ migrations }) => migrations).filter((migration) => migration.name === name);
  return (found.find(({ required }) => required) ?? found[0])?.status ?? "pending";
}

/** `runs on a copy of the schema`, `refused on a copy: line 12 of x/migration.sql, 42P07: ...` */
export function appliesText(applies: MigrationApplies): string {
  if (applies.kind === "yes") return "runs on a copy of the schema (without rows)";
  if (applies.kind === "unknown") return `not known whether it runs here: ${applies.reason}`;
  const { file, line, statement, sqlstate, message } = applies.failure;
  const place = line === null ? file : `line ${line} of ${file}`;
  return `cannot run here: refused on a copy, ${place}: ${message} (${sqlstate})${statement === null ? "" : `: ${statement}`}`;
}

/** One sentence for each risk; one that says that there is none, or why nobody knows. @param most of them, and how many more */
export function safetyTexts({ safety, applies }: WaitingMigration, most = Number.POSITIVE_INFINITY): string[] {
  if (safety.kind === "unknown") {
    const said = applies.kind === "unknown" && applies.reason === safety.reason;
    return [said ? "nor what it does" : `what it does is not known: ${safety.reason}`];
  }
  const { risks } = safety;
  if (risks.length === 0) return ["nothing dangerous was found in it"];
  const shown = risks.slice(0, most).map(({ severity, code, line, message, hazards }) => {
    const place = line === null ? "" : `line ${line}: `;
    return `${severity} ${code}, ${place}${message}${hazards.length === 0 ? "" : ` (${hazardsText(hazards)})`}`;
  });
  const rest = risks.length - shown.length;
  return rest === 0 ? shown : [...shown, `and ${plural(rest, "more risk")}; the runbook has them (--format markdown)`];
}
