/** What becomes of a plan when the target has answered its questions. */
import type { CheckAnswer, NotDone, PreCheck } from "../model/repair.js";
import { assemble } from "./plan/assemble.js";
import type { Draft, Left, SqlPlan, Task } from "./plan/task.js";
import { leftOf, splitAt } from "./plan/without-vain.js";

type Answers = ReadonlyMap<string, CheckAnswer>;

/** Everything that the target should be asked before the plan is shown, each statement once. */
export function questionsOf({ planned, notDone }: SqlPlan): readonly PreCheck[] {
  const drafts = planned.tasks.flatMap((task) => task.drafts);
  const all = [
    ...drafts.flatMap(({ checks, fills }) => (fills === null ? checks : [...checks, fills])),
    ...notDone.flatMap(({ checks }) => checks),
  ];
  return [...new Map(all.map((check) => [check.statement, check])).values()];
}

/**
 * The plan with the answers in it (by the check's `statement`; without one it stays `not-asked`). A step that rows would
 * make fail moves to `notDone`, with what depends on it; a back-fill that would find no row is left out.
 */
export function settle({ planned }: SqlPlan, answers: Answers): SqlPlan {
  const answered = planned.tasks.map((task) => filled(withAnswers(task, answers)));
  const split = answered.map((task) => splitAt(task, task.drafts.findIndex(isRefused)));
  const refused = split.flatMap(({ taken }) => (taken === null ? [] : [leftOf(taken, refusal(taken))]));
  return assemble({
    tasks: split.flatMap(({ kept }) => kept).filter(({ drafts }) => drafts.length > 0),
    left: [...planned.left.map((left) => leftAnswered(left, answers)), ...refused],
  });
}

function withAnswers(task: Task, answers: Answers): Task {
  const drafts = task.drafts.map((draft) => ({
    ...draft,
    checks: draft.checks.map((check) => answered(check, answers)),
    fills: draft.fills === null ? null : answered(draft.fills, answers),
  }));
  return { ...task, drafts };
}

function answered(check: PreCheck, answers: Answers): PreCheck {
  return { ...check, answer: answers.get(check.statement) ?? check.answer };
}

function leftAnswered({ notDone, makes }: Left, answers: Answers): Left {
  const told: NotDone = { ...notDone, checks: notDone.checks.map((check) => answered(check, answers)) };
  return { notDone: told, makes };
}

/** Without the back-fills that find nothing; the others say how many rows they change. */
function filled(task: Task): Task {
  const needed = task.drafts.filter(({ fills }) => countOf(fills) !== 0);
  return { ...task, drafts: needed.map(withNumber) };
}

function withNumber(draft: Draft): Draft {
  const count = countOf(draft.fills);
  return count === null ? draft : { ...draft, why: `${draft.why} It changes ${rows(count)}.` };
}

function countOf(check: PreCheck | null): number | null {
  return check?.answer.kind === "count" ? check.answer.count : null;
}

function isRefused({ checks }: Draft): boolean {
  return checks.some((check) => (countOf(check) ?? 0) > 0);
}

function refusal({ drafts: [first] }: Task): string {
  const found = (first?.checks ?? []).flatMap((check) => {
    const count = countOf(check) ?? 0;
    return count === 0 ? [] : obstacle(check.counts, count);
  });
  return found.join(" ");
}

/** Rows are refused; what else is counted (views, foreign keys) would have to go first. */
function obstacle(counts: string, count: number): string {
  if (counts.startsWith("rows ")) return `${rows(count)} would violate this: ${counts}.`;
  return `PostgreSQL refuses it while there are ${counts}: ${count}.`;
}

function rows(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}
