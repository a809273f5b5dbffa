/** Parts of Reports with plain defaults, for tests of whatever reads them; whole ones are in report-fixtures.ts. */

import { stableId } from "../../src/model/hash.js";
import {
  type CommandStep,
  NOTHING_TO_REPAIR,
  type Repair,
  type RepairStep,
  type SqlStep,
} from "../../src/model/repair.js";
import type { FeatureResult, Gap, Report, StepResult, Subject } from "../../src/model/report.js";

export const MIGRATION = "20251014_add_avatar_creator_complete";

/** A passing report about nothing; every part can be replaced. */
export function reportWith(parts: Partial<Report> = {}): Report {
  return {
    formatVersion: 1,
    tool: { name: "schemaready", version: "0.1.0" },
    verdict: "pass",
    checkedAt: "2026-11-20T10:00:00.000Z",
    durationMs: 12.4,
    target: {
      host: "db.internal",
      port: 5432,
      database: "app",
      user: "app",
      server: "15.18",
      schema: "public",
      searchPath: ["public"],
      inRecovery: false,
    },
    contract: { id: "sha256:0123456789abcdef0123456789abcdef", source: "check-files", objects: 42 },
    summary: { expectations: 120, satisfied: 120, gaps: 0, implied: 0, unverified: 0 },
    features: [],
    gaps: [],
    causes: [],
    history: [],
    repair: NOTHING_TO_REPAIR,
    extras: [],
    unverified: [],
    smoke: null,
    ...parts,
  };
}

export function columnSubject(relation: string, name: string): Subject {
  return { kind: "column", schema: "public", relation, name };
}

/** A missing column, unless told otherwise; the id follows from code and subject. */
export function gapWith(parts: Partial<Gap> & Pick<Gap, "subject">): Gap {
  const { subject } = parts;
  const code = parts.code ?? "MISSING_COLUMN";
  return {
    id: stableId("g", [code, subject.kind, subject.schema, subject.relation, subject.name]),
    code,
    severity: "error",
    expected: { type: "text", nullable: false },
    actual: null,
    applications: ["avatar-creator"],
    introducedBy: MIGRATION,
    causes: [],
    features: [],
    operations: ["select", "insert"],
    message: `column ${subject.schema}.${subject.relation}.${subject.name} is missing`,
    ...parts,
  };
}

export function featureWith(parts: Partial<FeatureResult> & Pick<FeatureResult, "id">): FeatureResult {
  return {
    application: "avatar-creator",
    title: parts.id,
    status: "working",
    endpoints: [],
    gaps: [],
    symptoms: [],
    ...parts,
  };
}

export function stepWith(parts: Partial<StepResult> & Pick<StepResult, "id">): StepResult {
  return {
    title: parts.id,
    feature: null,
    outcome: "passed",
    durationMs: 20,
    request: null,
    status: null,
    failures: [],
    body: null,
    curl: null,
    place: null,
    attribution: null,
    ...parts,
  };
}

/** A command that changes nothing, unless told otherwise. */
export function commandStep(parts: Partial<CommandStep> & Pick<CommandStep, "run">): CommandStep {
  return {
    kind: "command",
    id: `r-${parts.run}`,
    application: null,
    gaps: [],
    why: "It helps.",
    effect: { kind: "look" },
    ...parts,
  };
}

/** A statement in the first transaction, without hazards, unless told otherwise. */
export function sqlStep(parts: Partial<SqlStep> & Pick<SqlStep, "statement">): SqlStep {
  return {
    ...{ kind: "sql", id: `r-${parts.statement}`, gaps: [], why: "It helps.", transactional: true, group: 1 },
    ...{ lockTimeoutMs: 5_000, statementTimeoutMs: 60_000 },
    ...{ hazards: [], table: null, checks: [], undo: null },
    ...parts,
  };
}

/** A plan that nobody has tried. */
export function repairWith(...steps: RepairStep[]): Repair {
  return { ...NOTHING_TO_REPAIR, steps };
}
