/** MISSING_COLUMN, with the keys and indexes that rest on the column: the report does not tell those again. */
import type { ExpectedRelation } from "../../model/contract.js";
import { clauseOf } from "../../model/definitions.js";
import { displayName } from "../../model/names.js";
import type { Hazard } from "../../model/repair.js";
import type { Gap } from "../../model/report.js";
import type { Column } from "../../model/schema.js";
import { addColumn, dropColumn, dropDefault, setDefault } from "../ddl/index.js";
import { anyRows } from "./checks.js";
import { columnText, draft, leave, NOT_DESCRIBED, task, together } from "./draft.js";
import { addForeignKey } from "./foreign-keys.js";
import { unguarded } from "./guards.js";
import { exclusive, hazard } from "./hazards.js";
import { buildIndex } from "./indexes.js";
import { addKey } from "./keys.js";
import type { Known } from "./known.js";
import { columnKey, functionKey, relationKey, sequenceKey, typeNeeds } from "./needs.js";
import { requireNotNull } from "./not-null.js";
import { backfillOption, fillNulls } from "./nullability.js";
import { ownedSequence, sequenceFor } from "./sequences.js";
import { expectedColumn } from "./subjects.js";
import type { Draft, Planned } from "./task.js";
import { unlistedTypes } from "./unlisted-types.js";
import { isConstant, isSteady } from "./values.js";

export function missingColumn(gap: Gap, known: Known): Planned {
  const found = expectedColumn(known, gap);
  if (found === null) return leave([gap], `Add ${gap.subject.name}`, NOT_DESCRIBED);
  const { relation, column } = found;
  const what = `Column ${columnText(relation, column.name)}`;
  const drafts = columnDrafts(known, relation, column);
  if (drafts === null) return needsValue(gap, known, relation, column);
  const [first, ...rest] = drafts;
  const reasoned = first === undefined ? [] : [{ ...first, why: `${gap.message} ${first.why}` }, ...rest];
  const types = unlistedTypes(known, column);
  return together(task([gap], what, [...types, ...reasoned]), ...partsOn(gap, known, relation, column));
}

/** Rows exist, and nobody but the people who know them can say what stands in the new column. */
function needsValue(gap: Gap, known: Known, relation: ExpectedRelation, column: Column): Planned {
  const left = leave(
    [gap],
    `Column ${columnText(relation, column.name)}`,
    "It is NOT NULL without a default, and rows exist: only you know their value.",
    {
      statements: [
        addColumn(relation, column, { notNull: false }),
        fillNulls(known, relation, column.name, "VALUE", "").statement,
        ...requireNotNull(known, relation, column.name, { checks: [], option: null }).map(({ statement }) =>
          unguarded(statement),
        ),
      ],
      hazards: [exclusive(relation), hazard("needs-a-value", columnText(relation, column.name))],
      ...{
        checks: [anyRows(relation)],
        option: backfillOption(relation, column.name),
        makes: [columnKey(relation, column.name)],
      },
    },
  );
  return together(left, ...partsOn(gap, known, relation, column));
}

/** Null: a value is needed that nobody gave. */
function columnDrafts(known: Known, relation: ExpectedRelation, column: Column): Draft[] | null {
  const mayHoldRows = known.room(relation) === "small" || known.room(relation) === "large";
  if (column.identity !== null || column.generated !== null) return [added(known, relation, column)];
  if (!mayHoldRows) return serialDrafts(known, relation, column, [added(known, relation, column)]);
  const given = known.backfill(relation, column.name);
  if (given !== null) return filled(known, relation, column, given);
  if (column.default === null) return column.nullable ? [added(known, relation, column)] : null;
  const isInstant = isSteady(column.default.text) && column.type.kind !== "domain";
  if (isInstant || known.room(relation) === "small")
    return serialDrafts(known, relation, column, [added(known, relation, column)]);
  return serialDrafts(known, relation, column, filledLater(known, relation, column, column.default.text));
}

/** A constant is stored once for all old rows, whatever their number; anything else is written to each of them. */
function filled(known: Known, relation: ExpectedRelation, column: Column, value: string): Draft[] {
  if (!isConstant(value) || column.type.kind === "domain") return filledLater(known, relation, column, value);
  const withValue = { ...column, default: { text: value, renderings: [value] } };
  const add = {
    ...added(known, relation, withValue),
    why: "Old rows get the value that was given, at once and without being written: it is a constant.",
  };
  const name = column.name;
  const after = column.default === null ? dropDefault(relation, name) : setDefault(relation, name, column.default.text);
  const rest = draft("column", after, "The value was for the old rows only.", {
    table: known.size(relation),
    hazards: [exclusive(relation)],
  });
  return [add, rest];
}

/** Added empty, so that nothing is rewritten under the lock; then filled, then NOT NULL. */
function filledLater(known: Known, relation: ExpectedRelation, column: Column, value: string): Draft[] {
  const { name } = column;
  const bare = { ...column, default: null, nullable: true };
  const add = { ...added(known, relation, bare), why: "Added empty: nothing is rewritten under the lock." };
  const size = known.size(relation);
  const setting =
    column.default === null
      ? []
      : [
          draft("column", setDefault(relation, name, column.default.text), "For new rows.", {
            table: size,
            hazards: [exclusive(relation)],
            needs: defaultNeeds(column),
          }),
        ];
  const fill = fillNulls(known, relation, name, value, "Old rows get their value.");
  const required = column.nullable ? [] : requireNotNull(known, relation, name, { checks: [], option: null });
  return [add, ...setting, fill, ...required];
}

/** The sequence of a serial column comes before it, and belongs to it right afterwards. */
function serialDrafts(known: Known, relation: ExpectedRelation, column: Column, drafts: readonly Draft[]): Draft[] {
  const sequence = sequenceFor(known, column);
  if (sequence === null) return [...drafts];
  return [sequence, ...drafts.slice(0, 1), ...ownedSequence(known, relation, column, "column"), ...drafts.slice(1)];
}

function added(known: Known, relation: ExpectedRelation, column: Column): Draft {
  const options = { identityOptions: clauseOf(known.definitions, "identity", relation, column.name) };
  return draft("column", addColumn(relation, column, options), whyAdded(column), {
    ...{ table: known.size(relation), hazards: addHazards(known, relation, column) },
    ...{ makes: [columnKey(relation, column.name)], undo: dropColumn(relation, column.name) },
    needs: [relationKey(relation), ...typeNeeds(column.type), ...defaultNeeds(column)],
  });
}

function whyAdded({ default: value, identity, generated }: Column): string {
  if (generated !== null) return "Its values follow from the row.";
  if (identity !== null) return "Old rows get numbers.";
  return value === null ? "Old rows have no value in it." : `Old rows get its default, ${value.text}.`;
}

/** What a default calls: functions and sequences that the plan may have to make first. */
export function defaultNeeds({ default: value, sequence }: Column): string[] {
  const calls = [...(value?.text ?? "").matchAll(/(\w+)\.(\w+)\(/g)].map(([, schema = "", name = ""]) =>
    functionKey({ schema, name }),
  );
  return sequence === null || value === null ? calls : [...calls, sequenceKey(sequence)];
}

function addHazards(known: Known, relation: ExpectedRelation, column: Column): Hazard[] {
  const room = known.room(relation);
  const isVolatile = column.default !== null && !isSteady(column.default.text);
  const isWritten =
    isVolatile || column.identity !== null || column.generated?.kind === "stored" || column.type.kind === "domain";
  const rewrites = isWritten && (room === "small" || room === "large");
  return [exclusive(relation), ...(rewrites ? [hazard("table-rewrite", relation)] : [])];
}

/** Keys, indexes and foreign keys that name the column. A check or exclusion that does is a gap of its own. */
function partsOn(gap: Gap, known: Known, relation: ExpectedRelation, { name }: Column): Planned[] {
  const indexes = relation.indexes
    .filter(({ constraint, keys }) => constraint === null && keys.some(({ column }) => column === name))
    .map((index) =>
      task([gap], `Index ${index.name} on ${displayName(relation)}`, [buildIndex(known, relation, index)]),
    );
  const constraints = relation.constraints.map((each): Planned => {
    const what = `Constraint ${each.name} on ${displayName(relation)}`;
    if (!("columns" in each) || !each.columns.includes(name)) return { tasks: [], left: [] };
    return task(
      [gap],
      what,
      each.kind === "foreign-key" ? addForeignKey(known, relation, each) : addKey(known, relation, each),
    );
  });
  return [...indexes, ...constraints];
}
