/** Indexes for a column of a type: plain, descending, partial, of an expression, and of other access methods. */
import type { Making } from "./generate.js";
import { type ColumnSpec, type IndexSpec, q } from "./spec.js";

type Form = (column: ColumnSpec, other: ColumnSpec | undefined) => Omit<IndexSpec, "name"> | null;

const BASE = { unique: false, method: "btree", include: [], where: null };
const plain = (column: ColumnSpec, suffix = "") => ({ sql: `${q(column.name)}${suffix}`, column: column.name });

const FORMS: readonly Form[] = [
  (column) => btree(column, { ...BASE, keys: [plain(column)], columns: [column.name] }),
  (column) => btree(column, { ...BASE, keys: [plain(column, " desc nulls last")], columns: [column.name] }),
  (column, other) =>
    btree(column, {
      ...BASE,
      keys: [plain(column)],
      where: `${q((other ?? column).name)} is not null`,
      columns: [column.name, (other ?? column).name],
    }),
  (column, other) =>
    other === undefined || !other.type.btree
      ? null
      : btree(column, { ...BASE, keys: [plain(column), plain(other, " desc")], columns: [column.name, other.name] }),
  (column, other) =>
    other === undefined
      ? null
      : btree(column, { ...BASE, keys: [plain(column)], include: [other.name], columns: [column.name, other.name] }),
  (column) =>
    column.type.family !== "text"
      ? null
      : { ...BASE, keys: [{ sql: `lower(${q(column.name)})`, column: null }], columns: [column.name] },
  (column) =>
    column.type.family !== "text" || column.type.sql.startsWith("character(")
      ? null
      : {
          ...BASE,
          unique: true,
          keys: [{ sql: `lower(${q(column.name)})`, column: null }],
          where: `${q(column.name)} <> 'x'`,
          columns: [column.name],
        },
  (column) =>
    column.type.family !== "integer"
      ? null
      : { ...BASE, unique: true, keys: [{ sql: `(${q(column.name)} + 1)`, column: null }], columns: [column.name] },
  (column) =>
    column.type.sql !== "text"
      ? null
      : { ...BASE, keys: [{ sql: `${q(column.name)} text_pattern_ops`, column: column.name }], columns: [column.name] },
  (column) =>
    column.type.family !== "text" || column.collation !== null
      ? null
      : { ...BASE, keys: [{ sql: `${q(column.name)} collate "C"`, column: column.name }], columns: [column.name] },
  (column) =>
    column.type.family !== "integer"
      ? null
      : { ...BASE, method: "hash", keys: [plain(column)], columns: [column.name] },
  (column) =>
    column.type.family !== "time" ? null : { ...BASE, method: "brin", keys: [plain(column)], columns: [column.name] },
  (column) =>
    column.type.family === "json" || column.type.family === "array"
      ? { ...BASE, method: "gin", keys: [plain(column)], columns: [column.name] }
      : null,
  (column) =>
    column.type.family !== "json"
      ? null
      : { ...BASE, keys: [{ sql: `(${q(column.name)} ->> 'i')`, column: null }], columns: [column.name] },
  (column) =>
    column.type.family !== "range" ? null : { ...BASE, method: "gist", keys: [plain(column)], columns: [column.name] },
];

function btree(column: ColumnSpec, index: Omit<IndexSpec, "name">): Omit<IndexSpec, "name"> | null {
  return column.type.btree ? index : null;
}

/** An index that PostgreSQL accepts on the column; none for a type without one. On partitioned tables nothing unique. */
export function indexOn({ choose, names }: Making, column: ColumnSpec, columns: readonly ColumnSpec[]): IndexSpec[] {
  const others = columns.filter((one) => one !== column);
  const other = others.length === 0 ? undefined : choose.one(others);
  const forms = FORMS.flatMap((form) => form(column, other) ?? []);
  return forms.length === 0 ? [] : [{ name: names.next("index"), ...choose.one(forms) }];
}
