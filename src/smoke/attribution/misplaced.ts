/** Whether gaps are there because another place was looked at than the one where the application works. */
import type { CauseCode, Gap, Report } from "../../model/report.js";

/** `app on db.internal:5432 is probably not the application's database (WRONG_DATABASE)`; null when nothing says so. */
export function misplaced(gaps: readonly Gap[], report: Report): string | null {
  if (isBecause("WRONG_DATABASE", gaps, report)) {
    return `${placeOf(report)} is probably not the application's database (WRONG_DATABASE)`;
  }
  if (!isBecause("WRONG_SCHEMA", gaps, report)) return null;
  return `schema ${report.target.schema} is probably not where its tables are (WRONG_SCHEMA)`;
}

export function isInWrongDatabase(gaps: readonly Gap[], report: Report): boolean {
  return isBecause("WRONG_DATABASE", gaps, report);
}

/** `app on db.internal:5432` */
export function placeOf({ target: { database, host, port } }: Report): string {
  return `${database} on ${host}:${port}`;
}

function isBecause(code: CauseCode, gaps: readonly Gap[], { causes }: Report): boolean {
  const ids = new Set(causes.filter((cause) => cause.code === code).map(({ id }) => id));
  return gaps.length > 0 && gaps.every((gap) => gap.causes.some((id) => ids.has(id)));
}
