/** Where the formats of a command go. */
import { resolve } from "node:path";
import { targetProblem } from "./output-target.js";
import type { SettingReader } from "./reader.js";
import type { Output } from "./values.js";

/**
 * At most one format for stdout, each file once, and every file can be written: everything else is a problem of the
 * reader. Without any, text on stdout. Paths become absolute.
 */
export function readOutputs<Format extends string>(
  reader: SettingReader,
  directory: string,
  outputs: readonly Output<Format | "text">[],
): Output<Format | "text">[] {
  if (outputs.filter(({ path }) => path === null).length > 1) {
    reader.problems.push({
      place: "--format",
      message: "two formats for stdout: write one of them to a file with =PATH",
    });
  }
  const files = outputs.flatMap(({ path }) => (path === null ? [] : [resolve(directory, path)]));
  for (const file of files) {
    const problem = targetProblem(file);
    if (problem === null) continue;
    const placed = { place: "--format", message: problem };
    reader.problems.push(placed);
    reader.fileProblems.add(placed);
  }
  if (new Set(files).size < files.length) {
    reader.problems.push({ place: "--format", message: "two formats for the same file" });
  }
  if (outputs.length === 0) return [{ format: "text", path: null }];
  return outputs.map(({ format, path }) => ({ format, path: path === null ? null : resolve(directory, path) }));
}
