/**
 * NO_HISTORY: there is no record table, and yet some of the application's objects are there: something else made them
 * (`prisma db push`, a dump without the record table, a script), and brought only what it knew. Without a gap in the
 * schema there is nothing to explain. A database with nothing in it is one before its first deploy: migration-pending.ts.
 */
import { explain } from "../explain.js";
import { type Ledger, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { gapsWithoutHistory, isAllMissing, noTableEvidence } from "../without-history.js";

export function noHistory(facts: Facts): Explanation[] {
  return facts.ledgers
    .filter(({ state }) => state === "none")
    .flatMap((ledger) => (isAllMissing(facts, ledger) ? [] : madeOtherwise(ledger)));
}

function madeOtherwise(ledger: Ledger): Explanation[] {
  const { pending } = standing(ledger);
  const maybe = gapsWithoutHistory(ledger);
  if (pending.length === 0 || maybe.length === 0) return [];
  const who = ledger.applications.join(", ");
  return explain({
    code: "NO_HISTORY",
    ledger,
    key: [],
    message: `The tables of ${who} were probably made by something other than its migrations, in another shape or not all of them: this database has no record of migrations.`,
    short: "there is no record of migrations",
    evidence: noTableEvidence(ledger),
    known: [],
    maybe,
    confidence: "possible",
    doubt: "what made the tables, and what it left out, is recorded nowhere",
    restates: ledger.noTable,
  });
}
