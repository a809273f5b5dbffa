import type { LintResult } from "../../model/lint.js";
import type { ReporterOptions } from "../reporter.js";

export interface LintReporterOptions extends ReporterOptions {
  /** Print notes too; JSON always has them. */
  readonly notes: boolean;
}

/** A pure function from what lint found to text. */
export type LintReporter = (result: LintResult, options: LintReporterOptions) => string;

/** Where a file of the directory is, from where the directory was named: `prisma/migrations/1_a/migration.sql`. */
export function pathOf({ directory }: Pick<LintResult, "directory">, file: string | null): string {
  const folder = directory
    .replaceAll("\\", "/")
    .replace(/\/+$/, "")
    .replace(/^(?:\.\/+)+/, "");
  const isHere = folder === "" || folder === ".";
  if (file === null) return isHere ? "." : folder;
  return isHere ? file : `${folder}/${file}`;
}
