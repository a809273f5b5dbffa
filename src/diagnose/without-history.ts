/** What the rules about databases without a record table share. */
import { recordTableOf } from "../model/record-tables.js";
import type { Gap } from "../model/report.js";
import type { Ledger } from "./ledger.js";
import { gapsOf, standing } from "./ledger.js";
import type { Evidence, Facts } from "./rule.js";

/** Everything that migrations could answer for: what they are known to bring, and what nobody knows the origin of. */
export function gapsWithoutHistory(ledger: Ledger): Gap[] {
  const brought = gapsOf(ledger.brought, standing(ledger).pending);
  const known = new Set([...ledger.brought.values()].flat());
  return [...brought, ...ledger.unattributed.filter((gap) => !known.has(gap))];
}

/** Whether nothing of the applications is there. */
export function isAllMissing({ contract, gaps }: Facts, { applications }: Ledger): boolean {
  const relations = contract.applications
    .filter(({ name }) => applications.includes(name))
    .flatMap((each) => each.relations);
  const missing = gaps.filter(({ code }) => code === "MISSING_TABLE" || code === "MISSING_VIEW");
  const isMissing = ({ schema, name }: { readonly schema: string; readonly name: string }) =>
    missing.some(({ subject }) => subject.schema === schema && subject.name === name);
  return relations.length > 0 && relations.every(isMissing);
}

export function noTableEvidence({ tool }: Ledger): Evidence {
  const table = recordTableOf(tool).name;
  return [
    {
      fact: `no table ${table} was found where this application's record table belongs`,
      source: "catalog of the database",
    },
  ];
}
