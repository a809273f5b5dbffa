/**
 * MIGRATION_ROLLED_BACK: every row of the migration has rolled_back_at. For Prisma it is then as good as never run, and
 * the next deploy tries it again; nobody has deployed since.
 */
import type { Migration } from "../../model/report.js";
import { explain } from "../explain.js";
import { confidenceWithoutOrigin, gapsOf, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { capitalize, nameMigrations, rowEvidence } from "../text.js";
import { trialEvidence } from "../trial.js";

export function migrationRolledBack({ ledgers }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) => {
    const { rolledBack } = standing(ledger);
    if (rolledBack.length === 0) return [];
    return explain({
      code: "MIGRATION_ROLLED_BACK",
      ledger,
      key: rolledBack.map(({ name }) => name),
      message: message(rolledBack),
      short: `${nameMigrations(rolledBack)} ${rolledBack.length === 1 ? "was" : "were"} rolled back`,
      evidence: [...rowEvidence(ledger, rolledBack), ...trialEvidence(ledger)],
      known: gapsOf(ledger.brought, rolledBack),
      maybe: ledger.unattributed,
      confidence: confidenceWithoutOrigin(ledger),
      restates: gapsOf(ledger.restated, rolledBack),
    });
  });
}

function message(rolledBack: readonly Migration[]): string {
  const [were, have] = rolledBack.length === 1 ? ["was", "has"] : ["were", "have"];
  return capitalize(
    `${nameMigrations(rolledBack)} ${were} tried, marked as rolled back, and ${have} not been run since.`,
  );
}
