/** Tasks -> one plan: what cannot run is taken out, the rest is ordered and grouped into transactions. */
import { groupBy } from "../../model/group.js";
import { stableId } from "../../model/hash.js";
import { displayName } from "../../model/names.js";
import type { NotDone, SqlStep } from "../../model/repair.js";
import { type Draft, type Left, type Pace, PHASES, type Planned, type SqlPlan, type Task } from "./task.js";
import { withoutVain } from "./without-vain.js";

/** How long each pace waits for its lock, and works. */
const TIMEOUTS: Readonly<Record<Pace, Pick<SqlStep, "lockTimeoutMs" | "statementTimeoutMs">>> = {
  quick: { lockTimeoutMs: 5_000, statementTimeoutMs: 60_000 },
  patient: { lockTimeoutMs: 5_000, statementTimeoutMs: 0 },
  concurrent: { lockTimeoutMs: 0, statementTimeoutMs: 0 },
};

/** Orders by phase and by need; two applications that need the same statement get it once. */
export function assemble(planned: Planned): SqlPlan {
  const { tasks, left } = withoutVain(planned);
  const drafts = inOrder(tasks);
  return { steps: grouped(drafts, gapsByStatement(tasks)), notDone: mergedLeft(left), planned };
}

function gapsByStatement(tasks: readonly Task[]): ReadonlyMap<string, readonly string[]> {
  const pairs = tasks.flatMap(({ gaps, drafts }) => drafts.map(({ statement }) => ({ statement, gaps })));
  const byStatement = groupBy(pairs, ({ statement }) => statement);
  return new Map(
    [...byStatement].map(([statement, same]) => [statement, [...new Set(same.flatMap(({ gaps }) => gaps))]]),
  );
}

interface Placed {
  readonly draft: Draft;
  readonly before: Placed | null;
  readonly place: readonly number[];
}

/** By phase, then by table; but never before what makes what it needs, or before its own predecessor. */
function inOrder(tasks: readonly Task[]): Draft[] {
  const first = firstOfEach(tasks.flatMap(placed));
  const sorted = [...first.values()].sort(byPlace);
  const makers = groupBy(
    sorted.flatMap((each) => each.draft.makes.map((key) => ({ key, each }))),
    ({ key }) => key,
  );
  const done = new Set<Placed>();
  const ordered: Draft[] = [];
  const visit = (each: Placed): void => {
    if (done.has(each)) return;
    done.add(each);
    const before = each.before === null ? undefined : first.get(each.before.draft.statement);
    if (before !== undefined) visit(before);
    for (const key of each.draft.needs) for (const maker of makers.get(key) ?? []) visit(maker.each);
    ordered.push(each.draft);
  };
  sorted.forEach(visit);
  return ordered;
}

function placed(task: Task, at: number): Placed[] {
  const all: Placed[] = [];
  for (const [i, draft] of task.drafts.entries()) {
    all.push({ draft, before: all.at(-1) ?? null, place: [PHASES.indexOf(draft.phase), at, i] });
  }
  return all;
}

/** By statement: what two tasks need is done once, where the first of them has it. */
function firstOfEach(all: readonly Placed[]): Map<string, Placed> {
  const seen = new Map<string, Placed>();
  for (const each of all) if (!seen.has(each.draft.statement)) seen.set(each.draft.statement, each);
  return seen;
}

function byPlace(a: Placed, b: Placed): number {
  const [phaseA = 0, ...restA] = a.place;
  const [phaseB = 0, ...restB] = b.place;
  if (phaseA !== phaseB) return phaseA - phaseB;
  const [tableA, tableB] = [tableKey(a.draft), tableKey(b.draft)];
  if (tableA !== tableB) return tableA < tableB ? -1 : 1;
  return (restA[0] ?? 0) - (restB[0] ?? 0) || (restA[1] ?? 0) - (restB[1] ?? 0);
}

function tableKey({ table }: Draft): string {
  return table === null ? "" : displayName(table);
}

/** One transaction for neighbours on one table: its lock is taken once, and no other table waits for it. */
function grouped(drafts: readonly Draft[], gaps: ReadonlyMap<string, readonly string[]>): SqlStep[] {
  let group = 0;
  let last: Draft | null = null;
  return drafts.map((draft) => {
    if (last === null || !staysTogether(last, draft)) group++;
    last = draft;
    return stepOf(draft, group, gaps.get(draft.statement) ?? []);
  });
}

function staysTogether(last: Draft, next: Draft): boolean {
  if (!last.transactional || !next.transactional || last.alone || next.alone) return false;
  return last.pace === next.pace && tableKey(last) === tableKey(next);
}

function stepOf(draft: Draft, group: number, gaps: readonly string[]): SqlStep {
  const { statement, why, transactional, hazards, table, checks, undo } = draft;
  return {
    ...{ kind: "sql", id: stableId("r", [statement]), gaps, why, statement, transactional, group },
    ...TIMEOUTS[draft.pace],
    ...{ hazards, table, checks, undo },
  };
}

/** The same words for several gaps are said once. */
function mergedLeft(left: readonly Left[]): NotDone[] {
  const same = groupBy(
    left.map(({ notDone }) => notDone),
    ({ what, why, statements }) => JSON.stringify([what, why, statements]),
  );
  return [...same.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : { ...first, gaps: [...new Set([first, ...others].flatMap(({ gaps }) => gaps))] },
  );
}
