/**
 * CONCURRENT_BUILD_FAILED: an invalid index that nobody is building. CREATE INDEX CONCURRENTLY was cancelled, timed out or
 * met duplicates, and left its index behind; CREATE INDEX CONCURRENTLY IF NOT EXISTS then finds the name and does nothing.
 * https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
import { qualifiedVisibly } from "../../model/grants.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import { subjectRelation } from "../../model/subject.js";
import { actualRelation, touchedRelation } from "../around.js";
import { buildOf, hiddenBuildOn } from "../builds.js";
import type { Explanation, Facts } from "../rule.js";

export function concurrentBuildFailed(facts: Facts): Explanation[] {
  return facts.gaps.flatMap((gap) => {
    const relation = gap.code === "INVALID_INDEX" ? subjectRelation(gap.subject) : null;
    return relation !== null && isAbandoned(facts, relation, gap.subject.name) ? [explanation(gap, relation)] : [];
  });
}

/** Invalid at both looks, and at the second one nobody builds it. */
function isAbandoned(facts: Facts, relation: QualifiedName, index: string): boolean {
  const isInvalid = touchedRelation(facts, relation)?.invalidIndexes.includes(index) ?? false;
  const isBuilt = buildOf(facts, relation, index) !== undefined || hiddenBuildOn(facts, relation) !== undefined;
  // The index of a partitioned table is invalid until every partition has its part: nobody builds it, and nothing failed.
  return isInvalid && !isBuilt && actualRelation(facts, relation)?.kind !== "partitioned-table";
}

function explanation(gap: Gap, relation: QualifiedName): Explanation {
  const { name } = gap.subject;
  const rebuild = `REINDEX INDEX CONCURRENTLY ${qualifiedVisibly({ schema: relation.schema, name })};`;
  return {
    code: "CONCURRENT_BUILD_FAILED",
    key: [relation.schema, relation.name, name],
    confidence: "certain",
    gaps: [gap.id],
    restates: [],
    message: `Building index ${name} on ${displayName(relation)} was broken off, and what it left behind is an index that no query uses.`,
    evidence: [
      {
        fact: `${name} is not valid (indisvalid), and no process builds it`,
        source: "pg_index and pg_stat_progress_create_index",
      },
      {
        fact: "CREATE INDEX CONCURRENTLY IF NOT EXISTS finds the name, does nothing and reports success: running the migration again does not help",
        source: "PostgreSQL",
      },
      { fact: `it can be built again in its place, outside a transaction. To do so: ${rebuild}`, source: "PostgreSQL" },
    ],
    doubt: null,
  };
}
