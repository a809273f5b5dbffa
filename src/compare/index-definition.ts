/** What an index is, apart from its name: method, keys with their order, INCLUDE, predicate, uniqueness. */
import type { Json } from "../model/report.js";
import type { Index, IndexKey } from "../model/schema.js";
import { type Sameness, sameExpression } from "./expressions.js";

/** Whether `actual` does everything that `expected` is there for. A unique index also serves as a plain one. */
export function serves(expected: Index, actual: Index): Sameness {
  if (expected.method !== actual.method || expected.keys.length !== actual.keys.length) return "different";
  if (!sameMembers(expected.include, actual.include)) return "different";
  if (expected.unique && !(actual.unique && sameNullTreatment(expected, actual))) return "different";
  const parts = [
    sameExpression(expected.predicate, actual.predicate),
    ...expected.keys.map((key, i) => sameKey(key, actual.keys[i])),
  ];
  if (parts.includes("different")) return "different";
  return parts.includes("unknown") ? "unknown" : "same";
}

function sameNullTreatment(expected: Index, actual: Index): boolean {
  return expected.nullsNotDistinct === actual.nullsNotDistinct;
}

export function sameKey(expected: IndexKey, actual: IndexKey | undefined): Sameness {
  if (actual === undefined || expected.column !== actual.column) return "different";
  const sameOrder = expected.descending === actual.descending && expected.nullsFirst === actual.nullsFirst;
  const sameClass = expected.operatorClass?.name === actual.operatorClass?.name;
  const sameCollation = expected.collation?.name === actual.collation?.name;
  if (!sameOrder || !sameClass || !sameCollation) return "different";
  return sameExpression(expected.expression, actual.expression);
}

/** The columns of a unique index that says nothing but "these columns are unique"; null for partial and expression indexes. */
export function uniqueColumns(index: Index): readonly string[] | null {
  if (!index.unique || index.predicate !== null) return null;
  const columns = index.keys.map(({ column }) => column);
  return columns.every((column): column is string => column !== null) ? columns : null;
}

export function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((member) => b.includes(member));
}

export function describeIndex(index: Index): Json {
  return {
    columns: index.keys.map(describeKey),
    ...(index.unique ? { unique: true } : {}),
    ...(index.method === "btree" ? {} : { method: index.method }),
    ...(index.include.length === 0 ? {} : { include: index.include }),
    ...(index.predicate === null ? {} : { where: index.predicate.text }),
    ...(index.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
  };
}

/** `"createdAt" desc`: one key as people write it. The default NULLS order is left out. */
export function describeKey(key: IndexKey): string {
  const parts = [key.column ?? `(${key.expression?.text ?? ""})`];
  if (key.collation !== null) parts.push(`collate ${key.collation.name}`);
  if (key.operatorClass !== null) parts.push(key.operatorClass.name);
  if (key.descending) parts.push("desc");
  if (key.nullsFirst !== key.descending) parts.push(key.nullsFirst ? "nulls first" : "nulls last");
  return parts.join(" ");
}

export function indexText(index: Index): string {
  const unique = index.unique ? "unique index" : "index";
  const method = index.method === "btree" ? "" : ` using ${index.method}`;
  const where = index.predicate === null ? "" : ` where ${index.predicate.text}`;
  return `${unique}${method} on (${index.keys.map(describeKey).join(", ")})${where}`;
}
