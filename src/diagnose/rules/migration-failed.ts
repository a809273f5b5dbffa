/**
 * MIGRATION_FAILED: the row of a migration that failed. PostgreSQL undoes the script as a whole, and most tools that keep
 * such a row refuse to run anything after it (Prisma: P3009), so whatever is pending waits behind it: one cause for all
 * of that. The row of a script that ran to its end, but was never recorded, blocks in the same way.
 */
import type { Migration } from "../../model/report.js";
import { toolWords } from "../../model/tools.js";
import { explain } from "../explain.js";
import { confidenceWithoutOrigin, gapsOf, type Ledger, standing } from "../ledger.js";
import type { Evidence, Explanation, Facts } from "../rule.js";
import { nameMigrations, onTime, rowEvidence } from "../text.js";
import { trialEvidence } from "../trial.js";

export function migrationFailed({ ledgers }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) => {
    const { blockers } = standing(ledger);
    return blockers.flatMap((blocker, at) => explainBlocker(ledger, blocker, at === 0));
  });
}

function explainBlocker(ledger: Ledger, blocker: Migration, isFirst: boolean): Explanation[] {
  // What waits, waits for the oldest: resolving a later one alone would not help.
  const waiting = isFirst ? standing(ledger).pending : [];
  const hasFailed = blocker.status === "failed";
  // A script that ran to its end brought its objects; if they are missing, something else took them away.
  const own = hasFailed ? [blocker] : [];
  const mayExplain = isFirst && (hasFailed || waiting.length > 0);
  return explain({
    code: "MIGRATION_FAILED",
    ledger,
    key: [blocker.name],
    message: hasFailed ? failedMessage(ledger, blocker, waiting, isFirst) : unrecordedMessage(ledger, blocker, waiting),
    short: `migration ${blocker.name} ${hasFailed ? "failed" : "was not recorded, and holds up what comes after it"}`,
    evidence: [
      ...rowEvidence(ledger, [blocker]),
      ...rowEvidence(ledger, waiting),
      ...consequence(ledger, hasFailed),
      ...trialEvidence(ledger),
    ],
    known: gapsOf(ledger.brought, [...own, ...waiting]),
    maybe: mayExplain ? ledger.unattributed : [],
    confidence: blocker.required || waiting.length > 0 ? confidenceWithoutOrigin(ledger) : "possible",
    restates: gapsOf(ledger.restated, [blocker, ...waiting]),
  });
}

function failedMessage(ledger: Ledger, blocker: Migration, waiting: readonly Migration[], isFirst: boolean): string {
  const { tool, brought, unattributed } = ledger;
  const what = `${who(blocker)} failed${onTime(blocker.startedAt ?? blocker.finishedAt)}`;
  // With everything in its place it would be wrong to say that its changes are not there: somebody may have made them.
  const isFelt = gapsOf(brought, [blocker, ...waiting]).length > 0 || (isFirst && unattributed.length > 0);
  if (!isFelt)
    return `${what}. Nothing that is needed is missing because of that${tail(tool, waiting).replace("; ", "; but ")}`;
  // Atlas counts statement by statement.
  const changes = tool === "atlas" ? "not all of its changes are" : "its changes are not";
  return `${what}, so ${changes} in the database${tail(tool, waiting)}`;
}

function unrecordedMessage({ tool }: Ledger, blocker: Migration, waiting: readonly Migration[]): string {
  const what = `${who(blocker)} ran to its end${onTime(blocker.startedAt)}, but ${toolWords(tool).title} was stopped before recording that and counts it as failed`;
  return `${what}${tail(tool, waiting)}`;
}

function who({ name, required }: Migration): string {
  return `Migration ${name}${required ? "" : ", which this build does not list,"}`;
}

function tail(tool: Ledger["tool"], waiting: readonly Migration[]): string {
  const { title, failureBlocks } = toolWords(tool);
  if (!failureBlocks) return waiting.length === 0 ? "." : `; ${nameMigrations(waiting)} would come after it.`;
  if (waiting.length === 0) return `; until this is resolved, ${title} runs no other migration.`;
  return `; until this is resolved, ${title} runs no other migration, and ${nameMigrations(waiting)} cannot come in.`;
}

function consequence({ tool }: Ledger, hasFailed: boolean): Evidence {
  const { title, afterFailure } = toolWords(tool);
  if (tool !== "prisma") return [{ fact: afterFailure, source: title }];
  const refusal = {
    fact: "migrate deploy refuses with P3009 as long as the row is neither finished nor rolled back",
    source: "Prisma Migrate",
  };
  const undone = {
    fact: "PostgreSQL undoes a failed script as a whole, unless the script commits by itself or holds CREATE INDEX CONCURRENTLY",
    source: "Prisma Migrate on PostgreSQL",
  };
  return hasFailed ? [undone, refusal] : [refusal];
}
