/** The rows with which a flow is repeated: written in the check file, or in a CSV or JSON file beside it. */
import type { Json } from "../../model/report.js";
import type { FlowSection } from "../schema/check-file.js";
import { MOST_ROWS } from "../schema/smoke.js";
import { toJson } from "../schema/values.js";
import type { Attachments } from "./attachments.js";
import { parseCsv } from "./csv.js";

export type Row = ReadonlyMap<string, Json>;

export interface Rows {
  readonly rows: readonly Row[];
  /** Why they cannot be used; `row` counts from 0, null: all of them. */
  readonly problems: readonly { readonly row: number | null; readonly message: string }[];
}

/** The rows of a flow, or null when it runs once. A file that could not be read gives none; that is told elsewhere. */
export function readRows({ each }: FlowSection, attachments: Attachments): Rows | null {
  if (each === undefined) return null;
  if (Array.isArray(each))
    return complete(each.map((row) => new Map([...row].map(([name, value]) => [name, toJson(value)]))));
  const attachment = attachments.get(each.file);
  if (attachment === undefined || "problem" in attachment) return { rows: [], problems: [] };
  const text = decode(attachment.bytes);
  if (text === null) return wrong("the file is not UTF-8 text");
  const found = /\.json$/i.test(each.file) ? fromJson(text) : fromCsv(text);
  if (typeof found === "string") return wrong(found);
  if (found.length === 0) return wrong("the file has no rows");
  if (found.length > MOST_ROWS) return wrong(`the file has ${found.length} rows, and at most ${MOST_ROWS} can be used`);
  return complete(found);
}

function wrong(message: string): Rows {
  return { rows: [], problems: [{ row: null, message }] };
}

/** Every row has the names of the first one: what one of them lacked would be a template that nothing fills in. */
function complete(rows: readonly Row[]): Rows {
  const names = [...(rows[0]?.keys() ?? [])];
  const problems = rows.flatMap((row, i) => {
    const missing = names.filter((name) => !row.has(name));
    const extra = [...row.keys()].filter((name) => !names.includes(name));
    const parts = [
      ...missing.map((name) => `lacks ${name}`),
      ...extra.map((name) => `has ${name}, which the first has not`),
    ];
    return parts.length === 0 ? [] : [{ row: i, message: `row ${i + 1} ${parts.join(" and ")}` }];
  });
  return { rows, problems };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function fromCsv(text: string): Row[] | string {
  const records = parseCsv(text);
  if (records === null) return 'the file is not CSV: a " is not closed, or stands inside a field without quotes';
  const [names, ...rest] = records;
  if (names === undefined) return "the file is empty; its first line names the columns";
  if (new Set(names).size < names.length) return "two columns of the file have one name";
  const odd = rest.findIndex((record) => record.length !== names.length);
  if (odd >= 0) return `row ${odd + 1} has ${rest[odd]?.length} fields, and the first line names ${names.length}`;
  return rest.map((record) => new Map(names.map((name, i) => [name.trim(), record[i] ?? ""])));
}

function fromJson(text: string): Row[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "the file is not JSON";
  }
  const isRow = (each: unknown) => typeof each === "object" && each !== null && !Array.isArray(each);
  if (!Array.isArray(value) || !value.every(isRow)) return "a list of objects is expected in the file";
  return value.map((row) => new Map(Object.entries(row as Record<string, Json>)));
}
