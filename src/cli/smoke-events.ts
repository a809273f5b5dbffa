/** Where the events of a run go while it runs: to who watches, and to the outputs that want each of them at once. */
import { closeSync, openSync, writeSync } from "node:fs";
import { colourMode, type Flags, type SmokeSettings } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Report } from "../model/report.js";
import type { SmokeEvent } from "../model/smoke-event.js";
import { displaySafe, ndjsonLine } from "../report/index.js";
import { describeSmokeEvent, explainEvents } from "../smoke/index.js";
import type { CliIo } from "./io.js";
import { createLiveProgress, type LiveProgress, paintOutcome } from "./live-progress.js";
import { coloured } from "./outputs.js";

export interface EventSinks {
  readonly onEvent: (event: SmokeEvent) => void;
  close(): void;
}

/**
 * @param report what the failures are explained by
 * @throws SchemareadyError OUTPUT_FILE when a file of events cannot be written, also from `onEvent`
 */
export function createEventSinks(
  { quiet, outputs }: Pick<SmokeSettings, "quiet" | "outputs">,
  report: Report,
  flags: Flags,
  io: CliIo,
): EventSinks {
  const explain = explainEvents(report);
  const streams = outputs.filter(({ format }) => format === "ndjson").map(({ path }) => lineWriter(path, io));
  const progress = quiet ? null : progressFor(streams.length > 0, flags, io);
  return {
    onEvent: (event) => {
      const explained = explain(event);
      for (const stream of streams) stream.write(ndjsonLine(explained));
      progress?.onEvent(explained);
    },
    close: () => {
      progress?.stop();
      for (const stream of streams) stream.close();
    },
  };
}

/** No spinner where another stream writes to the same screen. */
function progressFor(hasStreams: boolean, flags: Flags, io: CliIo): LiveProgress {
  const colour = coloured(io.stderr, colourMode(flags["color"], io.environment));
  const isScreen = io.stderr.isTTY && io.environment["TERM"] !== "dumb";
  if (isScreen && !(hasStreams && io.stdout.isTTY)) return createLiveProgress(io.stderr, { colour });
  return { onEvent: (event) => writePlain(event, colour, io), stop: () => {} };
}

/** In a job's log: how each step ended, each on its line. */
function writePlain(event: SmokeEvent, colour: boolean, { stderr }: CliIo): void {
  if (event.kind !== "step-end" && event.kind !== "cleanup-step") return;
  stderr.write(`${paintOutcome(displaySafe(describeSmokeEvent(event)), colour)}\n`);
}

interface LineWriter {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** Each line is in the file when `write` returns: a reader that follows it sees what a killed run has done. */
function lineWriter(path: string | null, { stdout }: CliIo): LineWriter {
  if (path === null) return { write: (line) => stdout.write(line), close: () => {} };
  const file = orOutputError(path, () => openSync(path, "w"));
  return {
    write: (line) => void orOutputError(path, () => writeSync(file, line)),
    close: () => closeSync(file),
  };
}

function orOutputError<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SchemareadyError("OUTPUT_FILE", `The events could not be written to ${path}: ${reason}.`, {
      cause: error,
    });
  }
}
