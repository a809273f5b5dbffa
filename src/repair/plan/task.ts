/** What the planners of single gaps give: statements that belong together, before they are ordered into one plan. */
import type { Hazard, NotDone, PreCheck, SqlStep, TableSize } from "../../model/repair.js";

/** In the order in which they run: what needs something stands behind what makes it. */
export const PHASES = [
  "rename",
  "extension",
  "schema",
  "early-function",
  "type",
  "sequence",
  "table",
  "loosen",
  "column",
  "fill",
  "not-null",
  "identity",
  "key",
  "index",
  "foreign-key",
  "validate",
  "function",
  "view",
  "trigger",
  "privilege",
] as const;
export type Phase = (typeof PHASES)[number];

/**
 * How long a statement may take. `quick`: it holds a lock that stands in the way of others, so it gives up soon.
 * `patient`: it works beside readers and writers, so only waiting for its lock is bounded. `concurrent`: not even that.
 */
export type Pace = "quick" | "patient" | "concurrent";

export interface Draft {
  readonly phase: Phase;
  /** With its semicolon. */
  readonly statement: string;
  readonly why: string;
  /** False: outside of a transaction block. */
  readonly transactional: boolean;
  /** A transaction of its own, because others would wait for the end of the neighbours' as well. */
  readonly alone: boolean;
  readonly pace: Pace;
  readonly hazards: readonly Hazard[];
  /** Null: none, or one that the plan makes. */
  readonly table: TableSize | null;
  readonly checks: readonly PreCheck[];
  /** What makes the plan do it although rows are in the way (`NotDone.option`). */
  readonly option: string | null;
  /** Of a back-fill: the question whose 0 says that nothing has to be filled. */
  readonly fills: PreCheck | null;
  readonly undo: string | null;
  /** Keys (needs.ts) of what is there after it, and of what has to be there before it. */
  readonly makes: readonly string[];
  readonly needs: readonly string[];
}

/** Statements that close some gaps together, in order: one that is not done takes those behind it with it. */
export interface Task {
  readonly gaps: readonly string[];
  /** For people: `NOT NULL on public.users.email`. */
  readonly what: string;
  readonly drafts: readonly Draft[];
}

/** What the plan leaves to people, with the keys of what therefore is not there. */
export interface Left {
  readonly notDone: NotDone;
  readonly makes: readonly string[];
}

export interface Planned {
  readonly tasks: readonly Task[];
  readonly left: readonly Left[];
}

/** The plan, with what it was put together from, so that answers can change it. */
export interface SqlPlan {
  readonly steps: readonly SqlStep[];
  readonly notDone: readonly NotDone[];
  readonly planned: Planned;
}
