/** What an index is, apart from its name: method, keys with their order, INCLUDE, predicate, uniqueness. */
import type { Json } from "../model/report.js";
import type { Index, IndexKey } from "../model/schema.js";
import { type Sameness, sameExpression } from "./expressions.js";

/**
 * Whether `actual` does everything that `expected` is there for. A unique index also serves as a plain one, an index
 * with more INCLUDE columns or without the predicate as one with; a btree is read backwards as well as forwards. For
 * ON CONFLICT neither order nor place of the columns matters.
 */
export function serves(expected: Index, actual: Index): Sameness {
  if (expected.method !== actual.method || expected.keys.length !== actual.keys.length) return "different";
  if (!expected.include.every((column) => actual.include.includes(column))) return "different";
  if (expected.unique && !actual.unique) return "different";
  const predicate =
    actual.predicate === null && !expected.unique ? "same" : sameExpression(expected.predicate, actual.predicate);
  return worst([predicate, sameKeys(expected, actual)]);
}

function sameKeys(expected: Index, actual: Index): Sameness {
  if (expected.unique) return sameKeySet(expected.keys, actual.keys);
  const forwards = worst(expected.keys.map((key, i) => sameKey(key, actual.keys[i])));
  if (forwards !== "different" || expected.method !== "btree") return forwards;
  return worst(expected.keys.map((key, i) => sameKey(reversed(key), actual.keys[i])));
}

/** Every expected key has a partner, whatever its place and order. */
function sameKeySet(expected: readonly IndexKey[], actual: readonly IndexKey[]): Sameness {
  const unordered = (key: IndexKey): IndexKey => ({ ...key, descending: false, nullsFirst: false });
  return worst(
    expected.map((key) => {
      const found = actual.map((other) => sameKey(unordered(key), unordered(other)));
      if (found.includes("same")) return "same";
      return found.includes("unknown") ? "unknown" : "different";
    }),
  );
}

function reversed(key: IndexKey): IndexKey {
  return { ...key, descending: !key.descending, nullsFirst: !key.nullsFirst };
}

export function worst(parts: readonly Sameness[]): Sameness {
  if (parts.includes("different")) return "different";
  return parts.includes("unknown") ? "unknown" : "same";
}

/** The operator classes for varchar are those for text under another name. */
const SAME_CLASS: Readonly<Record<string, string | undefined>> = {
  varchar_ops: undefined,
  varchar_pattern_ops: "text_pattern_ops",
};

function className({ operatorClass }: IndexKey): string | undefined {
  const name = operatorClass?.name;
  return name !== undefined && Object.hasOwn(SAME_CLASS, name) ? SAME_CLASS[name] : name;
}

export function sameKey(expected: IndexKey, actual: IndexKey | undefined): Sameness {
  if (actual === undefined || expected.column !== actual.column) return "different";
  const sameOrder = expected.descending === actual.descending && expected.nullsFirst === actual.nullsFirst;
  const sameClass = className(expected) === className(actual);
  const sameCollation = expected.collation?.name === actual.collation?.name;
  if (!sameOrder || !sameClass || !sameCollation) return "different";
  return sameExpression(expected.expression, actual.expression);
}

/** The columns of a unique index that says nothing but "these columns are unique"; null for partial and expression indexes. */
export function uniqueColumns(index: Index): readonly string[] | null {
  // A primary key WITHOUT OVERLAPS (PostgreSQL 18) is a gist index: no arbiter for ON CONFLICT.
  if (!index.unique || index.predicate !== null || index.method !== "btree") return null;
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
