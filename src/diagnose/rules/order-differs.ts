/**
 * ORDER_DIFFERS: the migrations of the build all ran, but not in the order in which the contract was made of them (Prisma
 * sorted by bytes up to 6.5, and by localeCompare since): what two of them change ends as the last one left it. What the
 * other order makes was not tried, so this is never certain.
 */
import type { Gap, Migration } from "../../model/report.js";
import type { Ledger } from "../ledger.js";
import { isSortedOtherwise, ranAfter } from "../out-of-order.js";
import type { Explanation, Facts } from "../rule.js";
import { listNames, nameMigrations, rowEvidence } from "../text.js";

const MOST_EVIDENCE = 4;

export function orderDiffers({ ledgers }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) => {
    if (ledger.state === "ahead" || ledger.state === "diverged") return [];
    const overtaken = ledger.migrations
      .map((migration) => ({ migration, by: ranAfter(ledger, migration), gaps: differing(ledger, migration) }))
      .filter(({ by, gaps }) => by.length > 0 && gaps.length > 0);
    return overtaken.length === 0 ? [] : [explanation(ledger, overtaken)];
  });
}

/** Rows come from seeds, which have no place in the order. */
function differing({ brought }: Ledger, { name }: Migration): Gap[] {
  return (brought.get(name) ?? []).filter(({ code }) => code !== "MISSING_ROWS");
}

interface Overtaken {
  readonly migration: Migration;
  readonly by: readonly Migration[];
  readonly gaps: readonly Gap[];
}

function explanation(ledger: Ledger, overtaken: readonly Overtaken[]): Explanation {
  const earlier = overtaken.map(({ migration }) => migration);
  const later = [...new Set(overtaken.flatMap(({ by }) => by))];
  const isSystematic = isSortedOtherwise(ledger);
  return {
    code: "ORDER_DIFFERS",
    key: [ledger.table ?? "", ...earlier.map(({ name }) => name)],
    confidence: isSystematic ? "likely" : "possible",
    gaps: overtaken.flatMap(({ gaps }) => gaps.map(({ id }) => id)),
    restates: [],
    message: `The migrations ran in another order here than in this build: ${nameMigrations(later)} ran after ${listNames(earlier.map(({ name }) => name))}, and probably undid or changed a part of what should have come last.`,
    evidence: rowEvidence(ledger, [...new Set([...earlier, ...later])].slice(0, MOST_EVIDENCE)),
    doubt: isSystematic
      ? "the whole record is in the other order in use (by bytes, or by localeCompare); what that order makes was not tried"
      : "what this order makes was not tried",
    doubtSource: ledger.table ?? "record table",
  };
}
