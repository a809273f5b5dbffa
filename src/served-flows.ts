/** The flows that the service runs: from its configuration, explained by its newest report. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventLogger, StartSmoke } from "./http/index.js";
import type { Report } from "./model/report.js";
import { attribute, explainEvents, RUN_FILE_DIRECTORY, runSmoke, type SmokeInput } from "./smoke/index.js";

/** Everything but what a request may choose. */
export type ServedFlows = Omit<SmokeInput, "only" | "tags" | "signal" | "onEvent" | "runFile"> & {
  /** Where run files go first. */
  readonly directory: string;
};

/** @param report the newest one; null: failures are not explained */
export function startFlows(
  { directory, ...flows }: ServedFlows,
  report: () => Report | null,
  logger: EventLogger,
): StartSmoke {
  const runFile = {
    paths: (runId: string) => [
      join(directory, RUN_FILE_DIRECTORY, `smoke-${runId}.jsonl`),
      join(tmpdir(), `schemaready-smoke-${runId}.jsonl`),
    ],
    onOpen: (path: string) => logger.info({ event: "run-file", path }, "what a smoke run creates is listed here"),
    onProblem: (message: string) =>
      logger.warn({ event: "run-file", problem: message }, "the run file could not be written"),
  };
  return async ({ only, tags, signal, onEvent }) => {
    const known = report();
    const explain = known === null ? null : explainEvents(known);
    const listener: SmokeInput["onEvent"] = (event) => onEvent(explain === null ? event : explain(event));
    const result = await runSmoke({ ...flows, only, tags, signal, runFile, onEvent: listener });
    return known === null ? result : attribute(result, known);
  };
}
