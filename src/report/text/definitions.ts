/**
 * Definitions as they stand in SQL, from the values of a gap. What the values do not hold gives null, and the reader
 * falls back on the gap's message.
 */
import { properties, strings } from "../../model/json.js";
import type { Json } from "../../model/report.js";

/** `text not null default 'id'`: a column without its name. */
export function columnText(value: Json): string | null {
  const { type, nullable, default: fallback, identity, generated } = properties(value);
  if (typeof type !== "string") return null;
  return [
    typeText(type),
    ...(nullable === false ? ["not null"] : []),
    ...(typeof fallback === "string" ? [`default ${defaultText(fallback, type)}`] : []),
    ...(typeof identity === "string" ? [`generated ${identity.replace("-", " ")} as identity`] : []),
    ...(typeof generated === "string" ? [`generated always as (${generated})`] : []),
  ].join(" ");
}

/** What PostgreSQL takes for the same type when nothing is said of the time zone. */
export function typeText(type: string): string {
  return type.replace(/ without time zone$/, "");
}

/** `'id'::text` is `'id'` where the column says already that it is text. */
export function defaultText(text: string, type: string | null): string {
  const cast = `::${type ?? ""}`;
  const literal = text.slice(0, -cast.length);
  return type !== null && text.endsWith(cast) && /^'(?:[^']|'')*'$/.test(literal) ? literal : text;
}

/** `unique (a, b desc) using gin include (c) where d` */
export function indexText(value: Json): string | null {
  const { columns, unique, method, include, where, nullsNotDistinct } = properties(value);
  const keys = strings(columns);
  if (keys.length === 0) return null;
  return [
    ...(unique === true ? ["unique"] : []),
    ...(typeof method === "string" && method !== "btree" ? [`using ${method}`] : []),
    list(keys),
    ...(strings(include).length > 0 ? [`include ${list(strings(include))}`] : []),
    ...(nullsNotDistinct === true ? ["nulls not distinct"] : []),
    ...(typeof where === "string" ? [`where ${where}`] : []),
  ].join(" ");
}

/** `foreign key (a) to t (id) on delete set null`; a table of the key's own schema goes without it. */
export function foreignKeyText(value: Json, schema: string | null): string | null {
  const fields = properties(value);
  const target = foreignKeyTarget(fields, schema);
  return target === null ? null : `foreign key ${list(strings(fields["columns"]))} to ${target}`;
}

/** `t (id) on delete set null` */
export function foreignKeyTarget(fields: ReturnType<typeof properties>, schema: string | null): string | null {
  const { references, referencedColumns, onDelete, onUpdate } = fields;
  if (typeof references !== "string") return null;
  const own = `${schema ?? ""}.`;
  const referenced = strings(referencedColumns);
  return [
    references.startsWith(own) ? references.slice(own.length) : references,
    ...(referenced.length > 0 ? [list(referenced)] : []),
    ...(typeof onDelete === "string" ? [`on delete ${onDelete.replace("-", " ")}`] : []),
    ...(typeof onUpdate === "string" ? [`on update ${onUpdate.replace("-", " ")}`] : []),
  ].join(" ");
}

function list(names: readonly string[]): string {
  return `(${names.join(", ")})`;
}
