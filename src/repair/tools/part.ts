/** A part of the command plan: what is for one record table. */
import { groupBy } from "../../model/group.js";
import type { NotDone, RepairStep } from "../../model/repair.js";
import type { CommandPlan } from "../command-plan.js";

export const NOTHING: CommandPlan = { first: [], last: [], brings: new Set(), notDone: [], toSee: [] };

/** What brings is told by the steps themselves: the gaps that they help to close. */
export function part(fields: Partial<Omit<CommandPlan, "brings">>): CommandPlan {
  const { first = [], last = [] } = fields;
  const brings = new Set([...first, ...last].flatMap((step) => (changes(step) ? step.gaps : [])));
  return { ...NOTHING, ...fields, brings };
}

function changes(step: CommandPlan["first"][number]): boolean {
  return step.kind === "command" && step.effect.kind !== "look";
}

export function together(parts: readonly CommandPlan[]): CommandPlan {
  return {
    first: askedOnce(parts.flatMap(({ first }) => first)),
    last: parts.flatMap(({ last }) => last),
    brings: new Set(parts.flatMap(({ brings }) => [...brings])),
    notDone: parts.flatMap(({ notDone }) => notDone),
    toSee: parts.flatMap(({ toSee }) => toSee),
  };
}

/** The same question for several migrations, or for several record tables, is asked once. */
export function askedOnce(steps: readonly RepairStep[]): RepairStep[] {
  const same = [...groupBy(steps, ({ id }) => id).values()];
  return same.flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    return { ...first, why: [...new Set([first, ...others].map(({ why }) => why))].join(" ") };
  });
}

/** Something about the record that is left to people. */
export function notDone(
  gaps: readonly string[],
  what: string,
  why: string,
  statements: readonly string[] = [],
): NotDone {
  return { gaps, what, why, statements, hazards: [], checks: [], option: null };
}
