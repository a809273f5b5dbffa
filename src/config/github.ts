/** What GitHub Actions tells the steps of its jobs (https://docs.github.com/en/actions/reference/workflows-and-actions/variables). */
import type { Environment } from "./environment.js";

export interface GithubActions {
  /** Whether the log is read by its runner, which obeys commands in it. */
  readonly active: boolean;
  /** File that the job's summary is appended to; null: there is none. */
  readonly stepSummary: string | null;
}

export function githubActions(environment: Environment): GithubActions {
  return {
    active: environment["GITHUB_ACTIONS"] === "true",
    stepSummary: environment["GITHUB_STEP_SUMMARY"] || null,
  };
}
