/** One loaded check file: its content, its names, and the way back to the place of everything in it. */

import { didYouMean } from "../model/suggest.js";
import { type Locate, type Path, PathSet, type PlacedProblem } from "./load/place.js";
import type { FileNames } from "./names.js";
import type { CheckFileContent } from "./schema/check-file.js";
import type { Attachments } from "./smoke/attachments.js";

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
  /** Files that its flows send or take rows from. */
  readonly attachments: Attachments;
  readonly locate: Locate;
}

/** What the checks of one file share. */
export interface FileCheck {
  readonly file: CheckFile;
  /** False where something was wrong with the structure: then a name that is not there may only be misspelt there. */
  readonly trusted: (path: Path) => boolean;
  /** didYouMean, for the first 200 names that are asked for: a file of nothing but wrong names would take minutes. */
  readonly suggest: (word: string, candidates: Iterable<string>) => string;
  readonly report: (path: Path, message: string, part?: "key" | "value") => void;
  /** What the author should know although the file can be used. */
  readonly warn: (path: Path, message: string) => void;
}

const MOST_SUGGESTIONS = 200;

/** @param untrusted paths at which the structure was wrong */
export function startCheck(
  file: CheckFile,
  untrusted: readonly Path[],
): FileCheck & { readonly problems: PlacedProblem[]; readonly warnings: PlacedProblem[] } {
  const problems: PlacedProblem[] = [];
  const warnings: PlacedProblem[] = [];
  let suggestions = 0;
  const wrong = new PathSet(untrusted);
  return {
    file,
    problems,
    warnings,
    warn: (path, message) => {
      warnings.push({ place: file.locate(path), message });
    },
    trusted: (path) => !wrong.hasWithin(path) && !wrong.hasAround(path),
    suggest: (word, candidates) => (suggestions++ < MOST_SUGGESTIONS ? didYouMean(word, candidates) : ""),
    report: (path, message, part = "value") => {
      problems.push({ place: file.locate(path, part), message });
    },
  };
}
