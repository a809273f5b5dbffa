/** What all pages of a plan say in the same words. */
import type { NotDone, PreCheck, Proof, Repair, SqlStep, TableSize } from "../../model/repair.js";
import type { Report } from "../../model/report.js";
import { plural } from "../display.js";

/** `12 steps for 9 of 10 gaps`, `nothing to repair` */
export function planHeadline({ repair, gaps }: Pick<Report, "repair" | "gaps">): string {
  if (gaps.length === 0) return "nothing to repair: there are no gaps";
  const covered = new Set(repair.steps.flatMap((step) => step.gaps));
  const closed = gaps.filter(({ id }) => covered.has(id)).length;
  const left = repair.notDone.length === 0 ? "" : `; ${plural(repair.notDone.length, "thing")} not done for you`;
  if (repair.steps.length === 0) return `no step can be given for ${plural(gaps.length, "gap")}${left}`;
  return `${plural(repair.steps.length, "step")} for ${closed} of ${plural(gaps.length, "gap")}${left}`;
}

/** One sentence about the trial. */
export function proofText(proof: Proof): string {
  if (proof.kind === "proved") return `Proved: run on ${proof.where}, and verified there.`;
  if (proof.kind === "not-tried") return `Not tried: ${proof.reason}.`;
  const left = proof.remaining.length === 0 ? "" : ` Left: ${proof.remaining.join(" ")}`;
  return `Unproved: tried on ${proof.where}; ${proof.reason}.${left}`;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** `public.users, about 1,200 rows, 96 kB`; null: nothing is known. */
export function sizeText(size: TableSize | null): string | null {
  if (size === null) return null;
  const rows = size.rows === null ? "size not known" : `about ${size.rows.toLocaleString("en-US")} rows`;
  return [`${size.schema}.${size.name}`, rows, ...(size.bytes === null ? [] : [bytesText(size.bytes)])].join(", ");
}

function bytesText(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, bytes === 0 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** unit;
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** `0 rows of public.users with NULL in email` */
export function checkText({ counts, answer }: PreCheck): string {
  if (answer.kind === "count") return `${answer.count.toLocaleString("en-US")} ${counts}`;
  return answer.kind === "unknown" ? `${counts}: not known, ${answer.reason}` : `${counts}: not asked`;
}

/** The transaction that a statement stands in, and its timeouts. */
export function settingText({ transactional, lockTimeoutMs, statementTimeoutMs }: SqlStep): string {
  const limit = (name: string, milliseconds: number) =>
    `${name} ${milliseconds === 0 ? "none" : `${milliseconds / 1000} s`}`;
  const where = transactional ? "one transaction" : "outside of a transaction";
  return `${where}; ${limit("lock_timeout", lockTimeoutMs)}, ${limit("statement_timeout", statementTimeoutMs)}`;
}

/** The same statement once, whatever number of things it belongs to. */
export function undoStatements({ steps }: Repair): string[] {
  const undo = steps.flatMap((step) => (step.kind === "sql" && step.undo !== null ? [step.undo] : []));
  return [...new Set(undo.reverse())];
}

/** `Why: ...` of something that is left to people, with the option that makes the plan do it. */
export function notDoneWhy({ why, option }: NotDone): string {
  return option === null ? why : `${why} The plan does it with ${option}`;
}

/** How the statements get from the plan into the database. */
export const APPLY =
  'schemaready repair ... --format sql > plan.sql && psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql';
