/** Directory of migrations -> findings: what does not work, what can hurt, what is odd. It reads text and runs nothing. */

import type { LintFinding } from "../model/lint.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import type { Grammar } from "../sql/index.js";
import { lintDirectoryFiles } from "./directory.js";
import { type KnownMigration, lintAgainst, newNames } from "./previous.js";
import { lintRefused, withoutRepetition } from "./replayed.js";
import { lintStatements } from "./statements.js";

export type { KnownMigration } from "./previous.js";

export interface LintInput {
  readonly directory: MigrationDirectory;
  readonly grammar: Grammar;
  /** Schema of names that are written without one. */
  readonly schema: string;
  /** The files of the directory as a contract would remember them, and as an earlier one does; null: there is none. */
  readonly files: readonly KnownMigration[];
  readonly known: readonly KnownMigration[] | null;
  /** Look at the statements of known migrations too. */
  readonly everything: boolean;
  /** What the throwaway server refused; null: nothing was replayed. */
  readonly refused: readonly ReplayFailure[] | null;
}

export interface Linted {
  readonly findings: readonly LintFinding[];
  /** How many migrations the earlier contract does not know; null without one. */
  readonly newMigrations: number | null;
}

/** Every finding, by migration in the order in which they run, then by line. The same input gives the same list. */
export function lintMigrations(input: LintInput): Linted {
  const { directory, grammar, schema, files, known, everything, refused } = input;
  const fresh = known === null ? null : newNames(files, known);
  const positions = [...directory.scripts.keys()];
  const pending =
    fresh === null ? null : new Set(positions.filter((at) => fresh.has(directory.scripts[at]?.name ?? "")));
  const asked = pending === null || everything ? new Set(positions) : pending;
  const refusals = lintRefused(refused ?? []);
  const statements = lintStatements({ directory, grammar, home: schema, pending, asked });
  const findings = [
    ...lintDirectoryFiles(directory),
    ...(known === null ? [] : lintAgainst(directory, files, known)),
    ...(refused === null ? statements : withoutRepetition(statements, refusals)),
    ...refusals,
  ];
  return { findings: inOrder(directory, findings), newMigrations: fresh?.size ?? null };
}

function inOrder({ scripts }: MigrationDirectory, findings: readonly LintFinding[]): LintFinding[] {
  const positions = new Map(scripts.map(({ name }, index) => [name, index]));
  const position = ({ migration }: LintFinding) => (migration === null ? -1 : (positions.get(migration) ?? -1));
  const keyed = findings.map((finding, at) => ({ finding, at, position: position(finding) }));
  return keyed
    .sort((a, b) => a.position - b.position || (a.finding.line ?? 0) - (b.finding.line ?? 0) || a.at - b.at)
    .map(({ finding }) => finding);
}
