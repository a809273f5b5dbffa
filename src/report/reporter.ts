import type { Report } from "../model/report.js";

export interface ReporterOptions {
  /** ANSI colours: only for a terminal that wants them. */
  readonly colour: boolean;
  /** Columns that text may use; machine formats ignore it. */
  readonly width: number;
  /** A word that nobody can guess, for formats that must mark where foreign text ends; without one they show none. */
  readonly nonce?: string | undefined;
}

/** A pure function from report to text; whoever calls it decides where the text goes and what the exit code is. */
export type Reporter = (report: Report, options: ReporterOptions) => string;
