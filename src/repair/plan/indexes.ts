/** MISSING_INDEX, INVALID_INDEX, INDEX_DEFINITION: built beside readers and writers where the table is large. */
import type { ExpectedRelation } from "../../model/contract.js";
import { qualifiedVisibly } from "../../model/grants.js";
import { displayName, type QualifiedName, truncateIdentifier } from "../../model/names.js";
import type { Hazard, PreCheck } from "../../model/repair.js";
import type { Gap } from "../../model/report.js";
import type { Index, IndexKey, Relation } from "../../model/schema.js";
import { createIndex, dropIndex, renameIndex } from "../ddl/index.js";
import { statement } from "../ddl/words.js";
import { duplicatesIn, foreignKeysOn, secondRows } from "./checks.js";
import { CONCURRENT, draft, leave, task } from "./draft.js";
import { ifRelation } from "./guards.js";
import { hazard, lock } from "./hazards.js";
import type { Known } from "./known.js";
import { columnKey, relationKey, uniqueKey } from "./needs.js";
import { expectedIndex, indexLike } from "./subjects.js";
import type { Draft, Planned } from "./task.js";
import { isSteady } from "./values.js";

/** The statement that builds an index, as its table allows. */
export function buildIndex(known: Known, table: QualifiedName, index: Index, name = index.name): Draft {
  const concurrently = mayBeConcurrent(known, table);
  const isLong = known.room(table) === "large";
  const why = concurrently
    ? "Built beside readers and writers; it waits for transactions that are older."
    : isLong
      ? "A partitioned table has no CONCURRENTLY: writers wait until all partitions are done."
      : "There are few rows or none, so writers wait for a moment only.";
  return draft(
    known.room(table) === "new" ? "table" : "index",
    createIndex(table, index, { concurrently, name }),
    why,
    {
      ...(concurrently ? CONCURRENT : isLong ? { alone: true, pace: "patient" as const } : {}),
      ...{ table: known.size(table), hazards: buildHazards(known, table, index, concurrently) },
      checks: index.unique ? duplicates(known, table, index) : [],
      undo: dropIndex({ schema: table.schema, name }, { concurrently }),
      ...{
        makes: uniquenessOf(table, index),
        needs: [relationKey(table), ...keyColumns(index).map((key) => columnKey(table, key))],
      },
    },
  );
}

function mayBeConcurrent(known: Known, table: QualifiedName): boolean {
  return known.room(table) === "large" && !isPartitioned(known, table);
}

export function isPartitioned(known: Known, table: QualifiedName): boolean {
  return known.actual(table)?.kind === "partitioned-table";
}

function buildHazards(known: Known, table: QualifiedName, { unique }: Index, concurrently: boolean): Hazard[] {
  const room = known.room(table);
  if (room === "new") return [];
  const locks = concurrently
    ? [lock("SHARE UPDATE EXCLUSIVE", table), hazard("not-transactional")]
    : [lock("SHARE", table), hazard("blocks-writes", table)];
  if (room === "empty") return locks;
  return [...locks, hazard("full-scan", table), ...(unique ? [hazard("fails-with-rows", table)] : [])];
}

/** Of columns that are not there yet nothing can be counted. */
export function duplicates(known: Known, table: QualifiedName, index: Index): PreCheck[] {
  const isAskable = known.room(table) === "small" || known.room(table) === "large";
  if (!isAskable) return [];
  const lacking = (known.expected(table)?.columns ?? []).filter(
    ({ name }) => known.lacksColumn(table, name) && index.keys.some((key) => mentions(key, name)),
  );
  if (lacking.length === 0) return [duplicatesIn(table, index)];
  const isWhole = index.keys.every((key) => lacking.some(({ name }) => mentions(key, name)));
  return isWhole && index.predicate === null
    ? sameValues(
        known,
        table,
        lacking.map(({ name }) => name),
      )
    : [];
}

function mentions({ column, expression }: IndexKey, name: string): boolean {
  return column === null ? expression?.text.includes(name) === true : column === name;
}

/** Columns that the plan adds with one value for all rows: two rows are one too many. */
export function sameValues(known: Known, table: QualifiedName, columns: readonly string[]): PreCheck[] {
  const isSteadyFor = (name: string) => {
    const value = known.backfill(table, name) ?? known.expectedColumn(table, name)?.default?.text;
    return known.lacksColumn(table, name) && value !== undefined && value !== null && isSteady(value);
  };
  return columns.every(isSteadyFor) ? [secondRows(table, columns)] : [];
}

function keyColumns({ keys }: Index): string[] {
  return keys.flatMap(({ column }) => column ?? []);
}

function uniquenessOf(table: QualifiedName, index: Index): string[] {
  const isPlain = index.unique && index.predicate === null && index.keys.every(({ column }) => column !== null);
  return isPlain ? [uniqueKey(table, keyColumns(index))] : [];
}

export function missingIndex(gap: Gap, known: Known): Planned {
  const found = expectedIndex(known, gap);
  if (found === null) return unknownIndex(gap);
  const { relation, index } = found;
  const namesake = known.actual(relation)?.indexes.find(({ name }) => name === index.name);
  return namesake === undefined
    ? task([gap], indexText(relation, index), [buildIndex(known, relation, index)])
    : replaceIndex(gap, known, relation, index, namesake);
}

export function indexDefinition(gap: Gap, known: Known): Planned {
  const found = expectedIndex(known, gap);
  if (found === null) return unknownIndex(gap);
  const { relation, index } = found;
  const actual = known.actual(relation)?.indexes.find(({ name }) => name === gap.subject.name);
  return replaceIndex(gap, known, relation, index, actual ?? unseen(known, index, gap.subject.name));
}

/** Where nobody has looked it may belong to a constraint, so it is not dropped. */
function unseen({ situation }: Known, index: Index, name: string): Index {
  return { ...index, name, constraint: situation.models === null ? name : null };
}

function unknownIndex(gap: Gap): Planned {
  return leave(
    [gap],
    `Build the index ${gap.subject.name}`,
    `The contract does not say how it is made. ${gap.message}`,
  );
}

function indexText(relation: QualifiedName, { name, unique }: Index): string {
  return `${unique ? "Unique index" : "Index"} ${name} on ${displayName(relation)}`;
}

/** The right one is built first, so that queries never stand without any. */
export function replaceIndex(gap: Gap, known: Known, table: ExpectedRelation, index: Index, actual: Index): Planned {
  const what = indexText(table, index);
  const sameName = actual.name === index.name;
  // What enforces a constraint, or is a part of a partitioned index, cannot be dropped by itself.
  if (actual.constraint !== null || known.actual(table)?.partitionOf != null) {
    const name = sameName ? freeName(index.name) : index.name;
    const build = buildIndex(known, table, index, name);
    return task([gap], what, [
      {
        ...build,
        why: `${gap.message} ${actual.name} stays: it belongs to a constraint or to a partitioned index. ${build.why}`,
      },
    ]);
  }
  const name = sameName ? freeName(index.name) : index.name;
  const build = buildIndex(known, table, index, name);
  const concurrently = mayBeConcurrent(known, table);
  const drop = dropDraft(known, table, actual, concurrently, index.unique || !actual.unique);
  const old = { schema: table.schema, name };
  const rename = draft("index", ifRelation(old, renameIndex(old, index.name)), "Gives it the expected name.", {
    ...{ table: known.size(table), hazards: [lock("SHARE UPDATE EXCLUSIVE", table)] },
  });
  return task([gap], what, [{ ...build, why: `${gap.message} ${build.why}` }, drop, ...(sameName ? [rename] : [])]);
}

function dropDraft(
  known: Known,
  table: QualifiedName,
  actual: Index,
  concurrently: boolean,
  keepsUnique: boolean,
): Draft {
  const index = { schema: table.schema, name: actual.name };
  return draft("index", dropIndex(index, { concurrently }), `Takes away the one that was there: ${actual.name}.`, {
    ...(concurrently ? CONCURRENT : {}),
    table: known.size(table),
    hazards: [
      lock(concurrently ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE", table),
      ...(concurrently ? [hazard("not-transactional")] : []),
      ...(keepsUnique ? [] : [hazard("weakens-integrity", `index ${actual.name}`)]),
    ],
    checks: actual.unique ? [foreignKeysOn(index)] : [],
    undo: createIndex(table, actual, { concurrently }),
  });
}

/** A name for what stands beside the wrong one until that is gone; it fits into PostgreSQL's 63 bytes. */
export function freeName(name: string, end: "_new" | "_old" = "_new"): string {
  const kept = [...truncateIdentifier(name)];
  while (truncateIdentifier(kept.join("") + end) !== kept.join("") + end) kept.pop();
  return kept.join("") + end;
}

export function invalidIndex(gap: Gap, known: Known): Planned {
  const { schema, relation: of, name } = gap.subject;
  const table = { schema: schema ?? "", name: of ?? "" };
  const relation = known.actual(table);
  const index = relation?.indexes.find((each) => each.name === name) ?? indexLike(known, gap);
  if (index === null) return unknownIndex(gap);
  if (index.constraint !== null || relation?.partitionOf != null) return reindexed(gap, known, table, index);
  return task([gap], indexText(table, index), rebuilt(gap, known, table, index, relation));
}

/** It cannot be dropped, but it can be built anew in its place. */
function reindexed(gap: Gap, known: Known, table: QualifiedName, index: Index): Planned {
  const sql = statement("REINDEX INDEX CONCURRENTLY", qualifiedVisibly({ schema: table.schema, name: index.name }));
  const rebuild = draft(
    "index",
    sql,
    `${gap.message} It belongs to a constraint or to a partitioned index, so it is built anew in its place.`,
    {
      ...{ ...CONCURRENT, table: known.size(table), hazards: buildHazards(known, table, index, true) },
      checks: index.unique ? duplicates(known, table, index) : [],
    },
  );
  return task([gap], indexText(table, index), [rebuild]);
}

function rebuilt(gap: Gap, known: Known, table: QualifiedName, index: Index, relation: Relation | null): Draft[] {
  // Dropping and building concurrently is never wrong, and it is what a broken concurrent build asks for.
  const concurrently = relation?.kind !== "partitioned-table";
  const name = { schema: table.schema, name: index.name };
  const mode = concurrently ? CONCURRENT : {};
  const drop = draft("index", dropIndex(name, { concurrently }), gap.message, {
    ...{ ...mode, table: known.size(table) },
    hazards: [
      lock(concurrently ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE", table),
      ...(concurrently ? [hazard("not-transactional")] : []),
    ],
    checks: index.unique ? duplicates(known, table, index) : [],
  });
  const build = draft(
    "index",
    createIndex(table, index, { concurrently }),
    "Builds it again; if that stops in the middle, an invalid index is left once more.",
    {
      ...{ ...mode, table: known.size(table), hazards: buildHazards(known, table, index, concurrently) },
      ...{ undo: dropIndex(name, { concurrently }), makes: uniquenessOf(table, index) },
    },
  );
  return [drop, build];
}
