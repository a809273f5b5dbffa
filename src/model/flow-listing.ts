/** What a run would do, without doing it: for `smoke --list` and `smoke --dry-run`. */
import type { StepPlace } from "./report.js";

export interface FlowListing {
  readonly application: string;
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** Flows that run first. */
  readonly needs: readonly string[];
  /** Where its requests go; null when nothing says so yet. */
  readonly baseUrl: string | null;
  readonly steps: readonly StepListing[];
}

export interface StepListing {
  readonly id: string;
  readonly title: string;
  readonly feature: string | null;
  readonly tags: readonly string[];
  /** Steps of the flow that must have passed. */
  readonly needs: readonly string[];
  /** `POST /api/projects`, or the statement of an SQL step; values that only the run will know as `{{name}}`. */
  readonly does: string;
  /** What its clean-up removes. */
  readonly creates: readonly string[];
  readonly place: StepPlace | null;
}
