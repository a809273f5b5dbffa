/** Claims about rows, and the values that are taken from them. */
import type { SqlAssertions, SqlStep } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { judgePredicate, renderPredicate, showOf } from "./predicate.js";
import { MAX_ROWS, type Rows } from "./sql-rows.js";
import type { Lookup } from "./template.js";

/** Takes what can be taken, one line for each value that cannot. */
export function takeColumns(step: SqlStep, rows: Rows): { values: Map<string, Json>; failures: string[] } {
  const values = new Map<string, Json>();
  const failures: string[] = [];
  for (const { name, column } of step.capture) {
    const cell = cellOf(rows, column);
    if (typeof cell === "object" && cell !== null && "problem" in cell)
      failures.push(`capture ${name}: ${cell.problem}`);
    else values.set(name, cell.value);
  }
  return { values, failures };
}

type Cell = { readonly value: Json } | { readonly problem: string };

function cellOf(rows: Rows, column: string): Cell {
  const [first] = rows;
  if (first === undefined) return { problem: "the query returned no rows" };
  if (!Object.hasOwn(first, column)) {
    return { problem: `the query has no column ${column}; columns: ${Object.keys(first).join(", ")}` };
  }
  return { value: toJson(first[column]) };
}

/** As JSON would hold it; bigint and numeric stay text, as pg delivers them, because a JSON number cannot hold them. */
function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return value.toString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString("hex")}`;
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** One line for each claim that is false. */
export function judgeRows({ rows: count, values }: SqlAssertions, rows: Rows, lookup: Lookup): string[] {
  const tooMany =
    count !== null && rows.length >= MAX_ROWS ? [`rows: ${MAX_ROWS} or more; use count(*) in the query`] : [];
  const counted = { subject: "rows", actual: rows.length, missing: "is not known", loose: false };
  return [
    ...tooMany,
    ...(count === null || tooMany.length > 0 ? [] : judgePredicate(counted, renderPredicate(count, lookup))),
    ...values.flatMap(({ column, predicate }) => {
      const cell = cellOf(rows, column);
      if ("problem" in cell && predicate.exists !== false) return [`column ${column}: ${cell.problem}`];
      const actual = "problem" in cell ? undefined : cell.value;
      const judged = { subject: `column ${column}`, actual, missing: "has no value", loose: true };
      return judgePredicate(judged, renderPredicate(predicate, lookup));
    }),
  ];
}

/** The facts that make every claim true, for people; null when one is false, or when nothing is claimed. */
export function factsOfRows(claims: SqlAssertions, rows: Rows, lookup: Lookup): string | null {
  const { rows: count, values } = claims;
  if (count === null && values.length === 0) return null;
  if (judgeRows(claims, rows, lookup).length > 0) return null;
  const columns = [...new Set(values.map(({ column }) => column))].map((column) => {
    const cell = cellOf(rows, column);
    return "problem" in cell ? `column ${column} is absent` : `column ${column} is ${showOf(column, cell.value)}`;
  });
  return [...(count === null ? [] : [`rows is ${rows.length}`]), ...columns].join(", ");
}
