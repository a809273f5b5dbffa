/** Indexes that are gone, broken or others. */
import { createIndex } from "../ddl.js";
import { type IndexSpec, q, type TableSpec } from "../spec.js";
import { around, atOne, type Drift, freeColumns, harmful, type Kind, part, partsOf, type Site } from "./kind.js";

type Found = { readonly table: TableSpec; readonly part: IndexSpec };

export function onIndex(
  site: Site,
  fits: (index: IndexSpec, table: TableSpec) => boolean,
  make: (found: Found) => Omit<Drift, "touches"> | null,
): Drift | null {
  return atOne(
    site.choose,
    partsOf(site, ({ indexes }) => indexes, fits),
    (found) => {
      const drift = make(found);
      return drift === null ? null : { ...drift, touches: around(site.spec, found.table) };
    },
  );
}

export const dropIndex = ({ table, part: index }: Found) => `drop index ${q(table.schema)}.${q(index.name)}`;
const severityOf = ({ unique }: IndexSpec) => (unique ? "error" : "warning");

/** The index of the same name with another definition. */
function remade(found: Found, changed: Partial<IndexSpec>): Omit<Drift, "touches"> {
  const { table, part: index } = found;
  return {
    statements: [dropIndex(found), createIndex(table, { ...index, ...changed })],
    expected: [part("INDEX_DEFINITION", severityOf(index), "index", table, index.name)],
  };
}

const firstIsColumn = ({ keys }: IndexSpec) => keys[0]?.column !== null;

export const INDEX_KINDS: readonly Kind[] = [
  harmful("an index is dropped", (site) =>
    onIndex(
      site,
      () => true,
      (found) => ({
        statements: [dropIndex(found)],
        expected: [part("MISSING_INDEX", severityOf(found.part), "index", found.table, found.part.name)],
      }),
    ),
  ),
  harmful("an index is on another column", (site) =>
    onIndex(
      site,
      ({ method }, table) => method === "btree" && free(site, table).length > 0,
      (found) => {
        const name = free(site, found.table)[0]?.part.name ?? "";
        return remade(found, { keys: [{ sql: q(name), column: name }], unique: false, include: [], where: null });
      },
    ),
  ),
  harmful("an index has one column more", (site) =>
    onIndex(
      site,
      (index, table) => index.method === "btree" && free(site, table).length > 0,
      (found) => {
        const name = free(site, found.table)[0]?.part.name ?? "";
        return remade(found, { keys: [...found.part.keys, { sql: q(name), column: name }] });
      },
    ),
  ),
  harmful("an index is for some rows only", (site) =>
    onIndex(
      site,
      ({ where, unique }) => where === null && !unique,
      (found) => remade(found, { where: `${q(found.table.columns[0]?.name ?? "")} is not null` }),
    ),
  ),
  harmful("a unique index is for other rows", (site) =>
    onIndex(
      site,
      ({ where, unique }) => where !== null && unique,
      (found) => remade(found, { where: `${found.part.where} and ${q(found.part.columns[0] ?? "")} <> 'y'` }),
    ),
  ),
  harmful("a unique index is for all rows", (site) =>
    onIndex(
      site,
      ({ where, unique }) => where !== null && unique,
      (found) => {
        const drift = remade(found, { where: null });
        return { ...drift, expected: drift.expected.map((finding) => ({ ...finding, severity: "warning" })) };
      },
    ),
  ),
  harmful("an index lacks a column of INCLUDE", (site) =>
    onIndex(
      site,
      ({ include }) => include.length > 0,
      (found) => remade(found, { include: [] }),
    ),
  ),
  harmful("an index of an expression is of another", (site) =>
    onIndex(
      site,
      ({ keys }) => keys[0]?.sql.startsWith("lower(") === true,
      (found) =>
        remade(found, {
          keys: found.part.keys.map(({ sql, column }) => ({ sql: sql.replace("lower(", "upper("), column })),
        }),
    ),
  ),
  harmful("an index is sorted in another way", (site) =>
    onIndex(
      site,
      (index) => index.method === "btree" && index.keys.length > 1 && firstIsColumn(index),
      (found) =>
        remade(found, {
          keys: found.part.keys.map((key, i) => (i === 0 ? { ...key, sql: `${key.sql} desc nulls first` } : key)),
        }),
    ),
  ),
  harmful("an index has another access method", (site) =>
    onIndex(
      site,
      ({ method, keys }) => (method === "hash" || method === "brin") && keys.length === 1,
      (found) => remade(found, { method: "btree" }),
    ),
  ),
  harmful("an index has another operator class", (site) =>
    onIndex(
      site,
      ({ keys }) => keys[0]?.sql.endsWith("text_pattern_ops") === true,
      (found) => remade(found, { keys: found.part.keys.map((key) => ({ ...key, sql: q(key.column ?? "") })) }),
    ),
  ),
  harmful("an index has another collation", (site) =>
    onIndex(
      site,
      ({ keys }) => keys[0]?.sql.endsWith('collate "C"') === true,
      (found) =>
        remade(found, {
          keys: found.part.keys.map((key) => ({ ...key, sql: `${q(key.column ?? "")} collate "POSIX"` })),
        }),
    ),
  ),
  harmful("a unique index is a plain one", (site) =>
    onIndex(
      site,
      ({ unique }) => unique,
      (found) => remade(found, { unique: false }),
    ),
  ),
  harmful("a concurrent build of an index failed", (site) =>
    onIndex(
      site,
      ({ unique }, { partitions }) => !unique && partitions === null,
      (found) => failedBuild(found),
    ),
  ),
  harmful("an index of a partitioned table is on no partition", (site) =>
    onIndex(
      site,
      (_, { partitions }) => partitions !== null,
      (found) => ({
        statements: [dropIndex(found), createIndex(found.table, found.part).replace(" on ", " on only ")],
        expected: [part("INVALID_INDEX", "warning", "index", found.table, found.part.name)],
      }),
    ),
  ),
];

function free(site: Site, table: TableSpec) {
  return freeColumns(site, (column, of) => of === table && column.type.btree);
}

/** As a build that was cancelled leaves it: the catalog says so, and nothing uses it. */
function failedBuild({ table, part: index }: Found): Omit<Drift, "touches"> {
  return {
    statements: [
      `update pg_index set indisvalid = false where indexrelid = '${`${q(table.schema)}.${q(index.name)}`.replaceAll("'", "''")}'::regclass`,
    ],
    expected: [part("INVALID_INDEX", "warning", "index", table, index.name)],
  };
}
