/** The baseline: which gaps are accepted, and where to write those of today. */
import { resolve } from "node:path";
import { targetProblem } from "./output-target.js";
import type { SettingReader } from "./reader.js";

export interface BaselineSettings {
  /** As it was given; null: nothing is accepted. */
  readonly baseline: string | null;
  /** Absolute path; null: nothing is written. */
  readonly writeBaseline: string | null;
}

/** A baseline of some features would lose the entries of all others, so it is not written. */
export function readBaselineSettings(reader: SettingReader, directory: string): BaselineSettings {
  const path = reader.one("writeBaseline");
  const writeBaseline = path === null ? null : resolve(directory, path);
  const place = "--write-baseline";
  const problem = writeBaseline === null ? null : targetProblem(writeBaseline);
  if (problem !== null) reader.problems.push({ place, message: problem });
  if (writeBaseline !== null && reader.many("feature").length > 0) {
    reader.problems.push({ place, message: "stands beside --feature: a baseline holds the gaps of everything" });
  }
  return { baseline: reader.one("baseline"), writeBaseline };
}
