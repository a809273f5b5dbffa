/** One record table, made ready for the question which commands help. */
import type { Contract } from "../../model/contract.js";
import { groupBy } from "../../model/group.js";
import { blocksDeploy, type SharedHistory, shareHistories } from "../../model/history.js";
import type { QualifiedName } from "../../model/names.js";
import { originOf } from "../../model/owners.js";
import type { Cause, Gap, Migration } from "../../model/report.js";
import type { CommandSituation, DeployTrial } from "../command-plan.js";

export interface Standing {
  readonly history: SharedHistory;
  /** Whose repository the commands are run in. */
  readonly application: string;
  /** Gaps of its applications, without those of the migrations themselves. */
  readonly gaps: readonly Gap[];
  /** Gaps whose object comes with a known migration, by its name. */
  readonly brought: ReadonlyMap<string, readonly Gap[]>;
  /** MIGRATION_NOT_APPLIED, by migration; the one that says that there is no record table under null. */
  readonly restated: ReadonlyMap<string | null, readonly Gap[]>;
  readonly running: readonly Migration[];
  /** What the next deploys have to run, in order: pending, out of order, rolled back, failed. */
  readonly waiting: readonly Migration[];
  /** Rows that make the tool refuse. */
  readonly blockers: readonly Migration[];
  readonly trial: DeployTrial | null;
  readonly causes: readonly Cause[];
}

const WAITING: readonly Migration["status"][] = ["pending", "out-of-order", "rolled-back", "failed"];

/** One for each record table that could be read. */
export function standings(situation: CommandSituation): Standing[] {
  return shareHistories(situation.histories)
    .filter(({ state }) => state !== "unreadable")
    .map((history) => standingOf(history, situation));
}

function standingOf(history: SharedHistory, { contract, gaps, causes, deploys }: CommandSituation): Standing {
  const { applications, migrations } = history;
  const own = gaps.filter((gap) => gap.applications.some((name) => applications.includes(name)));
  const objects = own.filter(({ code }) => code !== "MIGRATION_NOT_APPLIED");
  const brought = broughtBy(contract, objects);
  const isWanted = ({ name, required }: Migration) => required || brought.has(name);
  const names = new Set(migrations.map(({ name }) => name));
  return {
    history,
    application: applications[0] ?? "",
    gaps: objects,
    brought,
    restated: groupBy(
      own.filter(({ code, subject }) => code === "MIGRATION_NOT_APPLIED" && isOf(history, names, subject.name)),
      ({ subject }) => (subject.kind === "history" ? null : subject.name),
    ),
    running: migrations.filter((each) => each.status === "running" && isWanted(each)),
    waiting: migrations.filter((each) => WAITING.includes(each.status) && isWanted(each)),
    blockers: migrations.filter(blocksDeploy),
    trial: deploys.find(({ application }) => applications.includes(application)) ?? null,
    causes,
  };
}

function isOf({ table }: SharedHistory, names: ReadonlySet<string>, subject: string): boolean {
  return table === null || names.has(subject);
}

function broughtBy(contract: Contract, gaps: readonly Gap[]): ReadonlyMap<string, readonly Gap[]> {
  const withOrigin = gaps.flatMap((gap) => {
    const origin = originOf(contract, gap);
    return origin === null ? [] : [{ gap, migration: origin.migration }];
  });
  const groups = groupBy(withOrigin, ({ migration }) => migration);
  return new Map([...groups].map(([name, each]) => [name, each.map(({ gap }) => gap)]));
}

/** The gaps of several migrations, each once. */
export function gapsOf({ brought }: Standing, names: readonly string[]): Gap[] {
  return [...new Set(names.flatMap((name) => brought.get(name) ?? []))];
}

/** Ids of the gaps that say that one of these is not applied, or that there is no record table. */
export function restatedOf({ restated }: Standing, names: readonly string[]): string[] {
  const own = names.flatMap((name) => restated.get(name) ?? []);
  return [...own, ...(restated.get(null) ?? [])].map(({ id }) => id);
}

/** Where the record table is; null: there is none. The table's own name holds no dot, so the last one ends its schema. */
export function tableOf({ table }: SharedHistory): QualifiedName | null {
  if (table === null) return null;
  const dot = table.lastIndexOf(".");
  return { schema: table.slice(0, dot), name: table.slice(dot + 1) };
}

export function namesOf(migrations: readonly Migration[]): string[] {
  return migrations.map(({ name }) => name);
}
