/**
 * MIGRATION_PENDING: a migration that the build needs has no row. All that is pending in one record table is one cause:
 * the deploy was not run, or the tool passes over what is older than its latest row. Behind a failed row it is that row's
 * doing, see migration-failed.ts.
 */
import type { Migration } from "../../model/report.js";
import { explain } from "../explain.js";
import { confidenceWithoutOrigin, gapsOf, type Ledger, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { listNames, nameMigrations, rowEvidence } from "../text.js";
import { trialEvidence } from "../trial.js";
import { gapsWithoutHistory, isAllMissing, noTableEvidence } from "../without-history.js";

export function migrationPending(facts: Facts): Explanation[] {
  return facts.ledgers.flatMap((ledger) => {
    if (ledger.state === "unreadable") return [];
    if (ledger.state === "none") return neverRun(facts, ledger);
    return standing(ledger).blockers.length > 0 ? [] : waiting(ledger);
  });
}

function waiting(ledger: Ledger): Explanation[] {
  const { pending, running, doomed } = standing(ledger);
  if (pending.length === 0) return [];
  const behind = running.length === 0 ? "" : `; it would come after ${nameMigrations(running)}`;
  const message =
    pending.length === 1
      ? `Migration ${pending[0]?.name ?? ""} has not been applied to this database${behind}${passedOver(pending)}.`
      : `${pending.length} migrations have not been applied to this database: ${listNames(pending.map(({ name }) => name))}${behind}${passedOver(pending)}.`;
  return explain({
    code: "MIGRATION_PENDING",
    ledger,
    key: pending.map(({ name }) => name),
    message,
    short: `${pending.length === 1 ? "a migration has" : `${pending.length} migrations have`} not been applied`,
    evidence: [...rowEvidence(ledger, pending), ...trialEvidence(ledger)],
    known: gapsOf(ledger.brought, pending),
    maybe: running.length > 0 || doomed.length > 0 ? [] : ledger.unattributed,
    confidence: confidenceWithoutOrigin(ledger),
    restates: gapsOf(ledger.restated, pending),
  });
}

/** Another deploy would not help with these. */
function passedOver(pending: readonly Migration[]): string {
  const late = pending.filter(({ status }) => status === "out-of-order");
  if (late.length === 0) return "";
  const [is, them] = late.length === 1 ? ["is", "it"] : ["are", "them"];
  return `; ${late.length === pending.length ? them.replace("them", "they") : nameMigrations(late)} ${is} older than what is applied, and the tool does not simply run ${them}`;
}

/**
 * No record table and nothing of the application: a database before its first deploy. What is partly there was made by
 * something else, see no-history.ts.
 */
function neverRun(facts: Facts, ledger: Ledger): Explanation[] {
  const { pending } = standing(ledger);
  const maybe = gapsWithoutHistory(ledger);
  if (pending.length === 0 || maybe.length === 0 || !isAllMissing(facts, ledger)) return [];
  const who = ledger.applications.join(", ");
  const which = pending.length === 1 ? "the migration" : `any of the ${pending.length} migrations`;
  return explain({
    code: "MIGRATION_PENDING",
    ledger,
    key: ["never"],
    message: `This database has no record of migrations at all: nothing says that ${which} that ${who} needs ever ran here.`,
    short: "there is no record of migrations",
    evidence: noTableEvidence(ledger),
    known: [],
    maybe,
    confidence: "likely",
    restates: ledger.noTable,
  });
}
