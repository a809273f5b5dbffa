/** The run file of a smoke run, and the one to clean up by. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { targetProblem } from "./output-target.js";
import type { SettingReader } from "./reader.js";

export interface RunFileSettings {
  /** Absolute path; null: the default place. */
  readonly runFile: string | null;
  /** Absolute path of the run file to clean up by; null: a run. */
  readonly cleanupOnly: string | null;
}

/** A run file is never written over: it is the only list of what an earlier run has left behind. */
export function readRunFiles(reader: SettingReader, directory: string): RunFileSettings {
  const cleanupOnly = reader.one("cleanupOnly");
  if (cleanupOnly !== null) return { runFile: null, cleanupOnly: resolve(directory, cleanupOnly) };
  const [given] = reader.given("runFile");
  const path = reader.one("runFile");
  if (path === null || given === undefined) return { runFile: null, cleanupOnly: null };
  const file = resolve(directory, path);
  const problem = existsSync(file)
    ? `${path} is there already: an earlier run has not cleaned up. Run \`schemaready smoke --cleanup-only ${path}\` first`
    : targetProblem(file);
  if (problem !== null) reader.problems.push({ place: given.place, message: problem });
  return { runFile: file, cleanupOnly: null };
}
