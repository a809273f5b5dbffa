/**
 * APPLIED_THEN_LOST: the migration that brings the object ran to its end, by a genuine row, and the object is not there:
 * somebody dropped it, or the database was put together from parts (a restore of the record table and not of the rest).
 * Certain only if the file is the one that ran, by its checksum, and the object stands for itself: what belongs to a
 * relation that exists may never have been made, when the relation was there before and the CREATE was guarded.
 */
import type { Contract } from "../../model/contract.js";
import { groupBy } from "../../model/group.js";
import { ranToEnd } from "../../model/history.js";
import type { Confidence, Gap, Migration } from "../../model/report.js";
import { type Ledger, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { onTime, rowEvidence } from "../text.js";

export function appliedThenLost({ ledgers, contract }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) => {
    // A later build may have removed it on purpose: database-ahead.ts.
    if (standing(ledger).unknown.length > 0) return [];
    const ran = ledger.migrations.filter((migration) => ranToEnd(migration) && migration.status === "applied");
    return ran.flatMap((migration) => {
      const lost = (ledger.brought.get(migration.name) ?? []).filter((gap) => isLost(ledger, gap));
      const byConfidence = groupBy(lost, (gap) => confidenceOf(gap, isSameFile(contract, ledger, migration)));
      return [...byConfidence].map(([confidence, gaps]) => explainOne(ledger, migration, gaps, confidence));
    });
  });
}

/** Missing, and known to come with this very migration. */
function isLost(ledger: Ledger, gap: Gap): boolean {
  return gap.code.startsWith("MISSING_") && gap.code !== "MISSING_ROWS" && !ledger.unattributed.includes(gap);
}

function confidenceOf({ subject }: Gap, isSame: boolean): Confidence {
  if (subject.relation !== null) return isSame ? "likely" : "possible";
  return isSame ? "certain" : "likely";
}

/** The history compared the checksums: what differs is `edited`. It could do so where the contract has one of the tool's own. */
function isSameFile(contract: Contract, { applications, tool }: Ledger, { name }: Migration): boolean {
  const checked = ["prisma", "sqlx", "flyway", "drizzle", "atlas"].includes(tool);
  return (
    checked &&
    contract.applications
      .filter((application) => applications.includes(application.name))
      .some(({ migrations }) => migrations?.scripts?.some((script) => script.name === name) ?? false)
  );
}

function explainOne(ledger: Ledger, migration: Migration, gaps: readonly Gap[], confidence: Confidence): Explanation {
  const { name, finishedAt, startedAt } = migration;
  const what = gaps.length === 1 ? "an object that it brings is" : `${gaps.length} objects that it brings are`;
  return {
    code: "APPLIED_THEN_LOST",
    key: [ledger.table ?? "", name],
    confidence,
    gaps: gaps.map(({ id }) => id),
    restates: [],
    message: `Migration ${name} ran${onTime(finishedAt ?? startedAt)}, and ${what} not there: lost or removed since then, by something other than the migrations.`,
    evidence: rowEvidence(ledger, [migration]),
    doubt: confidence === "certain" ? null : DOUBTS[confidence],
  };
}

const DOUBTS: Readonly<Record<"likely" | "possible", string>> = {
  likely:
    "either the text that ran is not known to be the one of this build, or the object belongs to a relation that may have been there before",
  possible:
    "the text that ran is not known to be the one of this build, and the object belongs to a relation that may have been there before",
};
