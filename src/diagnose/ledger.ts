/** Histories made ready for the rules: one ledger for each record table, with the gaps that it may have to answer for. */
import type { Contract } from "../model/contract.js";
import { groupBy } from "../model/group.js";
import { blocksDeploy, ranToEnd, type SharedHistory, shareHistories } from "../model/history.js";
import { compareText } from "../model/names.js";
import { namesOrigins, originOf } from "../model/owners.js";
import type { Confidence, Gap, GapCode, History, Migration } from "../model/report.js";
import type { Trial } from "../model/trial.js";

export interface Ledger extends SharedHistory {
  /** Gaps whose object comes with a known migration, by its name. */
  readonly brought: ReadonlyMap<string, readonly Gap[]>;
  /** Gaps of which nobody knows for sure with which migration their object comes. */
  readonly unattributed: readonly Gap[];
  /** Whether the contract names the migrations of other objects of these applications. */
  readonly namesOrigins: boolean;
  /** MIGRATION_NOT_APPLIED gaps, by migration. */
  readonly restated: ReadonlyMap<string, readonly Gap[]>;
  /** The gap that says that there is no record table. */
  readonly noTable: readonly Gap[];
  /** What running the migrations that wait on a copy showed; null: nobody tried. */
  readonly trial: Trial | null;
}

/** A history does not tell about grants and policies, nor about what a run that did happen left half done. */
const NEVER: readonly GapCode[] = [
  "MISSING_PRIVILEGE",
  "ROW_SECURITY_HIDES_ROWS",
  "INVALID_INDEX",
  "UNVALIDATED_CONSTRAINT",
];

/** Applications that share a record table share a ledger; each one without a table has its own. */
export function buildLedgers(
  contract: Contract,
  histories: readonly History[],
  gaps: readonly Gap[],
  trials: readonly Trial[] = [],
): Ledger[] {
  const all = shareHistories(histories);
  return all.map((shared) => {
    const elsewhere = new Set(all.filter((other) => other !== shared).flatMap(namesOf));
    const own = new Set(namesOf(shared));
    // Of a relation that several applications use, the record table that knows the migration answers for it.
    const foreign = (gap: Gap) => {
      const migration = originOf(contract, gap)?.migration;
      return migration !== undefined && elsewhere.has(migration) && !own.has(migration);
    };
    const trial = trials.find(({ application }) => shared.applications.includes(application)) ?? null;
    return {
      ...buildLedger(
        contract,
        shared,
        gaps.filter((gap) => !foreign(gap)),
      ),
      trial,
    };
  });
}

function namesOf({ migrations }: SharedHistory): string[] {
  return migrations.map(({ name }) => name);
}

function buildLedger(contract: Contract, shared: SharedHistory, gaps: readonly Gap[]): Omit<Ledger, "trial"> {
  const { table, applications, migrations: listed } = shared;
  const own = gaps.filter((gap) => gap.applications.some((name) => applications.includes(name)));
  const objects = own.filter(({ code }) => code !== "MIGRATION_NOT_APPLIED" && !NEVER.includes(code));
  const without = unrecordable(contract, applications);
  const withOrigin = objects.flatMap((gap) => {
    const origin = originOf(contract, gap);
    return origin === null || without.includes(origin.migration) ? [] : [{ gap, ...origin }];
  });
  const brought = new Map(
    [...groupBy(withOrigin, ({ migration }) => migration)].map(([name, each]) => [name, each.map(({ gap }) => gap)]),
  );
  const settled = new Set(
    withOrigin.filter(({ migration, exact }) => exact || !hasRun(listed, migration)).map(({ gap }) => gap),
  );
  return {
    ...shared,
    migrations: [...listed, ...unlisted(listed, brought)],
    brought,
    unattributed: objects.filter((gap) => !settled.has(gap) && gap.code !== "MISSING_ROWS"),
    namesOrigins: namesOrigins(contract, applications, without),
    restated: groupBy(
      own.filter(({ code, subject }) => code === "MIGRATION_NOT_APPLIED" && isOf(table, subject.schema)),
      ({ subject }) => subject.name,
    ),
    noTable: table === null ? noTableGaps(contract, own, applications) : [],
  };
}

/** What is only roughly known to come with a migration that ran may come with a later one. */
function hasRun(migrations: readonly Migration[], wanted: string): boolean {
  return migrations.some((migration) => migration.name === wanted && ranToEnd(migration));
}

function isOf(table: string | null, schema: string | null): boolean {
  return table !== null && schema !== null && table.startsWith(`${schema}.`);
}

function noTableGaps(contract: Contract, gaps: readonly Gap[], applications: readonly string[]): Gap[] {
  const schemas = contract.applications
    .filter(({ name }) => applications.includes(name))
    .map(({ migrations, schema }) => migrations?.schema ?? schema);
  return gaps.filter(({ subject }) => subject.kind === "history" && schemas.includes(subject.schema ?? ""));
}

/** Scripts that no tool records under their names (structure.sql of Rails): no row tells whether they ran. */
function unrecordable(contract: Contract, applications: readonly string[]): string[] {
  return contract.applications
    .filter(({ name }) => applications.includes(name))
    .flatMap(({ migrations }) => {
      const required = new Set(migrations?.required ?? []);
      return (migrations?.scripts ?? []).map(({ name }) => name).filter((name) => !required.has(name));
    });
}

/** A migration that brings an expected object and has neither a row nor a place in the list is not applied either. */
function unlisted(listed: readonly Migration[], brought: ReadonlyMap<string, unknown>): Migration[] {
  const known = new Set(listed.map(({ name }) => name));
  return [...brought.keys()]
    .filter((name) => !known.has(name))
    .map((name) => ({
      name,
      status: "pending",
      required: false,
      blocks: false,
      startedAt: null,
      finishedAt: null,
      note: null,
    }));
}

/** Migrations that the build needs and that did not run to a recorded end, by what is the matter with them. */
export interface Standing {
  /** Rows that make the tool refuse (Prisma: P3009), of any migration, and failed ones that are needed; the oldest first. */
  readonly blockers: readonly Migration[];
  readonly pending: readonly Migration[];
  readonly running: readonly Migration[];
  readonly rolledBack: readonly Migration[];
  readonly recorded: readonly Migration[];
  readonly forged: readonly Migration[];
  readonly edited: readonly Migration[];
  /** Recorded by a later build than this one. */
  readonly unknown: readonly Migration[];
  /** The one that would fail, as a trial on a copy showed, and what would come after it; in none of the lists above. */
  readonly doomed: readonly Migration[];
}

export function standing({ migrations: all, brought, trial }: Ledger): Standing {
  const doomed = doomedOf(all, trial);
  const migrations = all.filter((migration) => !doomed.includes(migration));
  const wanted = migrations.filter(({ required, name }) => required || brought.has(name));
  const of = (status: Migration["status"]) => wanted.filter((migration) => migration.status === status);
  return {
    blockers: migrations
      .filter((migration) => blocksDeploy(migration) || (migration.status === "failed" && wanted.includes(migration)))
      .sort((a, b) => compareText(a.startedAt ?? "", b.startedAt ?? "") || compareText(a.name, b.name)),
    // What is out of order is not applied either; its note says what the tool does with it.
    pending: wanted.filter(({ status }) => status === "pending" || status === "out-of-order"),
    running: of("running"),
    rolledBack: of("rolled-back"),
    recorded: of("recorded-without-running"),
    forged: of("forged"),
    edited: of("edited"),
    unknown: migrations.filter(({ status }) => status === "unknown"),
    doomed,
  };
}

function doomedOf(migrations: readonly Migration[], trial: Trial | null): Migration[] {
  if (trial?.result.kind !== "failed") return [];
  const names = trial.tried.slice(trial.tried.indexOf(trial.result.failure.migration));
  return names.flatMap((name) => migrations.find((migration) => migration.name === name) ?? []);
}

/**
 * How sure we may be that a gap of unknown origin comes from one of these: likely when all that is wrong with the
 * history is one thing (what waits behind a failed migration counts with it), possible when there are several, or when
 * the contract names the migrations of other objects but not of this one: perhaps none brings it.
 */
export function confidenceWithoutOrigin(ledger: Ledger): Confidence {
  const { blockers, pending, running, rolledBack, recorded, forged } = standing(ledger);
  const suspects = [
    blockers.length + pending.length + running.length,
    rolledBack.length,
    recorded.length,
    forged.length,
  ];
  const isOnly = suspects.filter((count) => count > 0).length === 1;
  return isOnly && !ledger.namesOrigins ? "likely" : "possible";
}

/** The gaps of several migrations, each once. */
export function gapsOf(of: ReadonlyMap<string, readonly Gap[]>, migrations: readonly Migration[]): Gap[] {
  return migrations.flatMap(({ name }) => of.get(name) ?? []);
}
