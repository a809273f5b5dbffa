/** Whether a report could be written to a file; asked before anything runs, not after a minute of work. */
import { accessSync, constants, realpathSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Why no report could be written to this file, or null. A file is replaced by moving another one into its place, so
 * what counts is the directory that it really is in; a device or a pipe is written to as it is.
 */
export function targetProblem(file: string): string | null {
  const folder = dirname(file);
  try {
    const found = statsOf(folder);
    if (found === null) return `the directory of ${file} does not exist`;
    if (!found.isDirectory()) return `${folder} is not a directory`;
    const target = statsOf(file);
    if (target?.isDirectory() === true) return `${file} is a directory`;
    if (target === null || target.isFile()) {
      accessSync(target === null ? folder : dirname(realpathSync(file)), constants.W_OK | constants.X_OK);
    } else accessSync(file, constants.W_OK);
    return null;
  } catch (error) {
    return `${file} cannot be written: ${reasonOf(error)}`;
  }
}

/** Null when there is no such file; also below something that is no directory. */
function statsOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied (EACCES)",
  EPERM: "permission denied (EPERM)",
  EROFS: "the file system is read-only (EROFS)",
  ELOOP: "the symbolic links lead in a circle (ELOOP)",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (code === "" ? String(error) : code);
}
