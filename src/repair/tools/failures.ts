/** Rows that make the tool refuse: what takes them back, so that the next deploy goes on. It changes the record only. */
import { ranToEnd } from "../../model/history.js";
import { failureRemoved } from "../../model/record-rows.js";
import type { CommandStep, NotDone } from "../../model/repair.js";
import type { Migration } from "../../model/report.js";
import { toolWords } from "../../model/tools.js";
import { command, shellQuote } from "../commands.js";
import { notDone } from "./part.js";
import { namesOf, restatedOf, type Standing, tableOf } from "./standing.js";

export interface Removal {
  readonly steps: readonly CommandStep[];
  readonly notDone: readonly NotDone[];
}

/** @param failed rows of these have to go; a migration that ran to its end is not among them */
export function removeFailures(standing: Standing, failed: readonly Migration[]): Removal {
  const { history } = standing;
  if (failed.length === 0) return { steps: [], notDone: [] };
  switch (history.tool) {
    case "prisma":
      return { steps: failed.map((migration) => rollBack(standing, migration)), notDone: [] };
    case "flyway":
      return { steps: [repairFlyway(standing, failed)], notDone: [] };
    case "golang-migrate":
      return forceBack(standing, failed);
    default:
      return { steps: [], notDone: [byHand(standing, failed)] };
  }
}

/** Whether its row says that the script ran to its end, and only the end was not recorded. */
export function isUnrecorded(migration: Migration): boolean {
  return ranToEnd({ ...migration, blocks: false });
}

function rollBack(standing: Standing, migration: Migration): CommandStep {
  const run = `npx prisma migrate resolve --rolled-back ${shellQuote(migration.name)}`;
  const effect = { kind: "mark-rolled-back", migrations: [migration.name] } as const;
  return command(run, rollBackWhy(standing, migration), effect, closed(standing, [migration]), standing.application);
}

/** What this build does not list needs no deploy: with its row its gap is gone. */
function closed(standing: Standing, failed: readonly Migration[]): string[] {
  return failed.filter(({ required }) => !required).flatMap(({ name }) => restatedOf(standing, [name]));
}

/** What this build does not list may have been deleted since: then nothing is tried again, and its work needs a new migration. */
function rollBackWhy({ trial }: Standing, { name, note, required }: Migration): string {
  const error = note ?? "no error is stored";
  if (!required) {
    return `Lets Prisma go on; it changes the record, not the schema. This build does not list the migration (${error}): if its directory still exists, correct it first, because it is tried again; if it was deleted, write what it was to do into a new one.`;
  }
  const lets = "Lets Prisma try the migration again; it changes the record, not the schema.";
  const runs = trial?.result.kind === "ran" && trial.tried.includes(name);
  return runs
    ? `${lets} On a copy of the schema it runs now; it had failed with: ${error}.`
    : `${lets} Before that, correct the migration or the schema: ${error}.`;
}

function repairFlyway(standing: Standing, failed: readonly Migration[]): CommandStep {
  const { application, trial } = standing;
  const names = namesOf(failed);
  const removes = `Removes the row of what failed (${names.join(", ")}); it changes the record, not the schema.`;
  const before =
    trial?.result.kind === "ran"
      ? ""
      : " Before that, correct the migration, and undo what it left behind where it did not run in one transaction.";
  const effect = { kind: "mark-rolled-back", migrations: names } as const;
  return command("flyway repair", `${removes}${before}`, effect, closed(standing, failed), application);
}

/** The version before it, which is what the database is at when nothing of the failed one is left. */
function forceBack(standing: Standing, failed: readonly Migration[]): Removal {
  const [first] = failed;
  if (standing.trial?.result.kind !== "ran" || first === undefined)
    return { steps: [], notDone: [byHand(standing, failed)] };
  const effect = { kind: "mark-rolled-back", migrations: [first.name] } as const;
  const why = `Takes back the record of ${first.name}, so that it is run again; it changes the record, not the schema. On a copy of the schema it runs now.`;
  const before = versionBefore(standing, first);
  // Two dashes, because a version of -1 (nothing ran) would be taken for an option.
  const run = before === null ? "migrate force -- -1" : `migrate force ${shellQuote(before)}`;
  return { steps: [command(run, why, effect, closed(standing, failed), standing.application)], notDone: [] };
}

function versionBefore({ history }: Standing, { name }: Migration): string | null {
  const at = history.migrations.findIndex((migration) => migration.name === name);
  return history.migrations.slice(0, at).findLast(({ required }) => required)?.name ?? null;
}

/** How a record is put right differs too much between tools, and some ways mark as applied what never ran. */
function byHand(standing: Standing, failed: readonly Migration[]): NotDone {
  const { history } = standing;
  const { afterFailure } = toolWords(history.tool);
  const names = namesOf(failed);
  const table = tableOf(history);
  const before = failed[0] === undefined ? null : versionBefore(standing, failed[0]);
  const statements =
    table === null ? [] : names.flatMap((name) => failureRemoved(history.tool, table, name, before) ?? []);
  const what = `Put the record of ${names.join(", ")} right`;
  return notDone(
    restatedOf(standing, names),
    what,
    `${afterFailure}. First look what the failed run left behind.`,
    statements,
  );
}
