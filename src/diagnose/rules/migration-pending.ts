/**
 * MIGRATION_PENDING: a migration that the build needs has no row. All that is pending in one record table is one cause:
 * the deploy was not run, or the tool passes over what is older than its latest row. Behind a failed row it is that row's
 * doing, see migration-failed.ts.
 */

import { displayName, type QualifiedName } from "../../model/names.js";
import type { Migration } from "../../model/report.js";
import { actualRelation } from "../around.js";
import { explain } from "../explain.js";
import { confidenceWithoutOrigin, gapsOf, type Ledger, standing } from "../ledger.js";
import type { Evidence, Explanation, Facts } from "../rule.js";
import { capitalize, listNames, nameMigrations, rowEvidence } from "../text.js";
import { trialEvidence } from "../trial.js";
import { gapsWithoutHistory, isAllMissing, noTableEvidence } from "../without-history.js";

export function migrationPending(facts: Facts): Explanation[] {
  return facts.ledgers.flatMap((ledger) => {
    if (ledger.state === "unreadable") return [];
    if (ledger.state === "none") return neverRun(facts, ledger);
    return standing(ledger).blockers.length > 0 ? [] : waiting(facts, ledger);
  });
}

function waiting(facts: Facts, ledger: Ledger): Explanation[] {
  const { pending, running, doomed } = standing(ledger);
  if (pending.length === 0) return [];
  const there = alreadyThere(facts, ledger, pending);
  // What was tried on a copy needs no guess.
  const tried = trialEvidence(ledger);
  const isFelt = gapsOf(ledger.brought, pending).length > 0 || ledger.unattributed.length > 0;
  return explain({
    code: "MIGRATION_PENDING",
    ledger,
    key: pending.map(({ name }) => name),
    message: !isFelt && there.length > 0 ? unrecorded(pending) : notApplied(ledger, pending),
    short: `${pending.length === 1 ? "a migration has" : `${pending.length} migrations have`} not been applied`,
    evidence: [...rowEvidence(ledger, pending), ...(tried.length > 0 ? tried : thereEvidence(there))],
    known: gapsOf(ledger.brought, pending),
    maybe: running.length > 0 || doomed.length > 0 ? [] : ledger.unattributed,
    confidence: confidenceWithoutOrigin(ledger),
    restates: gapsOf(ledger.restated, pending),
  });
}

function notApplied(ledger: Ledger, pending: readonly Migration[]): string {
  const { running } = standing(ledger);
  const behind = running.length === 0 ? "" : `; it would come after ${nameMigrations(running)}`;
  const end = `${behind}${passedOver(pending)}.`;
  return pending.length === 1
    ? `Migration ${pending[0]?.name ?? ""} has not been applied to this database${end}`
    : `${pending.length} migrations have not been applied to this database: ${listNames(pending.map(({ name }) => name))}${end}`;
}

/** Run by hand, or made by something else: then "not applied" would be wrong. */
function unrecorded(pending: readonly Migration[]): string {
  const [is, it] = pending.length === 1 ? ["is", "it brings"] : ["are", "they bring"];
  return `${capitalize(nameMigrations(pending))} ${is} not recorded as applied, and yet what ${it} is there: made by hand, or by something else than the migrations.`;
}

/** Relations that come with what is pending, and stand there all the same. */
function alreadyThere(facts: Facts, { applications }: Ledger, pending: readonly Migration[]): QualifiedName[] {
  const names = new Set(pending.map(({ name }) => name));
  return facts.contract.applications
    .filter(({ name }) => applications.includes(name))
    .flatMap(({ relations }) => relations)
    .filter(({ introducedBy }) => introducedBy !== null && names.has(introducedBy))
    .filter((relation) => actualRelation(facts, relation) !== undefined);
}

function thereEvidence(there: readonly QualifiedName[]): Evidence {
  if (there.length === 0) return [];
  const [is, it] = there.length === 1 ? ["is", "it"] : ["are", "them"];
  const fact = `${listNames(there.map(displayName))} ${is} there already, although no record says that the migration which makes ${it} ran: deploying fails on ${it}, unless its script looks first`;
  return [{ fact, source: "catalog of the database" }];
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
