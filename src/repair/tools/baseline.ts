/**
 * A database without a record table. With nothing in it, the deploy makes everything. Otherwise something else made the
 * tables: SQL brings what they lack, and then each migration whose objects are all there is recorded, in order, stopping
 * at the first that is not; what comes after it is deployed if nothing of it is there.
 */
import type { Application } from "../../model/contract.js";
import type { NotDone } from "../../model/repair.js";
import type { CauseCode } from "../../model/report.js";
import { toolWords } from "../../model/tools.js";
import type { CommandPlan, CommandSituation } from "../command-plan.js";
import { isMissingRelation } from "./by-sql.js";
import { deployStep } from "./deploy.js";
import { NOTHING, notDone, part } from "./part.js";
import { applicationsOf, record } from "./recording.js";
import { gapsOf, namesOf, restatedOf, type Standing } from "./standing.js";

export function withoutTable(standing: Standing, situation: CommandSituation): CommandPlan {
  const names = namesOf(standing.waiting);
  if (names.length === 0 || (standing.gaps.length === 0 && !standing.restated.has(null))) return NOTHING;
  if (isEmpty(standing)) {
    const deploy = deployStep(standing, names, "empty");
    return part({ first: deploy === null ? [] : [deploy] });
  }
  return baseline(standing, situation, names);
}

/** Nothing of the applications is there, as the diagnosis found: their migrations have simply not run yet. */
function isEmpty(standing: Standing): boolean {
  return has(standing, "MIGRATION_PENDING") && !has(standing, "NO_HISTORY");
}

/** Causes of other record tables do not count. */
function has({ causes, gaps, restated }: Standing, wanted: CauseCode): boolean {
  const own = new Set([...gaps, ...[...restated.values()].flat()].map(({ id }) => id));
  return causes.some(({ code, explains }) => code === wanted && explains.some((id) => own.has(id)));
}

const WHY =
  "Makes the migration baseline: records it without running, after the statements before it; it changes the record, not the schema.";

function baseline(standing: Standing, situation: CommandSituation, names: readonly string[]): CommandPlan {
  const orphans = withoutOrigin(applicationsOf(standing, situation));
  if (orphans.length > 0) return part({ notDone: [noInitialMigration(standing, names, orphans)] });
  const absent = absentFrom(standing, situation, names);
  const before = names.slice(0, absent);
  const markable = before.findIndex((name) => !isMarkable(name, situation));
  const marked = markable < 0 ? before : before.slice(0, markable);
  const recording = record(standing, marked, situation, WHY);
  const stopped = markable < 0 ? null : record(standing, before.slice(markable), situation, WHY);
  const isStopped = stopped !== null || recording.notDone.length > 0;
  const rest = names.slice(absent);
  const deploy = isStopped ? null : deployStep(standing, rest, "after");
  return part({
    last: [...recording.steps, ...(deploy === null ? [] : [deploy])],
    toSee: recording.toSee,
    notDone: [
      ...recording.notDone,
      ...(stopped?.notDone ?? []),
      ...(isStopped && rest.length > 0 ? [heldUp(standing, rest)] : []),
    ],
  });
}

function isMarkable(name: string, { scripts, unseen }: CommandSituation): boolean {
  return scripts.get(name)?.unseen.length === 0 && !unseen.has(name);
}

/** Where the migrations begin of which nothing is there: all that they make is missing, and they touch nothing else. */
function absentFrom(standing: Standing, situation: CommandSituation, names: readonly string[]): number {
  let at = names.length;
  while (at > 0 && isAbsent(standing, situation, names[at - 1] ?? "")) at--;
  return at;
}

function isAbsent(standing: Standing, situation: CommandSituation, name: string): boolean {
  const missing = new Set(
    standing.gaps.filter(isMissingRelation).map(({ subject }) => JSON.stringify([subject.schema, subject.name])),
  );
  const traced = situation.contract.provenance
    .filter(({ createdBy, changedBy }) => createdBy.migration === name || changedBy.migration === name)
    .map(({ subject }) => JSON.stringify([subject.schema, subject.relation ?? subject.name]));
  const listed = applicationsOf(standing, situation)
    .flatMap(({ relations }) => relations)
    .filter(
      ({ introducedBy, columnIntroducedBy }) =>
        introducedBy === name || Object.values(columnIntroducedBy).includes(name),
    )
    .map((relation) => JSON.stringify([relation.schema, relation.name]));
  const touched = [...traced, ...listed];
  return touched.length > 0 && touched.every((relation) => missing.has(relation));
}

/** Relations that no migration makes, where the contract knows which migration makes the others. */
function withoutOrigin(applications: readonly Application[]): string[] {
  const relations = applications.flatMap((each) => each.relations);
  const knows = relations.some(({ introducedBy }) => introducedBy !== null);
  return knows
    ? relations.flatMap(({ introducedBy, schema, name }) => (introducedBy === null ? [`${schema}.${name}`] : []))
    : [];
}

const MOST = 3;

/** A folder that cannot build an empty database has to be replaced by one migration that can; who knows the others decides. */
function noInitialMigration(standing: Standing, names: readonly string[], orphans: readonly string[]): NotDone {
  const { history } = standing;
  const rest = orphans.length > MOST ? ` and ${orphans.length - MOST} more` : "";
  const why = `No migration makes ${orphans.slice(0, MOST).join(", ")}${rest}, so the folder cannot build an empty database, and recording it would hide that. Replace it by one migration that makes everything, after the statements of this plan, and record that one.`;
  const gaps = restatedOf(standing, names);
  return notDone(gaps, "Make a migration baseline", why, history.tool === "prisma" ? INITIAL : []);
}

/** https://www.prisma.io/docs/orm/prisma-migrate/workflows/baselining; before Prisma 7 it is --to-schema-datamodel. */
const INITIAL = [
  "mkdir -p prisma/migrations/0_init",
  "npx prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script > prisma/migrations/0_init/migration.sql",
  'npx prisma migrate resolve --applied "0_init"',
];

function heldUp(standing: Standing, rest: readonly string[]): NotDone {
  const gaps = [...gapsOf(standing, rest).map(({ id }) => id), ...restatedOf(standing, rest)];
  const { deploy } = toolWords(standing.history.tool);
  return notDone(gaps, `Deploy ${rest.join(", ")}`, "Not before all that comes before it has been recorded.", [deploy]);
}
