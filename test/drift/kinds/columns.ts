/** Columns that are gone, or are not what they were. */
import { quoteLiteral } from "../../../src/model/names.js";
import { type Change, TEXT } from "../column-types.js";
import { type ColumnSpec, q, qq, type TableSpec } from "../spec.js";
import {
  afterDropping,
  around,
  atOne,
  type Drift,
  type Finding,
  freeColumns,
  harmful,
  type Kind,
  part,
  partsOf,
  type Site,
} from "./kind.js";

type Found = { readonly table: TableSpec; readonly part: ColumnSpec };

/** One change of a column that nothing else mentions. */
function onFree(
  site: Site,
  fits: (column: ColumnSpec, table: TableSpec) => boolean,
  make: (found: Found) => Omit<Drift, "touches"> | null,
): Drift | null {
  return atOne(site.choose, freeColumns(site, fits), (found) => {
    const drift = make(found);
    return drift === null ? null : { ...drift, touches: around(site.spec, found.table) };
  });
}

const alter = ({ table, part: column }: Found, change: string) =>
  `alter table ${qq(table)} alter column ${q(column.name)} ${change}`;
const told = ({ table, part: column }: Found, code: Finding["code"], severity: Finding["severity"]) => [
  part(code, severity, "column", table, column.name),
];

/** `type ... using ...` */
function retyped(column: ColumnSpec, { sql, using }: Change): string {
  return `type ${sql}${using === null ? "" : ` using ${using(q(column.name))}`}`;
}

const isPlain = (column: ColumnSpec) => column.identity === null && !column.serial && column.generated === null;
const canBeNull = (column: ColumnSpec) => !column.notNull;

const isDroppable = (column: ColumnSpec, table: TableSpec) => column.name !== table.partitions?.column;

function renamed({ table, part: column }: Found, name: string): Omit<Drift, "touches"> {
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
  harmful("NOT NULL is dropped", (site) =>
    onFree(
      site,
      ({ notNull, serial, identity }) => notNull && !serial && identity === null,
      (found) => ({
        statements: [alter(found, "drop not null")],
        expected: told(found, "COLUMN_NULLABILITY", "warning"),
      }),
    ),
  ),
  harmful("NOT NULL is added", (site) =>
    onFree(
      site,
      (column) => canBeNull(column) && isPlain(column),
      (found) => ({
        statements: [alter(found, "set not null")],
        expected: told(found, "COLUMN_NULLABILITY", found.part.default === null ? "error" : "warning"),
      }),
    ),
  ),
  harmful(
    "NOT NULL is not validated",
    (site) =>
      onFree(
        site,
        ({ notNull, serial, identity }, { partitions }) =>
          notNull && !serial && identity === null && partitions === null,
        (found) => ({
          statements: [
            alter(found, "drop not null"),
            `alter table ${qq(found.table)} add constraint zz_nn not null ${q(found.part.name)} not valid`,
          ],
          expected: told(found, "UNVALIDATED_CONSTRAINT", "warning"),
        }),
      ),
    180_000,
  ),
  harmful("a default is dropped", (site) =>
    onFree(
      site,
      (column) => column.default !== null,
      (found) => ({
        statements: [alter(found, "drop default")],
        expected: told(found, "COLUMN_DEFAULT", found.part.notNull ? "error" : "warning"),
      }),
    ),
  ),
  harmful("a default is another", (site) =>
    onFree(
      site,
      (column) => column.default !== null,
      (found) => ({
        statements: [alter(found, `set default ${otherDefault(found.part)}`)],
        expected: told(found, "COLUMN_DEFAULT", "warning"),
      }),
    ),
  ),
  harmful("a serial no longer counts", (site) =>
    atOne(
      site.choose,
      partsOf(
        site,
        ({ columns }) => columns,
        ({ serial }) => serial,
      ),
      (found) => ({
        statements: [alter(found, "drop default")],
        expected: told(found, "COLUMN_DEFAULT", "error"),
        touches: around(site.spec, found.table),
      }),
    ),
  ),
  harmful("the sequence of a serial is dropped", (site) =>
    atOne(
      site.choose,
      partsOf(
        site,
        ({ columns }) => columns,
        ({ serial }) => serial,
      ),
      (found) => ({
        statements: [
          `do $do$ begin execute format('drop sequence %s cascade', pg_get_serial_sequence(${quoteLiteral(qq(found.table))}, ${quoteLiteral(found.part.name)})); end $do$`,
        ],
        expected: told(found, "COLUMN_DEFAULT", "error"),
        touches: around(site.spec, found.table),
      }),
    ),
  ),
  harmful("an identity is dropped", (site) =>
    atOne(
      site.choose,
      partsOf(
        site,
        ({ columns }) => columns,
        ({ identity }) => identity !== null,
      ),
      (found) => ({
        statements: [alter(found, "drop identity")],
        expected: told(found, "COLUMN_IDENTITY", "error"),
        touches: around(site.spec, found.table),
      }),
    ),
  ),
  harmful("an identity BY DEFAULT is ALWAYS", (site) =>
    atOne(
      site.choose,
      partsOf(
        site,
        ({ columns }) => columns,
        (column) => column.identity === "by default",
      ),
      (found) => ({
        statements: [alter(found, "set generated always")],
        expected: told(found, "COLUMN_IDENTITY", "warning"),
        touches: around(site.spec, found.table),
      }),
    ),
  ),
  harmful("a serial is an identity ALWAYS", (site) =>
    atOne(
      site.choose,
      partsOf(
        site,
        ({ columns }) => columns,
        ({ serial }) => serial,
      ),
      (found) => ({
        statements: [alter(found, "drop default"), alter(found, "add generated always as identity")],
        expected: told(found, "COLUMN_IDENTITY", "warning"),
        touches: around(site.spec, found.table),
      }),
    ),
  ),
  harmful("a generated column is an ordinary one", (site) =>
    onFree(
      site,
      ({ generated }) => generated !== null,
      (found) => ({
        statements: [alter(found, "drop expression")],
        expected: told(found, "COLUMN_GENERATED", "error"),
      }),
    ),
  ),
  harmful("a generated column is made of something else", (site) =>
    onFree(
      site,
      ({ generated }) => generated !== null,
      (found) => ({
        statements: remade(found, `generated always as (${q(found.part.generated?.of ?? "")} * 3) stored`),
        expected: told(found, "COLUMN_GENERATED", "warning"),
      }),
    ),
  ),
  harmful(
    "a generated column is not stored",
    (site) =>
      onFree(
        site,
        ({ generated }) => generated !== null,
        (found) => ({
          statements: remade(found, `generated always as (${found.part.generated?.expression}) virtual`),
          expected: told(found, "COLUMN_GENERATED", "warning"),
        }),
      ),
    180_000,
  ),
  harmful("an ordinary column is generated", (site) =>
    onFree(
      site,
      (column) => column.type === TEXT && canBeNull(column) && column.default === null && column.collation === null,
      (found) => ({
        statements: remade(found, "generated always as ('x') stored"),
        expected: told(found, "COLUMN_GENERATED", "error"),
      }),
    ),
  ),
  harmful("a collation is another", (site) =>
    onFree(
      site,
      ({ type, default: fallback }) => type.family === "text" && fallback === null,
      (found) => ({
        statements: [
          alter(found, `type ${found.part.type.sql} collate ${found.part.collation === null ? '"C"' : '"POSIX"'}`),
        ],
        expected: told(found, "COLUMN_COLLATION", "warning"),
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

function remade({ table, part: column }: Found, what: string): string[] {
  return [
    `alter table ${qq(table)} drop column ${q(column.name)}`,
    `alter table ${qq(table)} add column ${q(column.name)} ${column.type.sql} ${what}`,
  ];
}

function otherDefault({ type, default: now }: ColumnSpec): string {
  const others: Readonly<Record<string, string>> = {
    integer: "41",
    number: "41.5",
    text: "'zz'",
    boolean: now === "true" ? "false" : "true",
    time: type.sql === "time" ? "'03:04'" : "'1999-12-31'",
    json: `'{"zz": 1}'`,
    range: "'[1,2)'",
    array: type.sql === "text[]" ? "'{zz}'" : "'{9}'",
  };
  return others[type.family] ?? type.sample(7);
}
