/**
 * MIGRATION_CANNOT_APPLY: a migration that waits was run on a copy of the database's schema, and PostgreSQL refused it.
 * So it would refuse it here, and what comes after it stays out as well. Its gaps are not told a second time as pending,
 * failed or rolled back: ledger.ts keeps these migrations apart.
 */

import type { ReplayFailure } from "../../model/replay-failure.js";
import type { Confidence, Migration } from "../../model/report.js";
import { toolWords } from "../../model/tools.js";
import type { Trial } from "../../model/trial.js";
import { explain } from "../explain.js";
import { gapsOf, type Ledger, standing } from "../ledger.js";
import type { Evidence, Explanation, Facts } from "../rule.js";
import { nameMigrations, onTime, rowEvidence } from "../text.js";
import { sourceOfTrial } from "../trial.js";

export function migrationCannotApply({ ledgers }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) => {
    const { trial } = ledger;
    const { doomed } = standing(ledger);
    const [first] = doomed;
    if (trial?.result.kind !== "failed" || first === undefined) return [];
    const { failure } = trial.result;
    return explain({
      code: "MIGRATION_CANNOT_APPLY",
      ledger,
      key: [failure.migration],
      message: message(first, doomed.slice(1), failure),
      short: `migration ${failure.migration} cannot be applied`,
      evidence: [...trialFacts(trial, failure), ...rowEvidence(ledger, doomed), ...blockade(ledger, first)],
      known: gapsOf(ledger.brought, doomed),
      maybe: ledger.unattributed,
      confidence: confidence(ledger),
      restates: gapsOf(ledger.restated, doomed),
    });
  });
}

/** With what would fail it is one thing that is wrong; beside anything else, who knows. */
function confidence(ledger: Ledger): Confidence {
  const { blockers, pending, running, rolledBack, recorded, forged } = standing(ledger);
  const isOnly = [blockers, pending, running, rolledBack, recorded, forged].every(({ length }) => length === 0);
  return isOnly && !ledger.namesOrigins ? "likely" : "possible";
}

function message(
  first: Migration,
  behind: readonly Migration[],
  { file, line, message: said, sqlstate }: ReplayFailure,
) {
  const place = line === null ? file : `${file}:${line}`;
  const waits = behind.length === 0 ? "" : `; ${nameMigrations(behind)} would not come in after it`;
  return `Migration ${first.name} ${standingOf(first)} would fail: ${said} (${sqlstate}), at ${place}${waits}.`;
}

function standingOf({ status, startedAt, finishedAt }: Migration): string {
  if (status === "failed") return `failed${onTime(startedAt ?? finishedAt)}, and running it again now`;
  if (status === "rolled-back") return "was rolled back, and running it again now";
  return "is pending, and running it now";
}

/** A failed row holds up every deploy even when the migration has been corrected. */
function blockade({ tool }: Ledger, { blocks }: Migration): Evidence {
  const { title, afterFailure } = toolWords(tool);
  return blocks ? [{ fact: afterFailure, source: title }] : [];
}

const DUPLICATE = ["42P07", "42701", "42710", "42723", "42P06"];
const MISSING = ["42P01", "42703", "42704", "42883", "3F000"];
/** What these say of the scripts holds for any database. */
const SAID_OF_SCRIPTS = ["DEPENDENCY_ORDER", "ORDER_DIFFERS", "NOT_IN_TRANSACTION"];

function trialFacts(trial: Trial, failure: ReplayFailure): Evidence {
  const { statement, sqlstate, message: said, code, diagnosis } = failure;
  const source = sourceOfTrial(trial);
  const text = statement === null ? "" : `: ${statement}`;
  const why = SAID_OF_SCRIPTS.includes(code) ? diagnosis : meaning(sqlstate);
  return [
    { fact: `tried: PostgreSQL refuses it with "${said}" (SQLSTATE ${sqlstate})${text}`, source },
    ...(why === null ? [] : [{ fact: why, source: failure.file }]),
  ];
}

function meaning(sqlstate: string): string | null {
  if (DUPLICATE.includes(sqlstate)) {
    return "what it creates is in the database already: made by another migration, by db push, by hand, or by a run that the record does not tell of";
  }
  if (MISSING.includes(sqlstate)) {
    return "what it needs is not in the database, though the migrations before it are recorded as applied";
  }
  return null;
}
