/**
 * MIGRATION_PENDING: a migration that the build needs has no row, or has been started and not finished. All that is
 * pending in one record table is one cause: the deploy was not run. Behind a failed row it is that row's doing, see
 * migration-failed.ts.
 */
import type { Confidence, Gap, Migration } from "../../model/report.js";
import { explain } from "../explain.js";
import { confidenceWithoutOrigin, gapsOf, type Ledger, standing } from "../ledger.js";
import type { Explanation, Facts } from "../rule.js";
import { listNames, nameMigrations, onTime, rowEvidence } from "../text.js";

export function migrationPending(facts: Facts): Explanation[] {
  return facts.ledgers.flatMap((ledger) => {
    if (ledger.state === "unreadable") return [];
    if (ledger.state === "none") return neverRun(facts, ledger);
    const { blockers, running } = standing(ledger);
    return [
      ...running.flatMap((migration) => started(ledger, migration)),
      ...(blockers.length > 0 ? [] : waiting(ledger)),
    ];
  });
}

function waiting(ledger: Ledger): Explanation[] {
  const { pending, running } = standing(ledger);
  if (pending.length === 0) return [];
  const behind = running.length === 0 ? "" : `; it would come after ${nameMigrations(running)}`;
  const message =
    pending.length === 1
      ? `Migration ${pending[0]?.name ?? ""} has not been applied to this database${behind}.`
      : `${pending.length} migrations have not been applied to this database: ${listNames(pending.map(({ name }) => name))}${behind}.`;
  return explain({
    code: "MIGRATION_PENDING",
    ledger,
    key: pending.map(({ name }) => name),
    message,
    short: `${pending.length === 1 ? "a migration has" : `${pending.length} migrations have`} not been applied`,
    evidence: rowEvidence(ledger, pending),
    known: gapsOf(ledger.brought, pending),
    maybe: running.length > 0 ? [] : ledger.unattributed,
    confidence: confidenceWithoutOrigin(ledger),
    restates: gapsOf(ledger.restated, pending),
  });
}

/** The row alone does not tell a migration that runs from one whose process was killed, so neither is claimed. */
function started(ledger: Ledger, migration: Migration): Explanation[] {
  return explain({
    code: "MIGRATION_PENDING",
    ledger,
    key: ["started", migration.name],
    message: `Migration ${migration.name} was started${onTime(migration.startedAt)} and has not finished: it is running now, or its process was killed.`,
    short: `migration ${migration.name} has not finished`,
    evidence: rowEvidence(ledger, [migration]),
    known: gapsOf(ledger.brought, [migration]),
    maybe: standing(ledger).blockers.length > 0 ? [] : ledger.unattributed,
    confidence: confidenceWithoutOrigin(ledger),
    restates: gapsOf(ledger.restated, [migration]),
  });
}

/**
 * No record table: nothing is known to have run. Something else may have made what is there (`prisma db push`), so
 * without a gap in the schema there is nothing to explain.
 */
function neverRun(facts: Facts, ledger: Ledger): Explanation[] {
  const { pending } = standing(ledger);
  const maybe = [...gapsOf(ledger.brought, pending), ...ledger.unattributed.filter((gap) => !isBrought(ledger, gap))];
  if (pending.length === 0 || maybe.length === 0) return [];
  const who = ledger.applications.join(", ");
  const which = pending.length === 1 ? "the migration" : `any of the ${pending.length} migrations`;
  return explain({
    code: "MIGRATION_PENDING",
    ledger,
    key: ["never"],
    message: `This database has no record of migrations at all: nothing says that ${which} that ${who} needs ever ran here.`,
    short: "there is no record of migrations",
    evidence: [
      {
        fact: "no table _prisma_migrations was found where this application's record table belongs",
        source: "catalog of the database",
      },
    ],
    known: [],
    maybe,
    confidence: confidenceNeverRun(facts, ledger),
    restates: ledger.noTable,
  });
}

function isBrought({ brought }: Ledger, gap: Gap): boolean {
  return [...brought.values()].some((gaps) => gaps.includes(gap));
}

/** Nothing of the application is there: the tool that makes it did not run. Some of it is there: something else made that. */
function confidenceNeverRun({ contract, gaps }: Facts, { applications }: Ledger): Confidence {
  const relations = contract.applications
    .filter(({ name }) => applications.includes(name))
    .flatMap((each) => each.relations);
  const missing = gaps.filter(({ code }) => code === "MISSING_TABLE" || code === "MISSING_VIEW");
  const allMissing = relations.every(({ schema, name }) =>
    missing.some(({ subject }) => subject.schema === schema && subject.name === name),
  );
  return relations.length > 0 && allMissing ? "likely" : "possible";
}
