/** Paths that a person gives -> texts. A directory stands for its *.yaml and *.yml files, not for what is below. */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { PlacedProblem } from "./place.js";

export interface SourceFile {
  /** As it will be shown: the path as given, or the directory as given and the file's name. */
  readonly path: string;
  readonly text: string;
}

export interface SourceFiles {
  readonly files: readonly SourceFile[];
  readonly problems: readonly PlacedProblem[];
}

const MAX_BYTES = 4 * 1024 * 1024;

/** Reads every file once, however often it is named. Never throws for what is on the disk: each trouble is a problem. */
export async function readCheckFiles(pathsOrDirectories: readonly string[]): Promise<SourceFiles> {
  const files: SourceFile[] = [];
  const problems: PlacedProblem[] = [];
  const seen = new Set<string>();
  if (pathsOrDirectories.length === 0) problems.push(problem("(check files)", "no check file or directory was given"));
  for (const given of pathsOrDirectories) {
    const found = await filesAt(given);
    problems.push(...found.problems);
    for (const file of found.paths) {
      if (seen.has(path.resolve(file))) continue;
      seen.add(path.resolve(file));
      const result = await readText(file);
      if (typeof result === "string") files.push({ path: file, text: result });
      else problems.push(result);
    }
  }
  return { files, problems };
}

async function filesAt(given: string): Promise<{ paths: string[]; problems: PlacedProblem[] }> {
  try {
    if (!(await stat(given)).isDirectory()) return { paths: [given], problems: [] };
    const entries = await readdir(given, { withFileTypes: true });
    const named = entries.filter(({ name }) => /\.ya?ml$/i.test(name) && !name.startsWith("."));
    const paths = named.filter((entry) => !entry.isDirectory()).map(({ name }) => path.join(given, name));
    if (paths.length > 0) return { paths: paths.sort(), problems: [] };
    return { paths: [], problems: [problem(given, "the directory has no check files (*.yaml, *.yml)")] };
  } catch (error) {
    return { paths: [], problems: [problem(given, describe(error))] };
  }
}

async function readText(file: string): Promise<string | PlacedProblem> {
  try {
    const chunks: Buffer[] = [];
    // Not stat().size: a pipe or a device has none, and must not fill the memory either.
    for await (const chunk of createReadStream(file, { end: MAX_BYTES })) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    if (bytes.length > MAX_BYTES) return problem(file, "the file is larger than 4 MiB");
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    return problem(file, describe(error));
  }
}

function describe(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "the file is not UTF-8 text";
  return SYSTEM_ERRORS[code] ?? `the file cannot be read (${code || String(error)})`;
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or directory",
  EACCES: "the file may not be read (permission denied)",
  EPERM: "the file may not be read (permission denied)",
  EISDIR: "this is a directory",
  ELOOP: "the symbolic links lead in a circle",
};

function problem(file: string, message: string): PlacedProblem {
  return { place: { file, line: 1, column: 1 }, message };
}
