/** A flow that is ready to run. */
import type { Flow } from "../model/flow.js";
import type { SuiteValues } from "./values.js";

export interface PlannedFlow {
  readonly application: string;
  /** search_path of SQL steps. */
  readonly schema: string;
  readonly flow: Flow;
  /** Flows that ran before this one and whose captures it sees. */
  readonly needs: readonly PlannedFlow[];
  readonly base: URL;
  /** Where its requests may go. */
  readonly origins: readonly string[];
  readonly values: SuiteValues;
  /** Whether cookies are kept. */
  readonly cookies: boolean;
}

/** Stands for an address that is not known: such a run never starts. */
export const NOWHERE = new URL("http://localhost");
