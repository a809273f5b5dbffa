/**
 * THE pipeline: start reading here. Contract and target go in, the Report comes out; each line is a stage.
 */
import { compare, countExpectations, nothingVerified } from "./compare/index.js";
import { type ConnectionSettings, TOOL_VERSION } from "./config/index.js";
import type { SessionLimits } from "./db/index.js";
import { attachCauses, diagnose } from "./diagnose/index.js";
import { buildHistories, historyUnverified, migrationGaps } from "./history/index.js";
import { assessImpact, attachFeatures } from "./impact/index.js";
import type { Contract } from "./model/contract.js";
import type { RecordTableReading } from "./model/observation.js";
import { type History, REPORT_FORMAT_VERSION, type Report, type SmokeResult } from "./model/report.js";
import type { Trial } from "./model/trial.js";
import { judgeVerdict } from "./model/verdict.js";
import { observe, unseenTarget } from "./observe.js";
import { suggestRepair } from "./repair/index.js";

export interface VerifyInput {
  readonly contract: Contract;
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
  /** Result of a smoke run to be joined with the verdict; null or absent: none was made. */
  readonly smoke?: SmokeResult | null;
  /** Asked when there are gaps; absent: nothing is tried. */
  readonly tryOut?: TryOut;
}

/** Runs the migrations that wait on a copy of the target's schema, and tells how it went. */
export type TryOut = (seen: {
  readonly histories: readonly History[];
  readonly recordTables: readonly RecordTableReading[];
}) => Promise<readonly Trial[]>;

/**
 * Verifies once. A database that cannot be looked at gives a Report with verdict `unverified`; only a bug throws.
 */
export async function verify({ contract, connection, limits, smoke = null, tryOut }: VerifyInput): Promise<Report> {
  const started = performance.now();
  const checkedAt = new Date().toISOString();
  const observed = await observe(contract, connection, limits);
  const readings = observed.known ? observed.value.recordTables : [];

  const comparison = observed.known
    ? compare(contract, observed.value)
    : nothingVerified(contract, observed.reason, observed.sqlstate);
  const histories = observed.known ? buildHistories(contract, readings) : [];
  const found = [...comparison.gaps, ...migrationGaps(contract, histories)];
  const unverified = [...comparison.unverified, ...historyUnverified(contract, readings)];
  const trials = found.length === 0 ? [] : ((await tryOut?.({ histories, recordTables: readings })) ?? []);
  const causes = diagnose({ gaps: found, histories, contract, trials });
  const features = assessImpact(contract, found, unverified);
  const gaps = attachFeatures(attachCauses(found, causes), features);
  const repair = suggestRepair(gaps, causes, histories);

  return {
    formatVersion: REPORT_FORMAT_VERSION,
    tool: { name: "schemaready", version: TOOL_VERSION },
    verdict: judgeVerdict(gaps, unverified),
    checkedAt,
    durationMs: Math.round((performance.now() - started) * 10) / 10,
    target: observed.known ? observed.value.target : unseenTarget(contract, connection),
    contract: { id: contract.id, source: contract.source, objects: countExpectations(contract) },
    summary: { ...comparison.summary, gaps: gaps.length },
    features,
    gaps,
    causes,
    history: histories,
    repair,
    extras: comparison.extras,
    unverified,
    smoke,
  };
}
