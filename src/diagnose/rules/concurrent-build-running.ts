/**
 * CONCURRENT_BUILD_RUNNING: the index is being built now. Until that is done it is invalid, or not there at all, and
 * nothing needs to be mended.
 * https://www.postgresql.org/docs/current/progress-reporting.html#CREATE-INDEX-PROGRESS-REPORTING
 */
import { properties } from "../../model/json.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Confidence, Gap } from "../../model/report.js";
import { subjectRelation } from "../../model/subject.js";
import type { IndexBuild } from "../../model/surroundings.js";
import { touchedRelation } from "../around.js";
import { buildOf, buildOn, hiddenBuildOn } from "../builds.js";
import { duration, processName } from "../lock-text.js";
import type { Evidence, Explanation, Facts } from "../rule.js";

export function concurrentBuildRunning(facts: Facts): Explanation[] {
  return facts.gaps.flatMap((gap) => {
    const relation = subjectRelation(gap.subject);
    if (relation === null) return [];
    if (gap.code === "INVALID_INDEX") return ofInvalidIndex(facts, gap, relation);
    return gap.code === "MISSING_INDEX" ? ofMissingIndex(facts, gap, relation) : [];
  });
}

function ofInvalidIndex(facts: Facts, gap: Gap, relation: QualifiedName): Explanation[] {
  const { name } = gap.subject;
  const build = buildOf(facts, relation, name);
  if (build !== undefined) return [explanation(gap, "certain", building(name, build), [progress(facts, build)])];
  const touched = touchedRelation(facts, relation);
  if (touched !== undefined && !touched.invalidIndexes.includes(name)) {
    const fact = `a moment after ${name} was found to be invalid, it was valid: verify again`;
    return [explanation(gap, "certain", `Index ${name} was still being built, and is finished now.`, [catalog(fact)])];
  }
  const hidden = hiddenBuildOn(facts, relation);
  if (hidden !== undefined)
    return [explanation(gap, "likely", building(name, hidden), [hiddenFact(facts, hidden, relation)])];
  const wasBuilding = properties(gap.actual)["building"] === true && touched === undefined;
  const fact = `a build of ${name} was at work when the index was read`;
  return wasBuilding ? [explanation(gap, "certain", building(name, null), [catalog(fact)])] : [];
}

function ofMissingIndex(facts: Facts, gap: Gap, relation: QualifiedName): Explanation[] {
  const build = buildOn(facts, relation);
  if (build === undefined) return [];
  const message = `An index is being built on ${displayName(relation)} right now; it may be the one that is missing.`;
  return [explanation(gap, "likely", message, [progress(facts, build)])];
}

function building(name: string, build: IndexBuild | null): string {
  const done = build?.percent == null ? "" : ` (${build.percent} % of its present phase)`;
  return `Index ${name} is being built right now${done}: until that is done, no query uses it.`;
}

function progress(facts: Facts, { pid, phase, percent, seconds }: IndexBuild): Evidence[number] {
  const parts = [
    phase === null ? [] : [`phase "${phase}"`],
    percent === null ? [] : [`${percent} %`],
    seconds === null ? [] : [`for ${duration(seconds)}`],
  ].flat();
  return {
    fact: `${processName(facts, pid)} builds it${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`,
    source: "pg_stat_progress_create_index",
  };
}

function hiddenFact(facts: Facts, { pid }: IndexBuild, relation: QualifiedName): Evidence[number] {
  return {
    fact: `process ${pid} builds an index in this database and holds a lock on ${displayName(relation)}; which index, and how far it is, is hidden from role ${facts.target?.user ?? ""}, which is not a member of pg_monitor`,
    source: "pg_stat_progress_create_index and pg_locks",
  };
}

function catalog(fact: string): Evidence[number] {
  return { fact, source: "catalog of the database" };
}

function explanation(gap: Gap, confidence: Confidence, message: string, evidence: Evidence): Explanation {
  const { schema, relation, name } = gap.subject;
  return {
    code: "CONCURRENT_BUILD_RUNNING",
    key: [schema ?? "", relation ?? "", name],
    confidence,
    gaps: [gap.id],
    restates: [],
    message,
    evidence,
    doubt: null,
  };
}
