/** Plans the repair of a drifted copy of a world, runs it there as psql would, and says what is wrong with it. */
import { displayName } from "../../src/model/names.js";
import type { Repair } from "../../src/model/repair.js";
import type { Gap, Report } from "../../src/model/report.js";
import { planSql, questionsOf, settle, type TableFacts } from "../../src/repair/index.js";
import { readModel } from "../support/models.js";
import { answersOf, runPlan } from "../support/plans.js";
import type { TestDatabase } from "../support/postgres.js";
import type { Check } from "./drifted.js";
import { holdingsOf, lostBetween } from "./rows.js";
import { verifyDatabase, type World } from "./world.js";

export type Plan = Pick<Repair, "steps" | "notDone">;

/**
 * After the plan no gap is left but those of which the plan says that it leaves them, no row and no value is lost, and the
 * plan can be run twice. A database without gaps has an empty plan.
 */
export const mended: Check = async ({ world, database, report }) => {
  const plan = await planFor(world, database, report);
  return withPlan(plan, await problemsOf(world, database, report, plan));
};

/** The problems, and then the plan that has them. */
export function withPlan({ steps }: Plan, problems: readonly string[]): string[] {
  if (problems.length === 0) return [];
  const statements = steps.map((step) => (step.kind === "sql" ? step.statement : step.run));
  return [...problems, `the plan:\n${statements.join("\n")}`];
}

/** Every other world has tables of which nobody knows the size: then the plan takes the careful ways. */
async function planFor(world: World, database: TestDatabase, report: Report): Promise<Plan> {
  const model = await readModel(database.url, world.spec.schemas, world.role.name);
  const small: TableFacts = { rows: 3, bytes: 8192, empty: false };
  const isKnown = world.spec.tables.length % 2 === 0;
  const plan = planSql({
    contract: world.contract,
    gaps: report.gaps,
    causes: report.causes,
    histories: report.history,
    models: [model],
    tables: new Map(isKnown ? model.relations.map((each) => [displayName(each), small]) : []),
    backfill: new Map(),
  });
  const client = await database.connect();
  return settle(plan, await answersOf(client, questionsOf(plan)));
}

/** What is wrong with the database after the plan, which this runs. */
export async function problemsOf(world: World, database: TestDatabase, report: Report, plan: Plan): Promise<string[]> {
  if (report.gaps.length === 0) return plan.steps.length + plan.notDone.length === 0 ? [] : ["a plan without a gap"];
  const before = await holdingsOf(database);
  const client = await database.connect();
  for (const time of ["first", "second"]) {
    const refused = await runPlan(client, plan.steps).then(
      () => null,
      (error: Error) => `refused at the ${time} time: ${error.message}`,
    );
    if (refused !== null) return [refused];
  }
  const left = await verifyDatabase(world, database.url);
  // A foreign key that cannot be validated was missing, and is told as that.
  const ids = new Set(plan.notDone.flatMap(({ gaps }) => gaps));
  const told = new Set(report.gaps.filter(({ id }) => ids.has(id)).map(subjectOf));
  const untold = left.gaps.filter((gap) => !told.has(subjectOf(gap)) && !isToldWithItsColumn(gap, report, plan));
  return [
    ...untold.map(({ code, message }) => `left, and not told: ${code} ${message}`),
    ...lostBetween(before, await holdingsOf(database)),
  ];
}

/** An index or key of a column that was missing is no gap of its own until the column is there: the plan names it. */
function isToldWithItsColumn({ code, subject }: Gap, { gaps }: Report, { notDone }: Plan): boolean {
  const isPart = code === "MISSING_INDEX" || code === "MISSING_CONSTRAINT";
  const columns = gaps.filter((gap) => gap.code === "MISSING_COLUMN" && gap.subject.relation === subject.relation);
  const ids = columns.map(({ id }) => id);
  return (
    isPart &&
    notDone.some(({ gaps: own, what }) => own.some((id) => ids.includes(id)) && what.includes(` ${subject.name} on `))
  );
}

function subjectOf({ subject: { kind, schema, relation, name } }: Gap): string {
  return JSON.stringify([kind, schema, relation, name]);
}
