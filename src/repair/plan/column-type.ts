/** COLUMN_TYPE: in the plan only where every value stays what it is; otherwise it is told how, and what to count first. */
import { literalVisibly, quoteVisibly } from "../../model/grants.js";
import { compareQualified, displayName, type QualifiedName } from "../../model/names.js";
import type { PreCheck } from "../../model/repair.js";
import type { Gap } from "../../model/report.js";
import type { Column, TypeRef } from "../../model/schema.js";
import { alterType, dropDefault, setDefault } from "../ddl/index.js";
import { typeName } from "../ddl/words.js";
import { dependentsOf, rowsWhere } from "./checks.js";
import { columnText, draft, leave, NOT_DESCRIBED, task } from "./draft.js";
import { exclusive, hazard } from "./hazards.js";
import type { Known } from "./known.js";
import { columnKey, columnTypeKey, typeNeeds } from "./needs.js";
import { expectedColumn } from "./subjects.js";
import type { Planned } from "./task.js";
import { changeOf, numericParts } from "./widening.js";

export function columnType(gap: Gap, known: Known): Planned {
  const found = expectedColumn(known, gap);
  const what = `Type of ${columnText({ schema: gap.subject.schema ?? "", name: gap.subject.relation ?? "" }, gap.subject.name)}`;
  if (found === null) return leave([gap], what, NOT_DESCRIBED);
  const { relation, column } = found;
  const actual = known.actualColumn(relation, column.name);
  const change = actual === null ? "lossy" : changeOf(actual.type, column.type);
  const isEmpty = known.room(relation) === "empty";
  if (change === "lossy" || actual === null) return byHand(gap, known, relation, column, actual, what);
  const rewrites = change === "rewrite" && !isEmpty;
  const alter = draft("column", alterType(relation, column), `${gap.message} Every value stays what it is.`, {
    ...{ table: known.size(relation), checks: [dependentsOf(relation, column.name)], needs: typeNeeds(column.type) },
    hazards: [exclusive(relation), ...(rewrites ? [hazard("table-rewrite", relation)] : [])],
    // Back to the narrower type only while every value still fits.
    undo: alterType(relation, actual),
    makes: [columnKey(relation, column.name), columnTypeKey(relation, column.name)],
  });
  return task([gap], what, [alter]);
}

function byHand(
  gap: Gap,
  known: Known,
  table: QualifiedName,
  column: Column,
  actual: Column | null,
  what: string,
): Planned {
  const { using, note } = actual === null ? { using: plainCast(column), note: "" } : conversion(actual.type, column);
  const misfits = actual === null ? null : misfitsOf(known, table, actual.type, column);
  const why = `${gap.message} Values could be lost or refused, so this is yours to decide.${note}`;
  return leave([gap], what, why, {
    statements: statementsFor(table, column, actual, using),
    hazards: [
      exclusive(table),
      hazard("table-rewrite", table),
      hazard("data-loss", columnText(table, column.name)),
      hazard("breaks-running-code", columnText(table, column.name)),
    ],
    checks: [...(misfits === null ? [] : [misfits]), dependentsOf(table, column.name)],
    makes: [columnTypeKey(table, column.name)],
  });
}

/** A default is not converted with the values. */
function statementsFor(table: QualifiedName, column: Column, actual: Column | null, using: string): string[] {
  const alter = alterType(table, column, using);
  if (actual?.default == null && column.default === null) return [alter];
  const set = column.default === null ? [] : [setDefault(table, column.name, column.default.text)];
  return [dropDefault(table, column.name), alter, ...set];
}

function plainCast({ name, type }: Column): string {
  return `${quoteVisibly(name)}::${typeName(type)}`;
}

interface Conversion {
  readonly using: string;
  readonly note: string;
}

function conversion(actual: TypeRef, column: Column): Conversion {
  const { type } = column;
  const name = quoteVisibly(column.name);
  const isZoned = (each: TypeRef) => each.name === "timestamptz";
  const isTime = (each: TypeRef) => each.name === "timestamp" || each.name === "timestamptz";
  if (isTime(actual) && isTime(type) && isZoned(actual) !== isZoned(type)) {
    const note = " The statement takes the times without a zone as UTC; write your zone instead if they are not.";
    return { using: `(${name} AT TIME ZONE 'UTC')::${typeName(type)}`, note };
  }
  const viaText = type.kind === "enum" || actual.kind === "enum";
  return { using: viaText ? `${name}::pg_catalog.text::${typeName(type)}` : plainCast(column), note: "" };
}

/** Counts the values that would not fit, or could not be read as the new type; null: nothing simple tells. */
function misfitsOf(known: Known, table: QualifiedName, actual: TypeRef, { name, type }: Column): PreCheck | null {
  const condition = type.array || actual.array ? null : misfit(known, quoteVisibly(name), actual, type);
  return condition === null
    ? null
    : rowsWhere(table, `rows of ${displayName(table)} whose ${name} is no ${type.text}`, condition);
}

const TEXTS = ["text", "varchar", "bpchar"];
const RANGES: Readonly<Record<string, readonly [string, string]>> = {
  int2: ["-32768", "32767"],
  int4: ["-2147483648", "2147483647"],
  int8: ["-9223372036854775808", "9223372036854775807"],
};

function misfit(known: Known, column: string, actual: TypeRef, type: TypeRef): string | null {
  const isText = TEXTS.includes(actual.name);
  if (type.kind === "enum") return notALabel(known, column, type);
  if (TEXTS.includes(type.name) && type.modifier > 4) {
    return `pg_catalog.length(${column}::pg_catalog.text) > ${type.modifier - 4}`;
  }
  const range = RANGES[type.name];
  if (range !== undefined) return outside(column, range, isText, actual);
  if (type.name === "numeric" && actual.category === "N" && type.modifier !== -1) return tooWide(column, type);
  if (type.name === "uuid" && isText) return `${column} !~* '^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$'`;
  if (type.name === "bool" && isText) return `${column} !~* '^\\s*(t|true|f|false|y|yes|n|no|on|off|1|0)\\s*$'`;
  return type.category === "N" && isText
    ? `${column} !~ '^\\s*[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?\\s*$'`
    : null;
}

function notALabel(known: Known, column: string, type: TypeRef): string | null {
  const all = known.situation.contract.applications.flatMap(({ enums }) => enums);
  const labels = all.find((each) => compareQualified(each, type) === 0)?.labels ?? known.actualEnum(type)?.labels;
  if (labels === undefined || labels.length === 0) return null;
  return `${column}::pg_catalog.text NOT IN (${labels.map(literalVisibly).join(", ")})`;
}

function outside(
  column: string,
  [least, most]: readonly [string, string],
  isText: boolean,
  actual: TypeRef,
): string | null {
  // A text of digits may still be too long; that many are not a number that anybody meant.
  if (isText) return `${column} !~ '^\\s*[-+]?[0-9]{1,${most.length - 1}}\\s*$'`;
  if (actual.category !== "N") return null;
  const isWhole = actual.name.startsWith("int")
    ? ""
    : ` OR ${column}::pg_catalog.numeric <> pg_catalog.trunc(${column}::pg_catalog.numeric)`;
  return `${column} NOT BETWEEN ${least} AND ${most}${isWhole}`;
}

function tooWide(column: string, type: TypeRef): string {
  const { precision, scale } = numericParts(type);
  const value = `${column}::pg_catalog.numeric`;
  const most = `1${"0".repeat(precision - scale)}`;
  return `pg_catalog.abs(pg_catalog.round(${value}, ${scale})) >= ${most} OR ${value} <> pg_catalog.round(${value}, ${scale})`;
}
