/** What PostgreSQL refused in the replay, as findings. Pure. */
import type { LintCode, LintFinding } from "../model/lint.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import { excerptOf } from "./excerpt.js";

const FIXES: Readonly<Record<LintCode, string>> = {
  NO_MIGRATION_CREATES_IT: "Put a migration in front that creates what was there before the first one (a baseline).",
  DEPENDENCY_ORDER:
    "Let what creates the object come first: move the statement, or rename the migration so that it sorts earlier.",
  ORDER_DIFFERS: "Rename one of the two migrations so that both orders agree.",
  DUPLICATE_OBJECT: "Take the object out of one of the two, or guard the second one.",
  NEEDS_ROLE: "Create the role before the migrations run, or only where it is missing.",
  NEEDS_EXTENSION:
    "Create the extension in an earlier migration; if the throwaway server lacks it, give one that has it: --scratch-url URL.",
  NEEDS_SCHEMA: "Create the schema in an earlier migration (CREATE SCHEMA IF NOT EXISTS), or name it with --schema.",
  NOT_IN_TRANSACTION: "Give the statement a migration of its own that runs outside of a transaction.",
  NEEDS_SUPERUSER:
    "Leave it to whoever sets up the server; or replay on a server whose role may do it: --scratch-url URL, for migrations that you trust.",
  RESOURCE_LIMIT:
    "Take what computes, waits or fills tables out of the migrations, or replay on your own server: --scratch-url URL.",
  STATEMENT_FAILED: "Correct the statement, so that the migrations run in order on an empty database.",
};

/** One finding for each refused script; the diagnosis says why. */
export function lintRefused(refused: readonly ReplayFailure[]): LintFinding[] {
  return refused.map(({ migration, file, line, statement, sqlstate, message, code, diagnosis }) => ({
    code,
    severity: "error",
    ...{ migration, file, line, sqlstate },
    statement: statement === null ? null : excerptOf(statement),
    message: `PostgreSQL says: ${message} (${sqlstate})`,
    why: diagnosis,
    fix: FIXES[code],
    hazards: [],
  }));
}

/**
 * Where the server was asked, its word counts: a script that it took has no syntax error, and what it refused is not
 * said twice.
 */
export function withoutRepetition(findings: readonly LintFinding[], refused: readonly LintFinding[]): LintFinding[] {
  const files = new Set(refused.map(({ file }) => file));
  const isSaid = ({ code, file, line }: LintFinding) =>
    refused.some((each) => each.file === file && each.code === code && (each.line === line || each.line === null));
  return findings.flatMap((finding): LintFinding[] => {
    if (isSaid(finding)) return [];
    if (finding.code !== "SYNTAX_ERROR") return [finding];
    if (files.has(finding.file)) return [];
    const why =
      "The throwaway PostgreSQL took the migration, so it is no error there; what the statement does was not looked at.";
    return [{ ...finding, severity: "note", why }];
  });
}
