/** Paths that a person gives -> texts. A directory stands for its *.yaml and *.yml files, not for what is below. */
import { constants } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
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

const MAX_BYTES = 512 * 1024;

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
    const named = entries.filter((entry) => /\.ya?ml$/i.test(entry.name) && !entry.name.startsWith("."));
    const paths = named.filter((entry) => !entry.isDirectory()).map(({ name }) => path.join(given, name));
    if (paths.length === 0)
      return { paths, problems: [problem(given, "the directory has no check files (*.yaml, *.yml)")] };
    const inside = await Promise.all(paths.sort().map((file) => leadsOut(given, file)));
    return {
      paths: paths.filter((_, i) => inside[i] !== true),
      problems: paths.filter((_, i) => inside[i] === true).map((file) => problem(file, LEADS_OUT)),
    };
  } catch (error) {
    return { paths: [], problems: [problem(given, describe(error))] };
  }
}

const LEADS_OUT = "the symbolic link leads out of the directory: give the file itself, if it is meant";

/** Whoever may write into the directory chooses what is read. A link that leads nowhere is told when it is read. */
async function leadsOut(directory: string, file: string): Promise<boolean> {
  try {
    const within = path.relative(await realpath(directory), await realpath(file));
    return within === ".." || within.startsWith(`..${path.sep}`) || path.isAbsolute(within);
  } catch {
    return false;
  }
}

/** Not to wait for somebody who writes into a pipe; Windows has no such flag and no such pipes. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function readText(file: string): Promise<string | PlacedProblem> {
  try {
    const handle = await open(file, OPEN_FLAGS);
    try {
      if (!(await handle.stat()).isFile())
        return problem(file, "this is not a regular file (a pipe, a socket, a device)");
      const chunks: Buffer[] = [];
      // Not stat().size: files of /proc have none.
      for await (const chunk of handle.createReadStream({ end: MAX_BYTES, autoClose: false }))
        chunks.push(chunk as Buffer);
      const bytes = Buffer.concat(chunks);
      if (bytes.length > MAX_BYTES) return problem(file, "the file is larger than 512 KiB");
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } finally {
      await handle.close();
    }
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
  ENXIO: "this is not a regular file (a pipe, a socket, a device)",
  EISDIR: "this is a directory",
  ELOOP: "the symbolic links lead in a circle",
};

function problem(file: string, message: string): PlacedProblem {
  return { place: { file, line: 0, column: 0 }, message };
}
