/** One loaded check file: its content, its names, and the way back to the place of everything in it. */
import type { Locate, Path, PlacedProblem } from "./load/place.js";
import type { FileNames } from "./names.js";
import type { CheckFileContent } from "./schema/check-file.js";

export interface CheckFile {
  /** As given on the command line, for messages; never part of the contract. */
  readonly path: string;
  readonly content: CheckFileContent;
  /** What the file defines. */
  readonly names: FileNames;
  /** What its features may name: also the relations and columns of the schema that the check files are joined with. */
  readonly known: FileNames;
  /** Migrations that features may name besides those that the file requires. */
  readonly knownMigrations: readonly string[];
  readonly locate: Locate;
}

/** What the checks of one file share. */
export interface FileCheck {
  readonly file: CheckFile;
  /** False where something was wrong with the structure: then a name that is not there may only be misspelt there. */
  readonly trusted: (path: Path) => boolean;
  readonly report: (path: Path, message: string, part?: "key" | "value") => void;
}

/** @param untrusted paths at which the structure was wrong */
export function startCheck(file: CheckFile, untrusted: readonly Path[]): FileCheck & { problems: PlacedProblem[] } {
  const problems: PlacedProblem[] = [];
  return {
    file,
    problems,
    trusted: (path) => !untrusted.some((other) => isWithin(path, other) || isWithin(other, path)),
    report: (path, message, part = "value") => {
      problems.push({ place: file.locate(path, part), message });
    },
  };
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((segment, i) => path[i] === segment);
}
