/** Whether this process may get traffic. The schema's state is another question, unless the operator says otherwise. */
import type { Refresher } from "./refresher.js";

export type ReadyRequirement =
  /** The first verification has finished, whatever it said. */
  | "verification"
  /** Also hold a new replica back until the schema fits it; from then on it stays ready. */
  | "schema";

export type ReadyState = "starting" | "waiting-for-schema" | "ready" | "draining";

export interface Readiness {
  state(): ReadyState;
  /** From now on not ready: the service is about to stop. */
  drain(): void;
}

/**
 * Makes the readiness of one service. It never goes back from ready because of the database: every replica sees the
 * same one, so a load balancer would take them all out at once.
 */
export function createReadiness(refresher: Refresher, requires: ReadyRequirement = "verification"): Readiness {
  let draining = false;
  let fitted = false;
  refresher.onChange(({ to }) => {
    fitted ||= to === "pass" || to === "warn";
  });
  return {
    state: () => {
      if (draining) return "draining";
      if (refresher.current().state === "starting") return "starting";
      return requires === "verification" || fitted ? "ready" : "waiting-for-schema";
    },
    drain: () => {
      draining = true;
    },
  };
}
