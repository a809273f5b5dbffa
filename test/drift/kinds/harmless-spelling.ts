/** The same thing, said or named in another way: by hand, by another tool, or by a dump and a restore. */
import { quoteLiteral } from "../../../src/model/names.js";
import { addForeignKey, addKey, columnDefinition, createIndex } from "../ddl.js";
import { type IndexSpec, type KeySpec, keyOf, list, q, qq, type TableSpec } from "../spec.js";
import { dropIndex } from "./indexes.js";
import { dependents, dropKey } from "./keys.js";
import { around, atOne, type Drift, harmless, type Kind, partsOf, type Site } from "./kind.js";

function on<T>(
  site: Site,
  parts: (table: TableSpec) => readonly T[],
  fits: (part: T, table: TableSpec) => boolean,
  statements: (table: TableSpec, part: T) => readonly string[],
): Drift | null {
  return atOne(site.choose, partsOf(site, parts, fits), ({ table, part }) => ({
    statements: statements(table, part),
    expected: [],
    touches: around(site.spec, table),
  }));
}

const keys = ({ keys: of }: TableSpec) => of;
const indexes = ({ indexes: of }: TableSpec) => of;
const columns = ({ columns: of }: TableSpec) => of;
const rules = ({ rules: of }: TableSpec) => of;
const foreignKeys = ({ foreignKeys: of }: TableSpec) => of;
const anything = () => true;
const isWhole = ({ partitions }: TableSpec) => partitions === null;

/** Makes a constraint again from the text that PostgreSQL prints for it, as a restored dump does. */
function reprinted(table: TableSpec, name: string): string {
  const [relation, constraint] = [quoteLiteral(qq(table)), quoteLiteral(name)];
  return `do $do$ declare t text := pg_get_constraintdef(oid) from pg_constraint where conrelid = ${relation}::regclass and conname = ${constraint};
begin
  execute format('alter table %s drop constraint %I', ${relation}, ${constraint});
  execute format('alter table %s add constraint %I %s', ${relation}, ${constraint}, t);
end $do$`;
}

/** Whether nothing else needs the key to be a constraint. */
const isAlone = (site: Site, key: KeySpec, table: TableSpec) => dependents(site.spec, table, key).length === 0;
const isPlainUnique = (key: KeySpec) => key.kind !== "primary-key" && !key.deferrable;

export const HARMLESS_SPELLING: readonly Kind[] = [
  harmless("a constraint has another name", (site) =>
    on(
      site,
      (table) => [...table.keys.filter(({ kind }) => kind !== "unique-index"), ...table.foreignKeys, ...table.rules],
      anything,
      (table, { name }) => [`alter table ${qq(table)} rename constraint ${q(name)} to zz_renamed`],
    ),
  ),
  harmless("an index has another name", (site) =>
    on(site, indexes, anything, (table, { name }) => [
      `alter index ${q(table.schema)}.${q(name)} rename to zz_renamed`,
    ]),
  ),
  harmless("a check or exclusion is made again from its print, twice", (site) =>
    on(site, rules, anything, (table, { name }) => [reprinted(table, name), reprinted(table, name)]),
  ),
  harmless("a foreign key is made again from its print", (site) =>
    on(site, foreignKeys, anything, (table, { name }) => [reprinted(table, name)]),
  ),
  // That of a partitioned table is printed ON ONLY it, and made so it is on no partition.
  harmless("an index is made again from its print, twice", (site) =>
    on(
      site,
      indexes,
      (_, table) => isWhole(table),
      (table, { name }) => {
        const index = quoteLiteral(`${q(table.schema)}.${q(name)}`);
        const again = `do $do$ declare t text := pg_get_indexdef(${index}::regclass);
begin execute 'drop index ' || ${index}; execute t; end $do$`;
        return [again, again];
      },
    ),
  ),
  harmless("a default is set again from its print, twice", (site) =>
    on(
      site,
      columns,
      (column) => column.default !== null,
      (table, { name }) => {
        const again = `do $do$ declare t text := pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
  where d.adrelid = ${quoteLiteral(qq(table))}::regclass and a.attname = ${quoteLiteral(name)};
begin execute format('alter table %s alter column %I set default %s', ${quoteLiteral(qq(table))}, ${quoteLiteral(name)}, t); end $do$`;
        return [again, again];
      },
    ),
  ),
  harmless("a default is spelled in another way", (site) =>
    on(
      site,
      columns,
      ({ default: fallback }) => fallback !== null && Object.hasOwn(SPELLINGS, fallback),
      (table, column) => [
        `alter table ${qq(table)} alter column ${q(column.name)} set default ${SPELLINGS[column.default ?? ""]}`,
      ],
    ),
  ),
  harmless("a unique constraint is an index", (site) =>
    on(
      site,
      keys,
      (key, table) => key.kind === "unique" && isAlone(site, key, table),
      (table, key) => [dropKey({ table, part: key }), addKey(table, { ...key, kind: "unique-index" })],
    ),
  ),
  harmless("a unique index is a constraint", (site) =>
    on(
      site,
      keys,
      ({ kind }, table) => kind === "unique-index" && isWhole(table),
      (table, key) => [dropKey({ table, part: key }), addKey(table, { ...key, kind: "unique" })],
    ),
  ),
  harmless("the columns of a unique key stand in another order", (site) =>
    on(
      site,
      keys,
      (key, table) => isPlainUnique(key) && key.columns.length > 1 && isAlone(site, key, table),
      (table, key) => [dropKey({ table, part: key }), addKey(table, { ...key, columns: [...key.columns].reverse() })],
    ),
  ),
  harmless("the columns of a foreign key stand in another order", (site) =>
    on(
      site,
      foreignKeys,
      (key) => key.columns.length > 1,
      (table, key) => [
        `alter table ${qq(table)} drop constraint ${q(key.name)}`,
        addForeignKey(table, {
          ...key,
          columns: [...key.columns].reverse(),
          referenced: [...key.referenced].reverse(),
        }),
      ],
    ),
  ),
  harmless("a foreign key may be deferred", (site) =>
    on(
      site,
      foreignKeys,
      (key) => !key.deferrable,
      (table, key) => [`alter table ${qq(table)} alter constraint ${q(key.name)} deferrable initially immediate`],
    ),
  ),
  harmless("an index has a column more in INCLUDE", (site) =>
    on(
      site,
      indexes,
      (index) => index.method === "btree" && index.include.length === 0,
      (table, index) => [
        dropIndex({ table, part: index }),
        createIndex(table, { ...index, include: [table.columns[0]?.name ?? ""] }),
      ],
    ),
  ),
  harmless("an index is for all rows instead of some", (site) =>
    on(
      site,
      indexes,
      ({ where, unique }) => where !== null && !unique,
      (table, index) => [dropIndex({ table, part: index }), createIndex(table, { ...index, where: null })],
    ),
  ),
  harmless("an index is sorted backwards", (site) =>
    on(site, indexes, isPlainAscending, (table, index) => [
      dropIndex({ table, part: index }),
      createIndex(table, { ...index, keys: index.keys.map((key) => ({ ...key, sql: `${key.sql} desc` })) }),
    ]),
  ),
  harmless("an index was built concurrently, and reindexed", (site) =>
    on(
      site,
      indexes,
      (_, table) => isWhole(table),
      (table, index) => [
        dropIndex({ table, part: index }),
        createIndex(table, index).replace("index ", "index concurrently "),
        `reindex index concurrently ${q(table.schema)}.${q(index.name)}`,
      ],
    ),
  ),
  harmless("a serial is an identity", (site) =>
    on(
      site,
      columns,
      ({ serial }) => serial,
      (table, { name }) => [
        `alter table ${qq(table)} alter column ${q(name)} drop default`,
        `alter table ${qq(table)} alter column ${q(name)} add generated by default as identity`,
      ],
    ),
  ),
  harmless("an identity is a serial", (site) =>
    on(
      site,
      columns,
      ({ identity }) => identity !== null,
      (table, { name, identity }) => [
        ...(identity === "always" ? [`alter table ${qq(table)} alter column ${q(name)} set generated by default`] : []),
        `alter table ${qq(table)} alter column ${q(name)} drop identity`,
        `create sequence ${q(table.schema)}.zz_numbers owned by ${qq(table)}.${q(name)}`,
        `alter table ${qq(table)} alter column ${q(name)} set default nextval(${quoteLiteral(`${q(table.schema)}.zz_numbers`)})`,
        `grant usage on sequence ${q(table.schema)}.zz_numbers to ${site.role}`,
      ],
    ),
  ),
  harmless("an identity ALWAYS is BY DEFAULT", (site) =>
    on(
      site,
      columns,
      ({ identity }) => identity === "always",
      (table, { name }) => [`alter table ${qq(table)} alter column ${q(name)} set generated by default`],
    ),
  ),
  harmless("what was not validated is", (site) =>
    on(
      site,
      rules,
      ({ notValid }) => notValid,
      (table, { name }) => [`alter table ${qq(table)} validate constraint ${q(name)}`],
    ),
  ),
  harmless("the check of a domain is made again from its print", ({ spec, choose }) =>
    atOne(choose, spec.domains, (domain) => ({
      statements: [
        `do $do$ declare t text := pg_get_constraintdef(oid) from pg_constraint where contypid = ${quoteLiteral(qq(domain))}::regtype and contype = 'c';
begin
  execute format('alter domain %s drop constraint %I', ${quoteLiteral(qq(domain))}, ${quoteLiteral(domain.check.name)});
  execute format('alter domain %s add constraint zz_check %s', ${quoteLiteral(qq(domain))}, t);
end $do$`,
      ],
      expected: [],
      touches: [keyOf(domain)],
    })),
  ),
  harmless("a table is made again with its columns in another order", (site) => {
    const alone = site.spec.tables.filter((table) => isCopyable(site, table));
    return atOne(site.choose, alone, (table) => ({
      statements: reordered(site, table),
      expected: [],
      touches: around(site.spec, table),
    }));
  }),
];

const SPELLINGS: Readonly<Record<string, string>> = {
  "now()": "current_timestamp",
  current_timestamp: "transaction_timestamp()",
  "0": "0.00",
  "0.00": "0",
  "-1": "'-1'",
  "array[]::text[]": "'{}'",
  true: "'t'::boolean",
};

/** Plain keys without an order of their own, so that all of them can be turned. */
function isPlainAscending({ method, keys: of, unique }: IndexSpec): boolean {
  return method === "btree" && !unique && of.every(({ sql, column }) => column !== null && sql === q(column));
}

/** Nothing but columns, keys and indexes: what a copy made by hand takes along. */
function isCopyable({ spec }: Site, table: TableSpec): boolean {
  const isNeeded = spec.tables.some((other) =>
    other.foreignKeys.some(({ references }) => keyOf(references) === keyOf(table)),
  );
  const isViewed = spec.views.some(({ of }) => keyOf(of) === keyOf(table));
  return !isNeeded && !isViewed && isWhole(table) && table.triggers.length === 0 && table.policy === null;
}

function reordered(site: Site, table: TableSpec): string[] {
  const shuffled = site.choose.some(table.columns, table.columns.length);
  const rows = shuffled.filter(({ generated }) => generated === null).map(({ name }) => name);
  return [
    `alter table ${qq(table)} rename to zz_old`,
    `create table ${qq(table)} (${shuffled.map(columnDefinition).join(", ")})`,
    `insert into ${qq(table)} (${list(rows)}) overriding system value select ${list(rows)} from ${q(table.schema)}.zz_old`,
    `drop table ${q(table.schema)}.zz_old`,
    ...table.keys.map((key) => addKey(table, key)),
    ...table.rules.map((rule) => `alter table ${qq(table)} add constraint ${q(rule.name)} ${rule.definition}`),
    ...table.indexes.map((index) => createIndex(table, index)),
    ...table.foreignKeys.map((key) => addForeignKey(table, key)),
    `grant select, insert, update, delete on ${qq(table)} to ${site.role}`,
    `grant usage on all sequences in schema ${q(table.schema)} to ${site.role}`,
  ];
}
