/** Takes out what would fail because something that it needs is not made. */
import { unguarded } from "./guards.js";
import { readableKey } from "./needs.js";
import type { Draft, Left, Planned, Task } from "./task.js";

/** Until nothing in the plan needs what is left to people. */
export function withoutVain({ tasks, left }: Planned): Planned {
  const missing = new Set(left.flatMap(({ makes }) => makes));
  // What some other task makes is there after all.
  const split = tasks.map((task) =>
    splitAt(
      task,
      task.drafts.findIndex(({ needs }) => needs.some((key) => missing.has(key))),
    ),
  );
  const taken = split.flatMap(({ taken }) => (taken === null ? [] : [taken]));
  if (taken.length === 0) return { tasks, left };
  const vain = taken.map((task) => leftOf(task, becauseOf(task, missing)));
  return withoutVain({ tasks: split.flatMap(({ kept }) => kept), left: [...left, ...vain] });
}

interface Split {
  readonly kept: readonly Task[];
  readonly taken: Task | null;
}

/** What stands before `at` stays; -1: everything stays. */
export function splitAt(task: Task, at: number): Split {
  if (at < 0) return { kept: [task], taken: null };
  const kept = task.drafts.slice(0, at);
  return {
    kept: kept.length === 0 ? [] : [{ ...task, drafts: kept }],
    taken: { ...task, drafts: task.drafts.slice(at) },
  };
}

function becauseOf({ drafts }: Task, missing: ReadonlySet<string>): string {
  const needed = drafts.flatMap(({ needs }) => needs.filter((key) => missing.has(key)));
  const names = [...new Set(needed.map(readableKey))].join(", ");
  return `It needs ${names}, which the plan leaves to you.`;
}

/** A task as something for people to do. */
export function leftOf({ gaps, what, drafts }: Task, why: string): Left {
  const all = <T>(of: (draft: Draft) => readonly T[]) => drafts.flatMap(of);
  return {
    notDone: {
      ...{ gaps, what, why },
      statements: drafts.map(({ statement }) => unguarded(statement)),
      hazards: distinct(all(({ hazards }) => hazards)),
      checks: distinct(all(({ checks }) => checks)),
      option: drafts.find(({ option }) => option !== null)?.option ?? null,
    },
    makes: all(({ makes }) => makes),
  };
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
