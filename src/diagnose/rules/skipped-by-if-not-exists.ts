/**
 * SKIPPED_BY_IF_NOT_EXISTS: the migration says CREATE ... IF NOT EXISTS, and when it ran something of that name was there in
 * another shape. PostgreSQL then skips the whole statement with no more than a NOTICE, and the migration is recorded as
 * applied.
 */
import { groupBy } from "../../model/group.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Origin } from "../../model/provenance.js";
import type { Confidence, Gap, GapCode, Subject } from "../../model/report.js";
import { subjectObject, subjectRelation } from "../../model/subject.js";
import { actualRelation, isSame, originRan, touchedRelation, unknownColumns } from "../around.js";
import { type Provenances, provenancesOf } from "../provenance.js";
import type { Evidence, Explanation, Facts } from "../rule.js";

interface Skipped {
  readonly gap: Gap;
  /** What was there already: a relation, a column, an index, an enum. */
  readonly what: Subject;
  readonly origin: Origin;
}

export function skippedByIfNotExists(facts: Facts): Explanation[] {
  const provenances = provenancesOf(facts.contract);
  const skipped = facts.gaps.flatMap((gap) => skippedStatement(facts, provenances, gap));
  return [...groupBy(skipped, ({ what }) => JSON.stringify(what)).values()].flatMap((group) => explain(facts, group));
}

/** Parts that come with CREATE TABLE itself, and are skipped with it. */
const WITH_TABLE: readonly GapCode[] = ["MISSING_COLUMN", "MISSING_CONSTRAINT", "CONSTRAINT_DEFINITION"];
/** Properties of something that is there. */
const OTHERWISE: readonly GapCode[] = [
  "COLUMN_TYPE",
  "COLUMN_NULLABILITY",
  "COLUMN_DEFAULT",
  "COLUMN_IDENTITY",
  "COLUMN_GENERATED",
  "COLUMN_COLLATION",
];
const OF_ENUM: readonly GapCode[] = ["MISSING_ENUM_LABEL", "ENUM_ORDER"];

/** The guarded statement that should have made the object of the gap, if there is one and its object is there otherwise. */
function skippedStatement(facts: Facts, provenances: Provenances, gap: Gap): Skipped[] {
  return wholes(facts, gap)
    .flatMap((what) => {
      const origin = provenances.find(what)?.createdBy;
      // What another migration brought or changed later is not this statement's doing.
      const isIts = origin?.guarded === true && gap.introducedBy === origin.migration;
      return isIts ? [{ gap, what, origin }] : [];
    })
    .slice(0, 1);
}

/** What the statement found to be there, the nearest first: a column, its table. */
function wholes(facts: Facts, { code, subject }: Gap): Subject[] {
  if (OF_ENUM.includes(code)) {
    const type = subjectObject(subject);
    return type === null ? [] : [{ kind: "enum", schema: type.schema, relation: null, name: type.name }];
  }
  if (code === "INDEX_DEFINITION") return [subject];
  const relation = subjectRelation(subject);
  if (relation === null || actualRelation(facts, relation) === undefined) return [];
  const table: Subject = { kind: "table", schema: relation.schema, relation: null, name: relation.name };
  if (OTHERWISE.includes(code)) return [subject, table];
  return WITH_TABLE.includes(code) ? [table] : [];
}

function explain(facts: Facts, group: readonly Skipped[]): Explanation[] {
  const [first] = group;
  if (first === undefined) return [];
  const { what, origin } = first;
  const gaps = [...group.map(({ gap }) => gap), ...strangers(facts, what)];
  const name = objectName(what);
  return [
    {
      code: "SKIPPED_BY_IF_NOT_EXISTS",
      key: [origin.migration, what.kind, name],
      confidence: confidence(facts, group),
      gaps: gaps.map(({ id }) => id),
      restates: [],
      message: `Migration ${origin.migration} was to create ${name} only if it did not exist; it existed in another shape, so the migration left it as it was.`,
      evidence: evidence(facts, first, group.length),
      doubt: null,
    },
  ];
}

function evidence(facts: Facts, { what, origin }: Skipped, count: number): Evidence {
  const { file, line } = origin;
  const relation = tableOf(what);
  const dropped = relation === null ? undefined : touchedRelation(facts, relation)?.droppedColumns;
  const guard = {
    fact: `the statement is guarded (IF NOT EXISTS, or a condition around it), so PostgreSQL skips it when the name is taken`,
    source: line === null ? file : `${file}:${line}`,
  };
  const shape = {
    fact: `${objectName(what)} is there, and differs from what that statement makes in ${count === 1 ? "one point" : `${count} points`}`,
    source: "catalog of the database",
  };
  if (dropped === undefined) return [guard, shape];
  const fact =
    dropped === 0
      ? "no column was ever dropped from it: what is missing was never there (a restore from a dump forgets dropped columns)"
      : `${dropped === 1 ? "a column was" : `${dropped} columns were`} dropped from it at some time: what is missing may also have been there once`;
  return [guard, shape, { fact, source: "pg_attribute" }];
}

/** Certain when the migration ran, nothing was dropped since, and the table is plainly another one. */
function confidence(facts: Facts, group: readonly Skipped[]): Confidence {
  const ran = group.map(({ gap }) => originRan(facts, gap));
  if (ran.includes(false)) return "possible";
  const [first] = group;
  const relation = first === undefined ? null : tableOf(first.what);
  const actual = relation === null ? undefined : actualRelation(facts, relation);
  const touched = relation === null ? undefined : touchedRelation(facts, relation);
  const differs =
    group.some(({ gap }) => OTHERWISE.includes(gap.code)) ||
    (actual !== undefined && unknownColumns(facts, actual).length > 0);
  if (touched !== undefined && touched.droppedColumns > 0 && !differs) return "possible";
  if (ran.includes(null)) return "possible";
  return differs && touched?.droppedColumns === 0 ? "certain" : "likely";
}

/** What the old shape has and the application does not know. */
function strangers({ gaps }: Facts, what: Subject): Gap[] {
  const relation = tableOf(what);
  if (relation === null) return [];
  return gaps.filter(({ code, subject }) => code.startsWith("BLOCKING_") && isSame(subjectRelation(subject), relation));
}

/** The table that was to be made; null for a part of one, and for an enum. */
function tableOf({ kind, schema, name }: Subject): QualifiedName | null {
  return kind === "table" && schema !== null ? { schema, name } : null;
}

function objectName({ kind, schema, relation, name }: Subject): string {
  const owner = relation === null ? "" : `${relation}.`;
  return `${kind} ${displayName({ schema: schema ?? "", name: `${owner}${name}` })}`;
}
