/** Primary keys, unique constraints and unique indexes. */
import { addKey } from "../ddl.js";
import { type KeySpec, list, q, qq, type Spec, same, type TableSpec } from "../spec.js";
import { type Finding, freeColumns, harmful, type Kind, missingKey, part, type Site } from "./kind.js";
import { type On, onPart } from "./on-part.js";

/** Foreign keys that need this key. */
export function dependents(spec: Spec, table: TableSpec, key: KeySpec) {
  if (key.kind === "unique-index") return [];
  return spec.tables.flatMap((other) =>
    other.foreignKeys
      .filter(
        ({ references, referenced }) =>
          same(references, table) && [...referenced].sort().join() === [...key.columns].sort().join(),
      )
      .map((each) => ({ table: other, key: each })),
  );
}

export function dropKey({ table, part: key }: On<KeySpec>): string {
  return key.kind === "unique-index"
    ? `drop index ${q(table.schema)}.${q(key.name)}`
    : `alter table ${qq(table)} drop constraint ${q(key.name)} cascade`;
}

function withDependents(site: Site, { table, part: key }: On<KeySpec>, own: readonly Finding[]): Finding[] {
  return [
    ...own,
    ...dependents(site.spec, table, key).map((each) =>
      part("MISSING_CONSTRAINT", "warning", "constraint", each.table, each.key.name),
    ),
  ];
}

const keys = ({ keys: of }: TableSpec) => of;
const isUnique = (key: KeySpec) => key.kind !== "primary-key";
const subjectKind = (key: KeySpec) => (key.kind === "unique-index" ? "index" : "constraint");
const isNullable = (table: TableSpec, key: KeySpec) =>
  table.columns.some(({ name, notNull }) => key.columns.includes(name) && !notNull);

export const KEY_KINDS: readonly Kind[] = [
  harmful("a primary key is dropped", (site) =>
    onPart(
      site,
      keys,
      ({ kind }) => kind === "primary-key",
      (found) => ({
        statements: [dropKey(found)],
        expected: withDependents(site, found, [missingKey(found.table, found.part)]),
      }),
    ),
  ),
  harmful("a primary key is no more than unique", (site) =>
    onPart(
      site,
      keys,
      ({ kind }, table) => kind === "primary-key" && table.partitions === null,
      (found) => ({
        statements: [
          dropKey(found),
          `create unique index zz_unique on ${qq(found.table)} (${list(found.part.columns)})`,
        ],
        expected: withDependents(site, found, [
          part("MISSING_CONSTRAINT", "warning", "constraint", found.table, found.part.name),
        ]),
      }),
    ),
  ),
  harmful("a primary key has one column more", (site) =>
    onPart(
      site,
      keys,
      ({ kind }, table) =>
        kind === "primary-key" &&
        table.partitions === null &&
        freeColumns(site, (column, of) => of === table && column.type.btree && column.notNull).length > 0,
      (found) => {
        const [more] = freeColumns(site, (column, of) => of === found.table && column.type.btree && column.notNull);
        if (more === undefined) return null;
        return {
          statements: [
            dropKey(found),
            addKey(found.table, { ...found.part, columns: [...found.part.columns, more.part.name] }),
          ],
          expected: withDependents(site, found, [
            part("CONSTRAINT_DEFINITION", "error", "constraint", found.table, found.part.name),
          ]),
        };
      },
    ),
  ),
  harmful("a unique constraint or index is dropped", (site) =>
    onPart(site, keys, isUnique, (found) => ({
      statements: [dropKey(found)],
      expected: withDependents(site, found, [missingKey(found.table, found.part)]),
    })),
  ),
  harmful("what was unique is a plain index", (site) =>
    onPart(site, keys, isUnique, (found) => ({
      statements: [
        dropKey(found),
        `create index ${q(found.part.name)} on ${qq(found.table)} (${list(found.part.columns)})`,
      ],
      expected: withDependents(site, found, [missingKey(found.table, found.part)]),
    })),
  ),
  harmful("what was unique is so for some rows only", (site) =>
    onPart(site, keys, isUnique, (found) => ({
      statements: [
        dropKey(found),
        `create unique index ${q(found.part.name)} on ${qq(found.table)} (${list(found.part.columns)}) where ${q(found.part.columns[0] ?? "")} is null`,
      ],
      expected: withDependents(site, found, [missingKey(found.table, found.part)]),
    })),
  ),
  harmful("a unique constraint is deferrable", (site) =>
    onPart(
      site,
      keys,
      (key, table) => isUnique(key) && !key.deferrable && dependents(site.spec, table, key).length === 0,
      (found) => ({
        statements: [dropKey(found), addKey(found.table, { ...found.part, kind: "unique", deferrable: true })],
        expected: [part("CONSTRAINT_DEFINITION", "error", "constraint", found.table, found.part.name)],
      }),
    ),
  ),
  harmful(
    "a unique key treats NULL in another way",
    (site) =>
      onPart(
        site,
        keys,
        (key, table) => isUnique(key) && isNullable(table, key) && dependents(site.spec, table, key).length === 0,
        (found) => ({
          statements: [
            dropKey(found),
            addKey(found.table, { ...found.part, nullsNotDistinct: !found.part.nullsNotDistinct }),
          ],
          expected: [part("CONSTRAINT_DEFINITION", "warning", subjectKind(found.part), found.table, found.part.name)],
        }),
      ),
    150_000,
  ),
];
