/**
 * The repair plan, on one screen: what is wrong, what the migration tool would bring, the SQL for the rest, what the rows
 * of the target say to it, and whether it works on a copy. Nothing here writes to the target.
 */
import type { ConnectionSettings } from "./config/index.js";
import type { SessionLimits } from "./db/index.js";
import type { Contract } from "./model/contract.js";
import type { Observation } from "./model/observation.js";
import { NOTHING_TO_REPAIR, type Repair } from "./model/repair.js";
import type { Report } from "./model/report.js";
import { observe } from "./observe.js";
import {
  type Bench,
  joined,
  type Learned,
  learnFromPlan,
  learnFromTrial,
  NOTHING_LEARNED,
  type SafetyOf,
  survey,
  tablesConcerned,
  waitingMigrations,
  waitingNames,
  withoutLosses,
  withRefusals,
  withWarnings,
} from "./prove/index.js";
import {
  commandsFor,
  type DeployTrial,
  notLookedAt,
  planSql,
  questionsOf,
  rowsOfNewTables,
  settle,
} from "./repair/index.js";
import { examine, type TryOut } from "./verify.js";

export interface PlanInput {
  readonly contract: Contract;
  /** Null: only the gaps of a saved report are known. */
  readonly connection: ConnectionSettings | null;
  readonly limits: SessionLimits;
  /** A report whose gaps are to be repaired; absent: the target is verified now. */
  readonly report?: Report;
  /** `schema.table.column` -> SQL expression for rows that have no value. */
  readonly backfill: ReadonlyMap<string, string>;
  readonly bench: Bench;
  /** The part of the verification that is to be repaired; absent: all of it. */
  readonly scope?: (report: Report) => Report;
}

interface Seen {
  readonly report: Report;
  /** Null: the target was not looked at. */
  readonly observation: Observation | null;
  readonly deploys: readonly DeployTrial[];
}

interface Start extends Seen {
  /** Ids of gaps that nobody wants to be repaired now. */
  readonly ignored: readonly string[];
  readonly scripts: Awaited<ReturnType<Bench["scripts"]>>;
  readonly safetyOf: SafetyOf;
}

/** What is learned in a round closes one way; there are more ways than one reads. */
const MOST_ROUNDS = 8;

/**
 * Plans the repair of everything that the verification finds. The Report is the verification's, its `repair` is the plan.
 * A database that cannot be looked at gives a Report with verdict `unverified` and no plan; only a bug throws.
 */
export async function planRepair(input: PlanInput): Promise<Report> {
  const seen = input.report === undefined ? await verifyNow(input) : await fromReport(input, input.report);
  const safetyOf = await input.bench.safety(waitingNames(seen.report.history));
  const start = { ...scoped(seen, input), safetyOf, scripts: await input.bench.scripts() };
  const { report } = start;
  if (report.gaps.length === 0) {
    return { ...report, repair: { ...NOTHING_TO_REPAIR, notDone: notLookedAt(report) } };
  }
  let learned = NOTHING_LEARNED;
  for (let round = 1; ; round++) {
    const { toSee, followed, beside, ...plan } = await planOnce(input, start, learned);
    const contradiction = round < MOST_ROUNDS ? learnFromPlan(learned, toSee, plan.notDone) : null;
    if (contradiction !== null) {
      learned = contradiction;
      continue;
    }
    const trial = await input.bench.prove({ ...plan, ...start });
    const lesson = round < MOST_ROUNDS ? learnFromTrial(learned, trial, followed) : null;
    if (lesson !== null) {
      learned = lesson;
      continue;
    }
    const { steps, notDone } = plan;
    const migrations = waitingIn(start, learned);
    return {
      ...report,
      repair: asRepair({
        migrations,
        steps: withWarnings(steps, migrations),
        notDone: [...notDone, ...beside],
        proof: trial.proof,
      }),
    };
  }
}

function waitingIn({ report: { history }, deploys, safetyOf }: Start, learned: Learned) {
  return waitingMigrations(
    history,
    deploys.map((each) => withRefusals(each, learned)),
    safetyOf,
  );
}

function asRepair(plan: Omit<Repair, "proved">): Repair {
  return { ...plan, proved: plan.proof.kind === "proved" };
}

async function verifyNow({ contract, connection, limits, bench }: PlanInput): Promise<Seen> {
  if (connection === null) throw new Error("neither a database nor a report to plan from");
  let deploys: readonly DeployTrial[] = [];
  const tryOut: TryOut = async (seen) => {
    deploys = await bench.deploy(seen);
    return deploys;
  };
  return { ...(await examine({ contract, connection, limits, tryOut })), deploys };
}

/** What is wrong is what the report says; how the target looks is read again, if it can be. */
async function fromReport({ contract, connection, limits, bench }: PlanInput, report: Report): Promise<Seen> {
  if (connection === null) return { report, observation: null, deploys: [] };
  const seen = await observe(contract, connection, limits, () => ({ findings: null, questions: null }));
  if (!seen.known) return { report, observation: null, deploys: [] };
  const { observation } = seen.value;
  const { target, recordTables } = observation;
  const deploys =
    report.gaps.length === 0
      ? []
      : await bench.deploy({ target, recordTables, histories: report.history, gaps: report.gaps });
  return { report, observation, deploys };
}

function scoped({ report: whole, ...seen }: Seen, { scope }: PlanInput) {
  const report = scope === undefined ? whole : scope(whole);
  const wanted = new Set(report.gaps.map(({ id }) => id));
  return { ...seen, report, ignored: whole.gaps.map(({ id }) => id).filter((id) => !wanted.has(id)) };
}

/** Commands bring what they bring; the rest is SQL, settled by what the rows say; then what the copy showed to be left. */
async function planOnce(input: PlanInput, start: Start, learned: Learned) {
  const { report, observation, deploys, scripts, safetyOf } = start;
  const { contract } = input;
  const { gaps, causes, history: histories } = report;
  const tried = deploys.map((each) => withRefusals(each, learned));
  const { unseen } = learned;
  const all = commandsFor({ contract, gaps, causes, histories, scripts, deploys: tried, unseen });
  const commands = withoutLosses(all, safetyOf);
  const settled = new Set([...commands.brings, ...commands.notDone.flatMap((each) => each.gaps)]);
  const rest = { ...report, gaps: gaps.filter(({ id }) => !settled.has(id)) };
  const canAsk = observation !== null;
  const sql = await sqlFor(input, { report: rest, observation, canAsk });
  const followers = [];
  for (const copy of learned.after) followers.push(await sqlFor(input, { ...copy, canAsk }));
  const steps = [...commands.first, ...sql.steps, ...commands.last];
  return {
    ...joined({ steps, notDone: [...commands.notDone, ...sql.notDone] }, followers, gaps),
    beside: [...rowsOfNewTables(contract, report), ...notLookedAt(report)],
    toSee: commands.toSee,
    followed: followers.every((each) => each.steps.length > 0),
  };
}

interface State {
  readonly report: Pick<Report, "gaps" | "causes" | "history">;
  readonly observation: Observation | null;
  /** Whether the target answers. */
  readonly canAsk: boolean;
}

async function sqlFor(input: PlanInput, { report: { gaps, causes, history }, observation, canAsk }: State) {
  const { contract, connection, limits, backfill } = input;
  const models = observation?.models ?? null;
  const { plan, answers } = await survey({
    connection: canAsk ? connection : null,
    ...{ limits, questionsOf },
    tables: tablesConcerned(contract, gaps),
    planFor: (tables) => planSql({ contract, gaps, causes, histories: history, models, tables, backfill }),
  });
  return settle(plan, answers);
}
