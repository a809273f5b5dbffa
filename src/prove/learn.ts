/** What one round of planning shows, for the next one. Pure. */
import type { NotDone, RepairStep, SqlStep } from "../model/repair.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import type { Gap } from "../model/report.js";
import type { DeployTrial, ToSee } from "../repair/index.js";
import type { Examination } from "../verify.js";
import type { PlanTrial } from "./prove.js";

export interface Learned {
  /** Migrations that a command of the plan could not run. */
  readonly refusals: readonly ReplayFailure[];
  /** Migrations that must not be marked as applied, with what is missing of them. */
  readonly unseen: ReadonlyMap<string, string>;
  /** Copies on which the plan ran and left gaps: those that follow from what it made, such as the keys of a renamed column. */
  readonly after: readonly Examination[];
}

export const NOTHING_LEARNED: Learned = { refusals: [], unseen: new Map(), after: [] };

const MOST_FOLLOWERS = 2;

/**
 * From the plan itself: what would be marked as applied although something of it stays undone.
 * @returns null: nothing new
 */
export function learnFromPlan(learned: Learned, toSee: readonly ToSee[], notDone: readonly NotDone[]): Learned | null {
  const unseen = new Map(learned.unseen);
  for (const { migration, gaps } of toSee) {
    const missing = notDone.find((each) => each.gaps.some((id) => gaps.includes(id)));
    if (missing !== undefined && !unseen.has(migration)) unseen.set(migration, missing.what);
  }
  return unseen.size > learned.unseen.size ? { ...learned, unseen } : null;
}

/**
 * From the trial: the planner goes another way when one is closed, and goes on where gaps are left.
 * @param goesOn whether what was learned of copies before brought any step
 * @returns null: nothing new
 */
export function learnFromTrial(learned: Learned, { refused, after }: PlanTrial, goesOn: boolean): Learned | null {
  if (refused !== null) {
    const refusals = refused.failure === null ? learned.refusals : [...learned.refusals, refused.failure];
    const unseen = new Map([...learned.unseen, ...refused.unseen]);
    // What was learned from copies before holds no longer: the plan is another one.
    return { refusals, unseen, after: [] };
  }
  if (after === null || !goesOn || learned.after.length >= MOST_FOLLOWERS) return null;
  return { ...learned, after: [...learned.after, after] };
}

/** The trial of a deploy with the refusals that are about it. */
export function withRefusals(deploy: DeployTrial, { refusals }: Learned): DeployTrial {
  const own = refusals.filter(({ migration }) => deploy.tried.includes(migration));
  return own.length === 0 ? deploy : { ...deploy, refusals: [...deploy.refusals, ...own] };
}

interface Part {
  readonly steps: readonly RepairStep[];
  readonly notDone: readonly NotDone[];
}

/**
 * One plan of the first and those that follow it: its own groups, ids used once, and no gap that the report does not have.
 */
export function joined(first: Part, followers: readonly Part[], gaps: readonly Gap[]): Part {
  const known = new Set(gaps.map(({ id }) => id));
  const steps: RepairStep[] = [...first.steps];
  const notDone: NotDone[] = [...first.notDone];
  for (const follower of followers) {
    const offset = Math.max(0, ...steps.filter(isSql).map(({ group }) => group));
    const used = new Set(steps.map(({ id }) => id));
    const own = { gaps: (of: { readonly gaps: readonly string[] }) => of.gaps.filter((id) => known.has(id)) };
    for (const step of follower.steps) {
      const id = used.has(step.id) ? `${step.id}-${steps.length}` : step.id;
      const moved = isSql(step) ? { ...step, group: step.group + offset } : step;
      steps.push({ ...moved, id, gaps: own.gaps(step) });
    }
    notDone.push(...follower.notDone.map((each) => ({ ...each, gaps: own.gaps(each) })));
  }
  return { steps, notDone };
}

function isSql(step: RepairStep): step is SqlStep {
  return step.kind === "sql";
}
