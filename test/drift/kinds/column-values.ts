/** Where the values of a column come from, and which it may have: NOT NULL, defaults, identity, generation, collation. */
import { quoteLiteral } from "../../../src/model/names.js";
import { TEXT } from "../column-types.js";
import { type ColumnSpec, q, qq } from "../spec.js";
import { alter, type FoundColumn, isPlain, onFree, told } from "./free-column.js";
import { around, atOne, harmful, type Kind, partsOf } from "./kind.js";

const canBeNull = (column: ColumnSpec) => !column.notNull;

export const COLUMN_VALUE_KINDS: readonly Kind[] = [
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

function remade({ table, part: column }: FoundColumn, what: string): string[] {
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
