/** COLUMN_NULLABILITY, and a NOT NULL that was added NOT VALID (PostgreSQL 18). */
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { properties } from "../../model/json.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import type { Column } from "../../model/schema.js";
import { dropNotNull, setNotNull } from "../ddl/index.js";
import { statement } from "../ddl/words.js";
import { nullsIn } from "./checks.js";
import { columnText, draft, leave, PATIENT, task } from "./draft.js";
import { exclusive, hazard, lock } from "./hazards.js";
import { isInPrimaryKey, type Known } from "./known.js";
import { columnKey, uniqueKey } from "./needs.js";
import { requireNotNull } from "./not-null.js";
import { expectedColumn, tableOf } from "./subjects.js";
import type { Draft, Planned } from "./task.js";

export function columnNullability(gap: Gap, known: Known): Planned {
  const column = expectedColumn(known, gap)?.column;
  return column?.nullable === true ? loosened(gap, known) : tightenColumn(gap, known);
}

function loosened(gap: Gap, known: Known): Planned {
  const table = tableOf(gap);
  const { name } = gap.subject;
  const inKey = isInPrimaryKey(known, table, name);
  const nextKey = inKey ? replacingKey(known, table) : null;
  if (inKey && nextKey === null) {
    const why = `${gap.message} It belongs to the primary key, which allows no NULL.`;
    return leave([gap], `NULL in ${columnText(table, name)}`, why);
  }
  const loosen = draft(nextKey === null ? "loosen" : "key", dropNotNull(table, name), gap.message, {
    needs: nextKey === null ? [] : [nextKey],
    ...{ table: known.size(table), hazards: [exclusive(table)], undo: setNotNull(table, name) },
  });
  return task([gap], `NULL in ${columnText(table, name)}`, [loosen]);
}

/** What the plan makes the primary key instead; null: it stays as it is. */
function replacingKey(known: Known, table: QualifiedName): string | null {
  const isAbout = ({ code, subject, expected }: Gap) =>
    (code === "CONSTRAINT_DEFINITION" || code === "MISSING_CONSTRAINT") &&
    properties(expected)["primaryKey"] === true &&
    subject.schema === table.schema &&
    subject.relation === table.name;
  const key = known.expected(table)?.constraints.find(({ kind }) => kind === "primary-key");
  if (key === undefined || !("columns" in key) || !known.situation.gaps.some(isAbout)) return null;
  return uniqueKey(table, key.columns);
}

/** Rows with NULL get the value that somebody gave, else the default of the contract; else they are counted. */
export function tightenColumn(gap: Gap, known: Known): Planned {
  const table = tableOf(gap);
  const column = expectedColumn(known, gap)?.column;
  const { name } = gap.subject;
  const value = known.backfill(table, name) ?? (column === undefined ? null : defaultFor(column));
  const what = `NOT NULL on ${columnText(table, name)}`;
  if (known.room(table) === "empty" || value === null) {
    const drafts = requireNotNull(known, table, name, {
      checks: [nullsIn(table, name)],
      option: backfillOption(table, name),
    });
    return task(
      [gap],
      what,
      drafts.map((each, i) => (i === 0 ? { ...each, why: `${gap.message} ${each.why}` } : each)),
    );
  }
  const origin = known.backfill(table, name) === null ? "the default of the contract" : "the value that was given";
  const fill = {
    ...fillNulls(known, table, name, value, `${gap.message} Rows with NULL get ${origin}.`),
    fills: nullsIn(table, name),
  };
  return task([gap], what, [fill, ...requireNotNull(known, table, name, { checks: [], option: null })]);
}

/** What an INSERT without a value would store; a number from a sequence is no value for rows that exist. */
function defaultFor(column: Column): string | null {
  const text = column.default?.text ?? null;
  return text === null || /^nextval\(/.test(text) ? null : text;
}

/** UPDATE of the rows that have no value. `expression` may name other columns of the row. */
export function fillNulls(known: Known, table: QualifiedName, column: string, expression: string, why: string): Draft {
  const name = quoteVisibly(column);
  const sql = statement(`UPDATE ${qualifiedVisibly(table)} SET ${name} = ${expression} WHERE ${name} IS NULL`);
  return draft("fill", sql, why, {
    ...{ ...PATIENT, table: known.size(table), needs: [columnKey(table, column)] },
    hazards: [
      lock("ROW EXCLUSIVE", table),
      hazard("changes-rows", columnText(table, column)),
      ...(known.room(table) === "large" ? [hazard("full-scan", table)] : []),
    ],
  });
}

/** `--backfill 'public.users.name=VALUE'`, for a shell. */
export function backfillOption(table: QualifiedName, column: string): string {
  return `--backfill '${`${displayName(table)}.${column}`.replaceAll("'", "'\\''")}=VALUE'`;
}
