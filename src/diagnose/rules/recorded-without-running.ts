/**
 * RECORDED_WITHOUT_RUNNING: the row is the one that `prisma migrate resolve --applied` writes (start and end in the same
 * microsecond, no step, empty log), or what another tool writes for a baseline or a mark by hand: the record says applied,
 * the script never ran. A baseline is made in the same way and is fine, as long as no object is missing: then nothing is explained and nothing is said.
 */
import type { Migration } from "../../model/report.js";
import { explain } from "../explain.js";
import { confidenceWithoutOrigin, gapsOf, type Ledger, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { nameMigrations, onTime, rowEvidence } from "../text.js";

const FINGERPRINT =
  "started_at = finished_at, applied_steps_count = 0 and logs = '': a real run leaves a later end, one step and logs NULL";

export function recordedWithoutRunning({ ledgers }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) => {
    const { recorded } = standing(ledger);
    const guilty = recorded.filter(({ name }) => ledger.brought.has(name));
    return [...explainGuilty(ledger, guilty), ...explainRest(ledger, recorded, guilty.length > 0)];
  });
}

/** Somebody marked them as applied, one or all of them: one cause. */
function explainGuilty(ledger: Ledger, guilty: readonly Migration[]): Explanation[] {
  if (guilty.length === 0) return [];
  return explain({ ...problem(ledger, guilty), known: gapsOf(ledger.brought, guilty), maybe: [] });
}

/** Named in full only if none of them was named before. */
function explainRest(ledger: Ledger, recorded: readonly Migration[], isSaid: boolean): Explanation[] {
  if (recorded.length === 0) return [];
  const whole = problem(ledger, recorded);
  const message = isSaid ? `Other gaps may have the same reason: ${whole.short}.` : whole.message;
  return explain({ ...whole, message, known: [], maybe: ledger.unattributed });
}

function problem(ledger: Ledger, migrations: readonly Migration[]) {
  const [first] = migrations;
  const message =
    migrations.length === 1
      ? `Migration ${first?.name ?? ""} is recorded as applied, but it never ran: it was only marked as applied${onTime(first?.startedAt ?? null)}.`
      : `${migrations.length} migrations are recorded as applied, but never ran: ${nameMigrations(migrations)} were only marked as applied.`;
  return {
    code: "RECORDED_WITHOUT_RUNNING" as const,
    ledger,
    key: migrations.map(({ name }) => name),
    message,
    short: `${nameMigrations(migrations)} ${migrations.length === 1 ? "is" : "are"} recorded as applied and never ran`,
    evidence: [
      ...rowEvidence(ledger, migrations),
      ...(ledger.tool === "prisma" ? [{ fact: FINGERPRINT, source: ledger.table ?? "record table" }] : []),
    ],
    confidence: confidenceWithoutOrigin(ledger),
    restates: [],
  };
}
