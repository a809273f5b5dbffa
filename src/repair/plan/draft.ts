/** Small constructors, so that a planner says only what is special about its statements. */
import { displayName, type QualifiedName } from "../../model/names.js";
import type { NotDone } from "../../model/repair.js";
import type { Gap } from "../../model/report.js";
import type { Draft, Phase, Planned, Task } from "./task.js";

export const NOT_DESCRIBED = "The contract does not describe it well enough to make it.";

export const NOTHING: Planned = { tasks: [], left: [] };

/** A statement in a transaction that takes a moment and has no dangers, unless `fields` says otherwise. */
export function draft(phase: Phase, statement: string, why: string, fields: Partial<Draft> = {}): Draft {
  return {
    ...{ phase, statement, why, transactional: true, alone: false, pace: "quick", hazards: [], table: null },
    ...{ checks: [], option: null, fills: null, undo: null, makes: [], needs: [] },
    ...fields,
  };
}

/** Of something that may take long and stands in nobody's way: a transaction of its own. */
export const PATIENT = { alone: true, pace: "patient" } as const;
/** Of what cannot run in a transaction block, and waits for others instead of holding them up. */
export const CONCURRENT = { transactional: false, alone: true, pace: "concurrent" } as const;

export function task(gaps: readonly Gap[], what: string, drafts: readonly Draft[]): Planned {
  const ids = gaps.map(({ id }) => id);
  const one: Task = { gaps: ids, what, drafts };
  return { tasks: drafts.length === 0 ? [] : [one], left: [] };
}

/** What people have to do themselves. `makes`: what others in the plan would need of it. */
export function leave(
  gaps: readonly Gap[],
  what: string,
  why: string,
  fields: Partial<NotDone> & { readonly makes?: readonly string[] } = {},
): Planned {
  const { makes = [], ...rest } = fields;
  const nothing = { statements: [], hazards: [], checks: [], option: null };
  return { tasks: [], left: [{ notDone: { gaps: gaps.map(({ id }) => id), what, why, ...nothing, ...rest }, makes }] };
}

export function together(...parts: readonly Planned[]): Planned {
  return { tasks: parts.flatMap(({ tasks }) => tasks), left: parts.flatMap(({ left }) => left) };
}

/** `public.users.email` */
export function columnText(table: QualifiedName, column: string): string {
  return `${displayName(table)}.${column}`;
}
