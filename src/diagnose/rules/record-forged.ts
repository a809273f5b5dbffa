/**
 * RECORD_FORGED: the record says applied, and the tool cannot have written that row: a checksum that is none, an end
 * without a step, an end beside an error. Somebody inserted or changed it by hand, and the script did not run with it.
 * As long as no object is missing, nothing is explained and nothing is said.
 */
import type { Migration } from "../../model/report.js";
import { toolWords } from "../../model/tools.js";
import { explain } from "../explain.js";
import { confidenceWithoutOrigin, gapsOf, type Ledger, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { nameMigrations, rowEvidence } from "../text.js";

export function recordForged({ ledgers }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) => {
    const { forged } = standing(ledger);
    const guilty = forged.filter(({ name }) => ledger.brought.has(name));
    const isSaid = guilty.length > 0;
    return [
      ...guilty.flatMap((migration) =>
        explain({ ...problem(ledger, [migration]), known: gapsOf(ledger.brought, [migration]), maybe: [] }),
      ),
      ...(forged.length === 0 || isSaid
        ? []
        : explain({ ...problem(ledger, forged), known: [], maybe: ledger.unattributed })),
    ];
  });
}

function problem(ledger: Ledger, migrations: readonly Migration[]) {
  const { title } = toolWords(ledger.tool);
  const isOne = migrations.length === 1;
  const which = nameMigrations(migrations);
  return {
    code: "RECORD_FORGED" as const,
    ledger,
    key: migrations.map(({ name }) => name),
    message: `The record says that ${which} ${isOne ? "was" : "were"} applied, but ${title} did not write ${isOne ? "that row" : "those rows"}: somebody inserted or changed ${isOne ? "it" : "them"} by hand, and what ${isOne ? "the migration brings" : "the migrations bring"} is missing.`,
    short: `${isOne ? "the row" : "the rows"} of ${which} ${isOne ? "was" : "were"} not written by ${title}`,
    evidence: rowEvidence(ledger, migrations),
    confidence: confidenceWithoutOrigin(ledger),
    restates: [],
  };
}
