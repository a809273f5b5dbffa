/**
 * DATABASE_AHEAD: after everything that this build has, the database got migrations of a later build. While nothing is
 * missing that is fine (in a rolling deploy old replicas stay healthy) and nothing is said. What is missing or different
 * although its migration ran was probably removed or changed by them.
 */
import { ranToEnd } from "../../model/history.js";
import type { Gap } from "../../model/report.js";
import { type Ledger, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { nameMigrations, rowEvidence } from "../text.js";

const MOST_EVIDENCE = 5;

export function databaseAhead({ ledgers }: Facts): Explanation[] {
  return ledgers
    .filter(({ state }) => state === "ahead" || state === "diverged")
    .flatMap((ledger) => {
      const gaps = changedLater(ledger);
      return gaps.length === 0 ? [] : [explainAll(ledger, gaps)];
    });
}

/** What came with a migration that ran, and what nobody knows the origin of. */
function changedLater(ledger: Ledger): Gap[] {
  const ran = ledger.migrations.filter(ranToEnd).flatMap(({ name }) => ledger.brought.get(name) ?? []);
  return [...new Set([...ran, ...ledger.unattributed])];
}

function explainAll(ledger: Ledger, gaps: readonly Gap[]): Explanation {
  const { unknown } = standing(ledger);
  return {
    code: "DATABASE_AHEAD",
    key: [ledger.table ?? "", ...unknown.map(({ name }) => name)],
    confidence: "likely",
    gaps: gaps.map(({ id }) => id),
    restates: [],
    message: `The database is ahead of this build: ${nameMigrations(unknown)} came with a later one, and probably removed or changed what this build still needs.`,
    evidence: rowEvidence(ledger, unknown.slice(-MOST_EVIDENCE)),
    doubt: "what those migrations did is not known to this build",
  };
}
