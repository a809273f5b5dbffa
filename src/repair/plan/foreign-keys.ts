/** Foreign keys: new rows are kept in order at once, old rows are looked at afterwards, beside readers and writers. */
import type { ExpectedRelation } from "../../model/contract.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Hazard, PreCheck } from "../../model/repair.js";
import type { Gap } from "../../model/report.js";
import type { ForeignKey } from "../../model/schema.js";
import {
  addConstraint,
  alterForeignKeyDeferrable,
  constraintOptions,
  dropConstraint,
  validateConstraint,
} from "../ddl/index.js";
import { keysIn, orphansOf } from "./checks.js";
import { draft, PATIENT, task } from "./draft.js";
import { unlessConstraint } from "./guards.js";
import { exclusive, hazard, lock } from "./hazards.js";
import { freeName, isPartitioned } from "./indexes.js";
import type { Known } from "./known.js";
import { columnKey, relationKey, uniqueKey } from "./needs.js";
import type { Draft, Planned } from "./task.js";

/** The statements that add a foreign key. Orphans hold up only the last one: new rows are checked in any case. */
export function addForeignKey(known: Known, relation: ExpectedRelation, key: ForeignKey): Draft[] {
  const room = known.room(relation);
  const isWhole = key.validated && key.enforced;
  const isAtOnce = room === "new" || room === "empty" || mustBeAtOnce(known, relation);
  const notValid = isWhole && !isAtOnce;
  const options = { ...constraintOptions(relation, key, known.definitions), ...(notValid ? { notValid } : {}) };
  const add = draft(
    "foreign-key",
    unlessConstraint(relation, key.name, addConstraint(relation, key, options)),
    whyAdded(relation, key, notValid),
    {
      ...{ table: known.size(relation), hazards: addHazards(known, relation, key, isAtOnce) },
      ...{ undo: dropConstraint(relation, key.name), needs: needsOf(relation, key) },
      checks: isAtOnce && isWhole ? orphans(known, relation, key) : [],
    },
  );
  return notValid ? [add, validateForeignKey(known, relation, key)] : [add];
}

/** PostgreSQL before 18 knows no NOT VALID for the foreign key of a partitioned table. */
function mustBeAtOnce(known: Known, relation: QualifiedName): boolean {
  return isPartitioned(known, relation) && (known.serverVersion ?? 0) < 180000;
}

function whyAdded(relation: QualifiedName, key: ForeignKey, notValid: boolean): string {
  const target = `${displayName(key.references)} (${key.referencedColumns.join(", ")})`;
  const rows = notValid
    ? "New rows are checked from now on, the old ones by the next step."
    : "There are no old rows, or they are checked right away.";
  return `Ties (${key.columns.join(", ")}) of ${displayName(relation)} to ${target}. ${rows}`;
}

function addHazards(known: Known, relation: QualifiedName, key: ForeignKey, isAtOnce: boolean): Hazard[] {
  const own =
    known.room(relation) === "new" ? [] : [lock("SHARE ROW EXCLUSIVE", relation), hazard("blocks-writes", relation)];
  const isOther = displayName(key.references) !== displayName(relation) && known.room(key.references) !== "new";
  const other = isOther ? [lock("SHARE ROW EXCLUSIVE", key.references), hazard("blocks-writes", key.references)] : [];
  const room = known.room(relation);
  const reads = isAtOnce && (room === "small" || room === "large");
  return [...own, ...other, ...(reads ? [hazard("full-scan", relation), hazard("fails-with-rows", relation)] : [])];
}

function needsOf(relation: QualifiedName, { columns, references, referencedColumns }: ForeignKey): string[] {
  return [
    relationKey(relation),
    relationKey(references),
    ...columns.map((column) => columnKey(relation, column)),
    ...referencedColumns.map((column) => columnKey(references, column)),
    uniqueKey(references, referencedColumns),
  ];
}

/** What is not there yet cannot be asked about: a new column has no keys. */
function orphans(known: Known, relation: QualifiedName, key: ForeignKey): PreCheck[] {
  const room = known.room(relation);
  if (room === "new" || room === "empty" || key.columns.some((column) => known.lacksColumn(relation, column)))
    return [];
  if (known.lacksRelation(key.references)) return [keysIn(relation, key)];
  const isThere =
    key.referencedColumns.length > 0 &&
    !key.referencedColumns.some((column) => known.lacksColumn(key.references, column));
  return isThere ? [orphansOf(relation, key)] : [];
}

export function validateForeignKey(known: Known, relation: QualifiedName, key: ForeignKey): Draft {
  return draft(
    "validate",
    validateConstraint(relation, key.name),
    "Looks at the old rows, while others read and write.",
    {
      ...{ ...PATIENT, table: known.size(relation), checks: orphans(known, relation, key) },
      hazards: [
        lock("SHARE UPDATE EXCLUSIVE", relation),
        lock("ROW SHARE", key.references),
        hazard("full-scan", relation),
        hazard("fails-with-rows", relation),
      ],
    },
  );
}

export function missingForeignKey(gap: Gap, known: Known, relation: ExpectedRelation, key: ForeignKey): Planned {
  const isTaken = known.actual(relation)?.constraints.some(({ name }) => name === key.name) === true;
  const named = isTaken ? { ...key, name: freeName(key.name) } : key;
  return task([gap], foreignKeyText(relation, key), withReason(gap, addForeignKey(known, relation, named)));
}

/** Drops the one that is there and adds the expected one in the same transaction; only what it defers is changed in place. */
export function replaceForeignKey(
  gap: Gap,
  known: Known,
  relation: ExpectedRelation,
  key: ForeignKey,
  actual: ForeignKey,
): Planned {
  const what = foreignKeyText(relation, key);
  const size = known.size(relation);
  if (differsInTiming(key, actual)) {
    const alter = alterForeignKeyDeferrable(relation, { ...key, name: actual.name });
    const undo = alterForeignKeyDeferrable(relation, actual);
    const hazards = [lock("SHARE ROW EXCLUSIVE", relation)];
    return task([gap], what, [
      draft("foreign-key", alter, `${gap.message} No row is looked at.`, { table: size, hazards, undo }),
    ]);
  }
  const drop = draft(
    "foreign-key",
    dropConstraint(relation, actual.name),
    `${gap.message} Makes way for the expected one.`,
    {
      ...{ table: size, hazards: [exclusive(relation), exclusive(actual.references)] },
      ...{ undo: addConstraint(relation, actual, { notValid: true }), needs: needsOf(relation, key) },
    },
  );
  return task([gap], what, [drop, ...addForeignKey(known, relation, key)]);
}

function differsInTiming(key: ForeignKey, actual: ForeignKey): boolean {
  const rest = ({ columns, references, referencedColumns, onDelete, onUpdate, match, enforced }: ForeignKey) =>
    JSON.stringify([
      columns,
      references.schema,
      references.name,
      referencedColumns,
      onDelete,
      onUpdate,
      match ?? "simple",
      enforced,
    ]);
  const asked = {
    ...actual,
    ...(key.onDelete === undefined ? { onDelete: undefined } : {}),
    ...(key.onUpdate === undefined ? { onUpdate: undefined } : {}),
  };
  return rest(key) === rest(asked as ForeignKey);
}

export function foreignKeyText(relation: QualifiedName, key: ForeignKey): string {
  return `Foreign key (${key.columns.join(", ")}) of ${displayName(relation)} to ${displayName(key.references)}`;
}

/** The first statement says why all of them stand there. */
export function withReason(gap: Gap, drafts: readonly Draft[]): Draft[] {
  return drafts.map((each, i) => (i === 0 ? { ...each, why: `${gap.message} ${each.why}` } : each));
}
