/** Migrations that ran in another order than the one in which the contract was made of them. */
import { ranToEnd } from "../model/history.js";
import { compareText } from "../model/names.js";
import type { Migration } from "../model/report.js";
import type { Ledger } from "./ledger.js";

/** Those of the build that come before this one in its order, and ran after it here. */
export function ranAfter(ledger: Ledger, migration: Migration): Migration[] {
  const ran = inOrder(ledger);
  const at = ran.indexOf(migration);
  return ran.slice(0, Math.max(0, at)).filter((earlier) => timeOf(earlier) > timeOf(migration));
}

/**
 * Whether all of them ran in the other order in use (by bytes, or by localeCompare), and so were sorted by another version
 * of the tool. A branch that was merged late gives an order that is neither.
 */
export function isSortedOtherwise(ledger: Ledger): boolean {
  const listed = inOrder(ledger).map(({ name }) => name);
  const recorded = [...inOrder(ledger)].sort((a, b) => compareText(timeOf(a), timeOf(b))).map(({ name }) => name);
  const orders = [compareText, new Intl.Collator("en").compare].map((compare) => [...listed].sort(compare));
  const isSame = (a: readonly string[], b: readonly string[]) => a.every((name, at) => name === b[at]);
  return !isSame(listed, recorded) && orders.some((order) => isSame(order, recorded));
}

/** Required migrations come in the order of the build. */
function inOrder({ migrations }: Ledger): Migration[] {
  return migrations.filter((migration) => migration.required && ranToEnd(migration) && timeOf(migration) !== "");
}

function timeOf({ startedAt, finishedAt }: Migration): string {
  return startedAt ?? finishedAt ?? "";
}
