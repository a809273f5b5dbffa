import type { Report } from "../../model/report.js";

/** The verdict that an answer is made from: the Report, or why there is none, and how far it can be trusted. */
export interface HeldVerdict {
  /**
   * starting: no attempt has finished. current: as it should be. damped: the newest attempt could not look, an older
   * definite verdict stands in. late: the next verification is overdue. expired: too old to say anything.
   */
  readonly state: "starting" | "current" | "damped" | "late" | "expired";
  readonly report: Report | null;
  /** An attempt that gave no report. */
  readonly failure: HealthFailure | null;
  /** Milliseconds since the verification behind the verdict began to look. */
  readonly ageMs: number | null;
}

export interface HealthFailure {
  /** deadline: took too long. error: threw, which is a bug. stopped: the service is shutting down. */
  readonly reason: "deadline" | "error" | "stopped";
  /** For people with access to details; holds no secret. */
  readonly message: string;
}
