/** Primary keys and unique constraints. */
import type { ExpectedRelation } from "../../model/contract.js";
import { displayName } from "../../model/names.js";
import type { PreCheck } from "../../model/repair.js";
import type { Gap } from "../../model/report.js";
import type { Constraint, Index, KeyConstraint } from "../../model/schema.js";
import {
  addConstraint,
  addUniqueUsingIndex,
  constraintOptions,
  createIndex,
  dropConstraint,
  dropIndex,
  renameIndex,
} from "../ddl/index.js";
import { duplicatesIn, foreignKeysOn, nullsIn } from "./checks.js";
import { CONCURRENT, draft, task } from "./draft.js";
import { ifKeyOn, unlessConstraint } from "./guards.js";
import { exclusive, hazard, lock } from "./hazards.js";
import { freeName, isPartitioned, sameValues } from "./indexes.js";
import type { Known } from "./known.js";
import { columnKey, relationKey, uniqueKey } from "./needs.js";
import type { Draft, Planned } from "./task.js";

export function isKey(constraint: Constraint): constraint is KeyConstraint {
  return constraint.kind === "primary-key" || constraint.kind === "unique";
}

/** The statements that make a key; on a large table its index is built first, beside readers and writers. */
export function addKey(known: Known, relation: ExpectedRelation, key: KeyConstraint, indexName = key.name): Draft[] {
  const needs = [relationKey(relation), ...key.columns.map((column) => columnKey(relation, column))];
  const own = relation.indexes.find(({ constraint }) => constraint === key.name);
  const isPlain = own === undefined || own.method === "btree";
  const byIndex = known.room(relation) === "large" && !isPartitioned(known, relation) && isPlain;
  const drafts = byIndex ? addByIndex(known, relation, key, indexName) : [addAtOnce(known, relation, key)];
  return drafts.map((each) => ({ ...each, needs: [...each.needs, ...needs] }));
}

function addAtOnce(known: Known, relation: ExpectedRelation, key: KeyConstraint): Draft {
  const room = known.room(relation);
  const add = addConstraint(relation, key, constraintOptions(relation, key, known.definitions));
  const isAsked = room === "small" || room === "large";
  return draft(
    room === "new" ? "table" : "key",
    unlessConstraint(relation, key.name, add),
    `Makes (${key.columns.join(", ")}) of ${displayName(relation)} unique.`,
    {
      table: known.size(relation),
      hazards: [
        exclusive(relation),
        ...(isAsked ? [hazard("full-scan", relation), hazard("fails-with-rows", relation)] : []),
      ],
      ...{ checks: isAsked ? keyChecks(known, relation, key) : [], undo: dropConstraint(relation, key.name) },
      makes: [uniqueKey(relation, key.columns)],
    },
  );
}

function addByIndex(known: Known, relation: ExpectedRelation, key: KeyConstraint, name: string): Draft[] {
  const size = known.size(relation);
  const index = indexOf(key);
  const build = draft(
    "key",
    createIndex(relation, index, { concurrently: true, name }),
    "Builds the index of the key beside readers and writers.",
    {
      ...{ ...CONCURRENT, table: size, checks: keyChecks(known, relation, key) },
      hazards: [
        lock("SHARE UPDATE EXCLUSIVE", relation),
        hazard("not-transactional"),
        hazard("full-scan", relation),
        hazard("fails-with-rows", relation),
      ],
      undo: dropIndex({ schema: relation.schema, name }, { concurrently: true }),
    },
  );
  const use = useIndex(known, relation, key, name);
  return name === key.name ? [build, use] : [build, use, dropSpare(known, relation, name)];
}

/** The key has given its index its own name, so that a plan that runs again builds another one. */
function dropSpare(known: Known, relation: ExpectedRelation, name: string): Draft {
  const drop = dropIndex({ schema: relation.schema, name }, { concurrently: false });
  const why = `Nothing, unless the plan runs again: ${name} is then built once more, and no key needs it.`;
  return draft("key", drop, why, { table: known.size(relation), hazards: [exclusive(relation)] });
}

function useIndex(known: Known, relation: ExpectedRelation, key: KeyConstraint, name: string): Draft {
  const add = unlessConstraint(relation, key.name, addUniqueUsingIndex(relation, key, name));
  return draft("key", add, "Makes that index a key; no row is read for it.", {
    ...{ table: known.size(relation), hazards: [exclusive(relation)], undo: dropConstraint(relation, key.name) },
    makes: [uniqueKey(relation, key.columns)],
  });
}

function keyChecks(known: Known, relation: ExpectedRelation, key: KeyConstraint): PreCheck[] {
  if (key.columns.some((column) => known.lacksColumn(relation, column)))
    return sameValues(known, relation, key.columns);
  const own = relation.indexes.find(({ constraint }) => constraint === key.name);
  const repeated = own === undefined || own.method === "btree" ? [duplicatesIn(relation, indexOf(key))] : [];
  const nulls =
    key.kind === "primary-key" ? nullable(known, relation, key).map((column) => nullsIn(relation, column)) : [];
  return [...repeated, ...nulls];
}

/** A primary key makes its columns NOT NULL, which rows may be in the way of. */
function nullable(known: Known, relation: ExpectedRelation, { columns }: KeyConstraint): string[] {
  return columns.filter((column) => known.actualColumn(relation, column)?.nullable !== false);
}

function indexOf({ name, columns, include, nullsNotDistinct }: KeyConstraint): Index {
  const keys = columns.map((column) => ({
    ...{ column, expression: null, descending: false, nullsFirst: false, operatorClass: null, collation: null },
  }));
  return {
    name,
    method: "btree",
    keys,
    include,
    predicate: null,
    unique: true,
    nullsNotDistinct,
    constraint: null,
    immediate: true,
    valid: true,
    ready: true,
    building: false,
  };
}

export function missingKey(gap: Gap, known: Known, relation: ExpectedRelation, key: KeyConstraint): Planned {
  const what = keyText(relation, key);
  const other = known.actual(relation)?.constraints.find(({ kind }) => kind === key.kind && kind === "primary-key");
  const namesake = known.actual(relation)?.constraints.find(({ name }) => name === key.name);
  const inTheWay = other ?? namesake;
  if (inTheWay !== undefined) return replaceKey(gap, known, relation, key, inTheWay.name);
  const stranger = indexInTheWay(known, relation, key);
  const added = addKey(known, relation, key, stranger === undefined ? key.name : freeName(key.name));
  const [first, ...rest] = stranger === undefined ? added : besideStranger(known, relation, key, added);
  return task([gap], what, first === undefined ? [] : [{ ...first, why: `${gap.message} ${first.why}` }, ...rest]);
}

/** An index of that name may serve something else. */
function indexInTheWay(known: Known, relation: ExpectedRelation, key: KeyConstraint): Index | undefined {
  return known.actual(relation)?.indexes.find(({ name, constraint }) => name === key.name && constraint === null);
}

/** The stranger gives up the name, and nothing else: nobody knows what it serves. */
function besideStranger(
  known: Known,
  relation: ExpectedRelation,
  { name }: KeyConstraint,
  added: readonly Draft[],
): Draft[] {
  const to = freeName(name, "_old");
  const index = { schema: relation.schema, name };
  const aside = draft(
    "key",
    unlessConstraint(relation, name, renameIndex(index, to)),
    `An index that the contract does not know has the name ${name}; it stays, as ${to}.`,
    {
      ...{ table: known.size(relation), hazards: [lock("SHARE UPDATE EXCLUSIVE", relation)] },
      undo: renameIndex({ schema: relation.schema, name: to }, name),
    },
  );
  const [first, ...rest] = added;
  if (first === undefined) return [];
  // Built beside others, the new index has another name until it becomes the key's; all questions stand at the beginning.
  if (!first.transactional) return [first, aside, ...rest];
  return [{ ...aside, checks: first.checks, needs: first.needs }, first, ...rest];
}

/** Drops what is there and adds what is expected, in one transaction: in between nothing can come in. */
export function replaceKey(
  gap: Gap,
  known: Known,
  relation: ExpectedRelation,
  key: KeyConstraint,
  old: string,
): Planned {
  const actual = known.actual(relation)?.constraints.find(({ name }) => name === old);
  const index = actual !== undefined && "index" in actual ? actual.index : old;
  const plainDrop = dropConstraint(relation, old);
  const columns = actual !== undefined && isKey(actual) ? actual.columns : null;
  const isOther = columns !== null && [...columns].sort().join() !== [...key.columns].sort().join();
  const dropOld = isOther ? ifKeyOn(relation, old, columns, plainDrop) : plainDrop;
  const rests = foreignKeysOn({ schema: relation.schema, name: index });
  const drop = draft("key", dropOld, `${gap.message} Makes way for the expected key.`, {
    ...{ table: known.size(relation), hazards: [exclusive(relation)], checks: [rests] },
    undo: actual === undefined ? null : unlessConstraint(relation, old, addConstraint(relation, actual)),
  });
  const isTaken = known.actual(relation)?.indexes.some(({ name }) => name === key.name) === true;
  const added = addKey(known, relation, key, isTaken ? freeName(key.name) : key.name);
  const checks = added.flatMap((each) => each.checks);
  const guarded = added.map((each, i) => (i === 0 ? { ...each, checks: [rests, ...checks] } : each));
  // By index: build, then drop and use it together. At once: drop and add together; all questions stand before the drop.
  const [first, ...rest] = guarded;
  if (first === undefined) return task([gap], keyText(relation, key), []);
  const drafts = first.transactional ? [{ ...drop, checks: first.checks }, first, ...rest] : [first, drop, ...rest];
  return task([gap], keyText(relation, key), drafts);
}

export function keyText(relation: ExpectedRelation, { kind, columns }: KeyConstraint): string {
  const word = kind === "primary-key" ? "Primary key" : "Unique constraint";
  return `${word} (${columns.join(", ")}) on ${displayName(relation)}`;
}
