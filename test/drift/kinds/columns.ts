/** Columns that are gone, or have another name or type. */
import type { Change } from "../column-types.js";
import { type ColumnSpec, q, qq, type TableSpec } from "../spec.js";
import { alter, type FoundColumn, isPlain, onFree, told } from "./free-column.js";
import { afterDropping, around, atOne, type Drift, harmful, type Kind, part, partsOf, type Site } from "./kind.js";

/** `type ... using ...` */
function retyped(column: ColumnSpec, { sql, using }: Change): string {
  return `type ${sql}${using === null ? "" : ` using ${using(q(column.name))}`}`;
}

const isDroppable = (column: ColumnSpec, table: TableSpec) => column.name !== table.partitions?.column;

function renamed({ table, part: column }: FoundColumn, name: string): Omit<Drift, "touches"> {
  const blocks = column.notNull && column.default === null && isPlain(column);
  return {
    statements: [`alter table ${qq(table)} rename column ${q(column.name)} to ${q(name)}`],
    expected: [
      part("MISSING_COLUMN", "error", "column", table, column.name),
      ...(blocks ? [part("BLOCKING_EXTRA_COLUMN", "error", "column", table, name)] : []),
    ],
  };
}

export const COLUMN_KINDS: readonly Kind[] = [
  harmful("a column is dropped with all that stands on it", (site) =>
    atOne(
      site.choose,
      partsOf(site, ({ columns }) => columns, isDroppable),
      ({ table, part: column }) => ({
        statements: [`alter table ${qq(table)} drop column ${q(column.name)} cascade`],
        expected: afterDropping(site.spec, [{ table, columns: [column.name] }]),
        touches: around(site.spec, table),
      }),
    ),
  ),
  harmful("a column is renamed", (site) =>
    onFree(
      site,
      () => true,
      (found) => renamed(found, "zz renamed"),
    ),
  ),
  harmful("a column is in lower case", (site) =>
    onFree(
      site,
      ({ name }) => /^[A-Z]|[A-Z]$|dA/.test(name) && name.toLowerCase() !== name,
      (found) => renamed(found, found.part.name.toLowerCase()),
    ),
  ),
  harmful("a column of a foreign key is renamed", (site) =>
    atOne(
      site.choose,
      partsOf(
        site,
        ({ foreignKeys }) => foreignKeys,
        ({ columns }) => columns.length === 1,
      ),
      ({ table, part: key }) => {
        const column = table.columns.find(({ name }) => name === key.columns[0]);
        if (column === undefined || site.spec.views.some(({ columns }) => columns.includes(column.name))) return null;
        if (table.triggers.some(({ columns }) => columns.includes(column.name))) return null;
        return { ...renamed({ table, part: column }, "zz renamed"), touches: around(site.spec, table) };
      },
    ),
  ),
  harmful("a column of a unique key is renamed", (site) =>
    atOne(
      site.choose,
      partsOf(
        site,
        ({ keys }) => keys,
        ({ kind, columns }, table) => kind !== "primary-key" && !isMentionedBesides(site, table, columns[0] ?? ""),
      ),
      ({ table, part: key }) => {
        const column = table.columns.find(({ name }) => name === key.columns[0]);
        return column === undefined
          ? null
          : { ...renamed({ table, part: column }, "zz renamed"), touches: around(site.spec, table) };
      },
    ),
  ),
  harmful("a type is wider", (site) =>
    onFree(
      site,
      ({ type, default: fallback }) => type.wider.length > 0 && fallback === null,
      (found) => ({
        statements: [alter(found, retyped(found.part, site.choose.one(found.part.type.wider)))],
        expected: told(found, "COLUMN_TYPE", "warning"),
      }),
    ),
  ),
  harmful("a type is wider, and its default stays", (site) =>
    onFree(
      site,
      ({ type, default: fallback }) => type.wider.some(({ using }) => using === null) && fallback !== null,
      (found) => ({
        statements: [
          alter(
            found,
            retyped(found.part, site.choose.one(found.part.type.wider.filter(({ using }) => using === null))),
          ),
        ],
        expected: told(found, "COLUMN_TYPE", "warning"),
      }),
    ),
  ),
  harmful("a type is wider under checks, keys and indexes", (site) =>
    atOne(
      site.choose,
      partsOf(
        site,
        ({ columns }) => columns,
        (column, table) => isWidenable(site, column, table),
      ),
      (found) => ({
        statements: [alter(found, retyped(found.part, site.choose.one(found.part.type.wider)))],
        expected: told(found, "COLUMN_TYPE", "warning"),
        touches: around(site.spec, found.table),
      }),
    ),
  ),
  harmful("a type is narrower or another", (site) =>
    onFree(
      site,
      ({ type, default: fallback }) => type.narrower.length > 0 && fallback === null,
      (found) => ({
        statements: [alter(found, retyped(found.part, site.choose.one(found.part.type.narrower)))],
        expected: told(found, "COLUMN_TYPE", "error"),
      }),
    ),
  ),
  harmful("an array is not one", (site) =>
    onFree(
      site,
      ({ type, default: fallback }) => type.sql === "integer" && fallback === null,
      (found) => ({
        statements: [alter(found, `type integer[] using array[${q(found.part.name)}]`)],
        expected: told(found, "COLUMN_TYPE", "error"),
      }),
    ),
  ),
];

/** Changed under a view, a generated column, a foreign key or a trigger it cannot be, or it changes more than itself. */
function isWidenable({ spec }: Site, column: ColumnSpec, table: TableSpec): boolean {
  const holds = [
    ...table.keys.flatMap(({ columns }) => columns),
    ...table.rules.flatMap(({ columns }) => columns),
    ...table.indexes.flatMap(({ columns }) => columns),
  ].includes(column.name);
  const cannot = [
    ...table.foreignKeys.flatMap(({ columns }) => columns),
    ...spec.tables.flatMap((other) =>
      other.foreignKeys
        .filter(({ references }) => references.name === table.name)
        .flatMap(({ referenced }) => referenced),
    ),
    ...table.columns.flatMap(({ generated }) => generated?.of ?? []),
    ...table.triggers.flatMap(({ columns }) => columns),
    ...spec.views.flatMap(({ columns }) => columns),
  ].includes(column.name);
  return holds && !cannot && column.type.wider.length > 0 && column.default === null && isPlain(column);
}

/** Whether more than one key mentions it, or anything that is not a key. */
function isMentionedBesides(site: Site, table: TableSpec, name: string): boolean {
  const others = [
    ...table.keys.flatMap(({ include }) => include),
    ...table.foreignKeys.flatMap(({ columns }) => columns),
    ...table.rules.flatMap(({ columns }) => columns),
    ...table.indexes.flatMap(({ columns }) => columns),
    ...table.triggers.flatMap(({ columns }) => columns),
    ...site.spec.views.flatMap(({ columns }) => columns),
    ...site.spec.tables.flatMap(({ foreignKeys }) => foreignKeys.flatMap(({ referenced }) => referenced)),
  ];
  return others.includes(name) || table.keys.filter(({ columns }) => columns.includes(name)).length > 1;
}
