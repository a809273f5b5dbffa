/**
 * Steps that bring the migration history forward. None of them marks as applied what did not run, and none can lose
 * data: `db push`, `migrate reset` and `migrate dev` are never suggested.
 */
import { blocksDeploy, isSeenRunning, type SharedHistory } from "../model/history.js";
import type { RepairStep } from "../model/repair.js";
import type { Cause, CauseCode, Gap, Migration } from "../model/report.js";
import { toolWords } from "../model/tools.js";
import { command, readFailedRows, resolve, statement, whoMigrates } from "./commands.js";

/** The steps for one record table, in the order in which to take them. */
export function migrationSteps(history: SharedHistory, gaps: readonly Gap[], causes: readonly Cause[]): RepairStep[] {
  const brings = ({ name }: Migration) =>
    gaps.some(({ introducedBy, code }) => introducedBy === name && code !== "MIGRATION_NOT_APPLIED");
  const wanted = history.migrations.filter((migration) => migration.required || brings(migration));
  const of = (status: Migration["status"]) => wanted.filter((migration) => migration.status === status);
  const blockers = history.migrations.filter(blocksDeploy);
  const forward =
    blockers.length > 0
      ? unblock(history, blockers, brings)
      : deploy(
          history,
          of("running"),
          [...of("pending"), ...of("out-of-order"), ...of("rolled-back"), ...of("failed")],
          causes,
        );
  // Another deploy does nothing for what the record says is applied; only Prisma can print what is missing.
  if (history.tool !== "prisma") return forward;
  const accused = accusedOf(of("recorded-without-running"), gaps, causes, forward.length === 0);
  const recorded = [...accused, ...namedBy(gaps, causes, [...of("forged"), ...of("edited"), ...of("applied")])];
  return [...forward, ...(recorded.length > 0 ? [bringBack(recorded)] : [])];
}

/**
 * Recorded-without-running migrations that need a repair. A baseline is recorded in the same way and needs none: so only
 * those that gaps name, or all of them if a cause says so of gaps without a name. What is merely possible counts only if
 * there is no other step.
 */
function accusedOf(
  recorded: readonly Migration[],
  gaps: readonly Gap[],
  causes: readonly Cause[],
  isLastResort: boolean,
): readonly Migration[] {
  const explained = causes
    .filter(
      ({ code, confidence }) => code === "RECORDED_WITHOUT_RUNNING" && (confidence !== "possible" || isLastResort),
    )
    .flatMap(({ explains }) => explains);
  const origins = gaps.filter(({ id }) => explained.includes(id)).map(({ introducedBy }) => introducedBy);
  const named = recorded.filter(({ name }) => origins.includes(name));
  return named.length > 0 || origins.length === 0 ? named : recorded;
}

const RECORDED: readonly CauseCode[] = ["RECORD_FORGED", "MIGRATION_EDITED", "APPLIED_THEN_LOST"];

/** Those that such a cause is about. */
function namedBy(gaps: readonly Gap[], causes: readonly Cause[], recorded: readonly Migration[]): Migration[] {
  const explained = causes.filter(({ code }) => RECORDED.includes(code)).flatMap(({ explains }) => explains);
  const origins = gaps.filter(({ id }) => explained.includes(id)).map(({ introducedBy }) => introducedBy);
  return recorded.filter(({ name }) => origins.includes(name));
}

function unblock(
  history: SharedHistory,
  blockers: readonly Migration[],
  brings: (migration: Migration) => boolean,
): RepairStep[] {
  if (history.tool === "flyway") return [...repairFlyway(blockers), unblockOther(history, blockers)];
  if (history.tool !== "prisma") return [unblockOther(history, blockers)];
  const failed = blockers.filter(({ status }) => status === "failed");
  // Marking as applied is right only for a script that Prisma itself counted as run, and only if nothing is missing.
  const unrecorded = blockers.filter((migration) => migration.status === "applied" && !brings(migration));
  return [
    statement(
      readFailedRows(history),
      "Shows the rows that hold up every deploy, with the errors they store: first understand why.",
    ),
    ...failed.map((migration) => command(resolve("rolled-back", migration), rollBackWhy(migration))),
    ...unrecorded.map((migration) =>
      command(
        resolve("applied", migration),
        "Its script ran to the end (applied_steps_count says so) and nothing that it brings is missing; only the end was not recorded.",
      ),
    ),
    command(
      toolWords(history.tool).deploy,
      failed.some(isOfBuild)
        ? "Runs the migration again and then what waits behind it. Without a correction it fails again for the same reason."
        : "Runs what waits behind it.",
    ),
  ];
}

function isOfBuild({ required }: Migration): boolean {
  return required;
}

/** What this build does not list may have been deleted since: then nothing is tried again, and its work needs a new migration. */
function rollBackWhy({ note, required }: Migration): string {
  const error = note ?? "no error is stored";
  return required
    ? `Lets Prisma try the migration again; it changes the record, not the schema. Before that, correct the migration or the schema: ${error}.`
    : `Lets Prisma go on; it changes the record, not the schema. This build does not list the migration (${error}): if its directory still exists, correct it first, because it is tried again; if it was deleted, write what it was to do into a new one.`;
}

function repairFlyway(blockers: readonly Migration[]): RepairStep[] {
  const names = blockers.map(({ name }) => name).join(", ");
  const why = `Removes the row of what failed (${names}); it changes the record, not the schema. Before that, correct the migration, and undo what it left behind where it did not run in one transaction.`;
  return [command("flyway repair", why)];
}

/** How a record is put right differs too much between tools, and some ways mark as applied what never ran. */
function unblockOther({ tool }: SharedHistory, blockers: readonly Migration[]): RepairStep {
  const { afterFailure, deploy } = toolWords(tool);
  const names = blockers.map(({ name }) => name).join(", ");
  return command(
    deploy,
    `Runs ${names} again and what waits behind it, once the reason of the failure is removed and the record is put right: ${afterFailure}.`,
  );
}

function deploy(
  history: SharedHistory,
  running: readonly Migration[],
  waiting: readonly Migration[],
  causes: readonly Cause[],
): RepairStep[] {
  const { tool } = history;
  const run = toolWords(tool).deploy;
  const look = running.map((migration) => statement(whoMigrates(tool), whatItMeans(tool, migration)));
  if (running.length > 0 || waiting.length === 0) return look;
  if (history.state === "none") {
    // A schema that lacks nothing needs no migration, record table or not.
    if (!causes.some(({ code }) => code === "MIGRATION_PENDING" || code === "NO_HISTORY")) return [];
    // Prisma refuses to begin where tables are (P3005), and only it can print what is missing.
    const isMadeOtherwise = causes.some(({ code }) => code === "NO_HISTORY");
    if (tool === "prisma" && isMadeOtherwise) return [command(DIFF, BASELINE)];
    return [command(run, tool === "prisma" ? FIRST_PRISMA : FIRST)];
  }
  const again = waiting.some(({ status }) => status === "rolled-back");
  const names = waiting.map(({ name }) => name).join(", ");
  const warning = again ? " What was rolled back fails again for the same reason, unless it was corrected." : "";
  return [command(run, `${applies(names, causes)}${warning}${passedOver(waiting)}`)];
}

/** The evidence of the cause knows what stands in the way. */
function applies(names: string, causes: readonly Cause[]): string {
  const pending = causes.filter(({ code }) => code === "MIGRATION_PENDING");
  const isThere = pending.some(({ evidence }) => evidence.some(({ fact }) => fact.includes("there already")));
  return isThere
    ? `Runs ${names}. A part of what they make is there already, see above: find out first who made it, else this fails with "already exists".`
    : `Applies what is missing: ${names}.`;
}

const DIFF = "npx prisma migrate diff --from-config-datasource --to-schema prisma/schema.prisma --script";
const DROPS = "it also prints DROP for what the schema does not know";
const BEFORE_7 = 'Before Prisma 7: --from-url "$DATABASE_URL" --to-schema-datamodel prisma/schema.prisma.';
const BASELINE = `Prints what the database lacks, and changes nothing; migrate deploy would refuse here, because the tables were made by something else (P3005). Review the statements (${DROPS}), bring in the missing ones, then make a migration baseline, so that deploys work from then on: https://pris.ly/d/migrate-baseline. ${BEFORE_7}`;
const FIRST_PRISMA =
  "Runs all migrations on an empty database. If it refuses with P3005, the tables were made by something else: then make a migration baseline first (https://pris.ly/d/migrate-baseline).";
const FIRST =
  "Runs all migrations on an empty database. If the tables were made by something else, make a migration baseline first: else the first migration fails on what is there.";

function whatItMeans(tool: SharedHistory["tool"], migration: Migration): string {
  if (isSeenRunning(migration)) {
    return `Shows who is migrating now: ${migration.name} is running; wait until it has finished, then verify again.`;
  }
  const then = tool === "prisma" ? "npx prisma migrate resolve --rolled-back, and deploy again" : "and deploy again";
  return `Shows who is migrating now. A row: ${migration.name} is running; wait, then verify again. No row: its process was killed; then look what it left behind, ${then}.`;
}

function passedOver(waiting: readonly Migration[]): string {
  const late = waiting.filter(({ status }) => status === "out-of-order");
  return late.map(({ name, note }) => ` ${name} may not come with it: ${note ?? "it is out of order"}.`).join("");
}

function bringBack(accused: readonly Migration[]): RepairStep {
  const names = accused.map(({ name }) => name).join(", ");
  return command(
    DIFF,
    `Prints what the database lacks, and changes nothing; migrate deploy will not run ${names} again, because the record says applied. Review the statements (${DROPS}), commit the missing ones as a new migration, then deploy that. ${BEFORE_7}`,
  );
}
