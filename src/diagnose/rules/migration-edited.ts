/**
 * MIGRATION_EDITED: the migration that brings the object ran, and its file is another one now: the recorded checksum is
 * not the file's, with whatever line ends. What was added to the file afterwards never ran, and will not: for the tool it
 * is applied. Likely, not certain: the object may have been in the first text, too, and been lost since.
 */
import type { Gap, Migration } from "../../model/report.js";
import { gapsOf, type Ledger, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { onTime, rowEvidence } from "../text.js";

export function migrationEdited({ ledgers }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) =>
    standing(ledger).edited.flatMap((migration) => {
      const gaps = gapsOf(ledger.brought, [migration]);
      return gaps.length === 0 ? [] : [explainOne(ledger, migration, gaps)];
    }),
  );
}

function explainOne(ledger: Ledger, migration: Migration, gaps: readonly Gap[]): Explanation {
  const { name, finishedAt, startedAt } = migration;
  return {
    code: "MIGRATION_EDITED",
    key: [ledger.table ?? "", name],
    confidence: "likely",
    gaps: gaps.map(({ id }) => id),
    restates: [],
    message: `Migration ${name} was changed after it ran${onTime(finishedAt ?? startedAt)}: what was added to it since then never ran, and deploying again will not run it.`,
    evidence: rowEvidence(ledger, [migration]),
    doubt: "the text that ran is not known: what is missing may have been in it, and been lost since",
  };
}
