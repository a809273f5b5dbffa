/** `--baseline` and `--write-baseline`. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { acceptGaps, type Baseline, baselineOf, parseBaseline, printBaseline } from "../baseline/index.js";
import type { BaselineSettings } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Report } from "../model/report.js";
import { displaySafe } from "../report/index.js";
import type { CliIo } from "./io.js";
import { writeWhole } from "./outputs.js";
import { shownPath } from "./shown-path.js";

export interface PreparedBaseline {
  /** The report beside the baseline that was given. */
  accept(report: Report): Report;
  /** The same at the end; a baseline that was asked for is written, and holds from then on. */
  finish(report: Report): Promise<Report>;
}

/**
 * Reads the baseline, before anything is looked at.
 * @throws SchemareadyError BASELINE_FILE
 */
export function prepareBaseline(
  settings: BaselineSettings & { readonly features: readonly string[]; readonly quiet: boolean },
  io: CliIo,
): PreparedBaseline {
  const { baseline: path, writeBaseline, features } = settings;
  const given = path === null ? null : readBaseline(resolve(io.directory, path), path);
  const accept = (report: Report) => (given === null ? report : acceptGaps(report, given, features.length === 0));
  return {
    accept,
    finish: async (report) => {
      const written = writeBaseline === null ? null : await write(report, writeBaseline, given, settings, io);
      return written === null ? accept(report) : acceptGaps(report, written);
    },
  };
}

/** What could not be looked at cannot be accepted, and a list without it would look complete. */
async function write(
  report: Report,
  path: string,
  given: Baseline | null,
  { quiet }: { readonly quiet: boolean },
  io: CliIo,
): Promise<Baseline | null> {
  const shown = shownPath(path, io.directory);
  const say = (text: string) => io.stderr.write(`${displaySafe(text)}\n`);
  if (report.unverified.length > 0) {
    say(`the baseline ${shown} was not written: a part of the schema could not be looked at`);
    return null;
  }
  const baseline = baselineOf(report, given ?? earlierAt(path));
  await writeWhole(path, printBaseline(baseline), "baseline");
  if (!quiet)
    say(`wrote ${shown}: ${baseline.gaps.length === 1 ? "one gap is" : `${baseline.gaps.length} gaps are`} accepted`);
  return baseline;
}

/** Of the file that is replaced only the notes are wanted; one that cannot be read has none. */
function earlierAt(path: string): Baseline | null {
  try {
    return parseBaseline(readFileSync(path, "utf8"), path);
  } catch {
    return null;
  }
}

function readBaseline(path: string, shown: string): Baseline {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SchemareadyError("BASELINE_FILE", `${shown} cannot be read: ${reason}.`, { cause: error });
  }
  return parseBaseline(text, shown);
}
