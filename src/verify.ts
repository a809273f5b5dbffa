/**
 * THE pipeline: start reading here. Contract and target go in, the Report comes out; each line is a stage.
 */
import { type Comparison, compare, countExpectations, nothingVerified } from "./compare/index.js";
import { type ConnectionSettings, TOOL_VERSION } from "./config/index.js";
import type { InSession, SessionLimits } from "./db/index.js";
import { attachCauses, diagnose, questionsAbout } from "./diagnose/index.js";
import { buildHistories, historyUnverified, migrationGaps } from "./history/index.js";
import { assessImpact, attachFeatures } from "./impact/index.js";
import type { Contract } from "./model/contract.js";
import type { Observation, RecordTableReading } from "./model/observation.js";
import {
  type Gap,
  type History,
  REPORT_FORMAT_VERSION,
  type Report,
  type Target,
  type Unverified,
} from "./model/report.js";
import type { Trial } from "./model/trial.js";
import { judgeVerdict } from "./model/verdict.js";
import { observe, unseenTarget } from "./observe.js";
import { suggestRepair } from "./repair/index.js";

export interface VerifyInput {
  readonly contract: Contract;
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
  /** Asked when there are gaps; absent: nothing is tried. */
  readonly tryOut?: TryOut;
  /** On which connection to look; absent: on one of its own. */
  readonly inSession?: InSession;
}

/** Runs the migrations that wait on a copy of the target's schema, and tells how it went. */
export type TryOut = (seen: SeenMigrations) => Promise<readonly Trial[]>;

export interface SeenMigrations {
  readonly target: Target;
  readonly histories: readonly History[];
  readonly recordTables: readonly RecordTableReading[];
  readonly gaps: readonly Gap[];
}

/** A verification with what was seen of the target, for whoever plans from there. */
export interface Examination {
  readonly report: Report;
  /** Null: the database could not be looked at. */
  readonly observation: Observation | null;
  readonly trials: readonly Trial[];
}

/**
 * Verifies once. A database that cannot be looked at gives a Report with verdict `unverified`; only a bug throws.
 */
export async function verify(input: VerifyInput): Promise<Report> {
  return (await examine(input)).report;
}

/** As verify. */
export async function examine(input: VerifyInput): Promise<Examination> {
  const { contract, connection, limits, tryOut, inSession } = input;
  const started = performance.now();
  const checkedAt = new Date().toISOString();
  const judged = (observation: Observation) => {
    const findings = judge(contract, observation);
    return { findings, questions: questionsAbout(contract, findings.gaps, findings.unverified) };
  };
  const seen = await observe(contract, connection, limits, judged, inSession);
  const target = seen.known ? seen.value.observation.target : unseenTarget(contract, connection);

  const findings = seen.known ? seen.value.findings : notJudged(contract, seen);
  const { comparison, histories, gaps: found, unverified } = findings;
  const observation = seen.known ? seen.value.observation : null;
  const trials = await trialsOf(found, histories, observation, tryOut);
  const around = seen.known ? seen.value : {};
  const causes = diagnose({ gaps: found, histories, contract, unverified, trials, ...around });
  const features = assessImpact(contract, found, unverified);
  const gaps = attachFeatures(attachCauses(found, causes), features);
  const repair = suggestRepair({ contract, gaps, causes, histories, trials });

  const report: Report = {
    formatVersion: REPORT_FORMAT_VERSION,
    tool: { name: "schemaready", version: TOOL_VERSION },
    verdict: judgeVerdict(gaps, unverified),
    checkedAt,
    durationMs: Math.round((performance.now() - started) * 10) / 10,
    target,
    contract: { id: contract.id, source: contract.source, objects: countExpectations(contract) },
    summary: { ...comparison.summary, gaps: gaps.length },
    features,
    gaps,
    causes,
    history: histories,
    repair,
    extras: comparison.extras,
    unverified,
    smoke: null,
  };
  return { report, observation, trials };
}

interface Findings {
  readonly comparison: Comparison;
  readonly histories: readonly History[];
  readonly gaps: readonly Gap[];
  readonly unverified: readonly Unverified[];
}

function judge(contract: Contract, observation: Observation): Findings {
  const comparison = compare(contract, observation);
  const histories = buildHistories(contract, observation.recordTables);
  return {
    comparison,
    histories,
    gaps: [...comparison.gaps, ...migrationGaps(contract, histories)],
    unverified: [...comparison.unverified, ...historyUnverified(contract, observation.recordTables)],
  };
}

/** Without gaps nobody asks why. */
async function trialsOf(
  gaps: readonly Gap[],
  histories: readonly History[],
  observation: Observation | null,
  tryOut: TryOut | undefined,
): Promise<readonly Trial[]> {
  if (tryOut === undefined || observation === null || gaps.length === 0) return [];
  return tryOut({ histories, gaps, target: observation.target, recordTables: observation.recordTables });
}

function notJudged(contract: Contract, why: { readonly reason: string; readonly sqlstate: string | null }): Findings {
  const comparison = nothingVerified(contract, why.reason, why.sqlstate);
  return { comparison, histories: [], gaps: [], unverified: comparison.unverified };
}
