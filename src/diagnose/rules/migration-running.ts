/**
 * MIGRATION_RUNNING: a migration was started and has not finished, and somebody was seen working on it: a session holds
 * the lock of its tool. Where that could not be seen (a standby), the row alone does not tell a migration that runs from
 * one whose process was killed, so neither is claimed.
 */
import { isSeenRunning } from "../../model/history.js";
import type { Migration } from "../../model/report.js";
import { explain } from "../explain.js";
import { confidenceWithoutOrigin, gapsOf, type Ledger, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { onTime, rowEvidence } from "../text.js";

export function migrationRunning({ ledgers }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) => standing(ledger).running.flatMap((migration) => explainOne(ledger, migration)));
}

function explainOne(ledger: Ledger, migration: Migration): Explanation[] {
  return explainAny(ledger, migration).map((each) => (isInferred(migration) ? lessSure(each) : each));
}

/** No row says so: somebody holds the lock of the tool, and this is what would come next. */
function isInferred({ startedAt, finishedAt }: Migration): boolean {
  return startedAt === null && finishedAt === null;
}

function lessSure(explanation: Explanation): Explanation {
  if (explanation.confidence !== "certain") return explanation;
  return { ...explanation, confidence: "likely", doubt: INFERRED, doubtSource: "record table" };
}

const INFERRED = "no record says that it was started: somebody holds the lock, and this is what would run next";

function explainAny(ledger: Ledger, migration: Migration): Explanation[] {
  return explain({
    code: "MIGRATION_RUNNING",
    ledger,
    key: [migration.name],
    message: isSeenRunning(migration) ? seen(migration) : notSeen(migration),
    short: `migration ${migration.name} has not finished`,
    evidence: rowEvidence(ledger, [migration]),
    known: gapsOf(ledger.brought, [migration]),
    maybe: standing(ledger).blockers.length > 0 ? [] : ledger.unattributed,
    confidence: confidenceWithoutOrigin(ledger),
    restates: gapsOf(ledger.restated, [migration]),
  });
}

function seen(migration: Migration): string {
  const { name, startedAt } = migration;
  const when = startedAt === null ? "" : `, since${onTime(startedAt).replace(" on", "")}`;
  const runs = isInferred(migration) ? "is probably running" : "is running";
  return `Migration ${name} ${runs} now${when}: what it brings is not there until it has finished.`;
}

function notSeen({ name, startedAt }: Migration): string {
  return `Migration ${name} was started${onTime(startedAt)} and has not finished: it is running now, or its process was killed.`;
}
