/** A generated schema as the statements that make it, and rows for its tables. */
import { quoteLiteral } from "../../src/model/names.js";
import {
  type ColumnSpec,
  type ForeignKeySpec,
  type IndexSpec,
  type KeySpec,
  list,
  q,
  qq,
  type Spec,
  type TableSpec,
} from "./spec.js";

/** Everything, in an order in which it can be made; foreign keys last. */
export function statementsFor(spec: Spec): string[] {
  return [
    ...spec.schemas.filter((name) => name !== "public").map((name) => `create schema ${q(name)}`),
    ...(spec.citext ? ["create extension citext schema public"] : []),
    ...spec.enums.map((each) => `create type ${qq(each)} as enum (${each.labels.map(quoteLiteral).join(", ")})`),
    ...spec.domains.map(
      (each) =>
        `create domain ${qq(each)} as ${each.base}${each.default === null ? "" : ` default ${each.default}`}${each.notNull ? " not null" : ""} constraint ${q(each.check.name)} check (${each.check.expression})`,
    ),
    ...spec.sequences.map((each) => `create sequence ${qq(each)}`),
    ...spec.functions.map((each) =>
      each.trigger
        ? `create function ${qq(each)}() returns trigger language plpgsql as 'begin return new; end'`
        : `create function ${qq(each)}(${each.arguments}) returns integer language sql immutable as 'select $1 * 2'`,
    ),
    ...spec.tables.flatMap((table) => tableStatements(table, spec)),
    ...spec.tables.flatMap((table) => table.foreignKeys.map((key) => addForeignKey(table, key))),
    ...spec.views.flatMap((view) => [
      `create ${view.materialized ? "materialized " : ""}view ${qq(view)} as select ${list(view.columns)} from ${qq(view.of)}`,
      ...(view.index === null ? [] : [`create index ${q(view.index)} on ${qq(view)} (${q(view.columns[0] ?? "")})`]),
    ]),
  ];
}

function tableStatements(table: TableSpec, spec: Spec): string[] {
  const trigger = spec.functions.find((each) => each.trigger);
  const name = qq(table);
  const partitions = table.partitions;
  return [
    `create table ${name} (${table.columns.map(columnDefinition).join(", ")})${partitions === null ? "" : ` partition by range (${q(partitions.column)})`}`,
    ...(partitions?.names ?? []).map(
      (each, i) =>
        `create table ${q(table.schema)}.${q(each)} partition of ${name} for values from ('${2025 + i}-01-01') to ('${2026 + i}-01-01')`,
    ),
    ...table.keys.map((key) => addKey(table, key)),
    ...table.rules.map(
      (rule) =>
        `alter table ${name} add constraint ${q(rule.name)} ${rule.definition}${rule.notValid ? " not valid" : ""}`,
    ),
    ...table.indexes.map((index) => createIndex(table, index)),
    ...table.triggers.map(
      (each) =>
        `create trigger ${q(each.name)} ${each.event} on ${name} for each row execute function ${trigger === undefined ? "" : qq(trigger)}()`,
    ),
    ...(table.policy === null
      ? []
      : [
          `alter table ${name} enable row level security`,
          `create policy ${q(table.policy)} on ${name} using (true) with check (true)`,
        ]),
  ];
}

export function columnDefinition(column: ColumnSpec): string {
  const type = column.serial ? (column.type.sql === "bigint" ? "bigserial" : "serial") : column.type.sql;
  return [
    q(column.name),
    type,
    ...(column.collation === null ? [] : [`collate ${q(column.collation)}`]),
    ...(column.generated === null ? [] : [`generated always as (${column.generated.expression}) stored`]),
    ...(column.identity === null ? [] : [`generated ${column.identity} as identity`]),
    ...(column.default === null ? [] : [`default ${column.default}`]),
    ...(column.notNull ? ["not null"] : []),
  ].join(" ");
}

export function addKey(table: TableSpec, key: KeySpec): string {
  const include = key.include.length === 0 ? "" : ` include (${list(key.include)})`;
  const nulls = key.nullsNotDistinct ? " nulls not distinct" : "";
  if (key.kind === "unique-index")
    return `create unique index ${q(key.name)} on ${qq(table)} (${list(key.columns)})${include}${nulls}`;
  const what = key.kind === "primary-key" ? "primary key" : `unique${nulls}`;
  return `alter table ${qq(table)} add constraint ${q(key.name)} ${what} (${list(key.columns)})${include}${key.deferrable ? " deferrable" : ""}`;
}

export function createIndex(table: TableSpec, index: IndexSpec): string {
  const include = index.include.length === 0 ? "" : ` include (${list(index.include)})`;
  const where = index.where === null ? "" : ` where ${index.where}`;
  const keys = index.keys.map(({ sql }) => sql).join(", ");
  return `create ${index.unique ? "unique " : ""}index ${q(index.name)} on ${qq(table)} using ${index.method} (${keys})${include}${where}`;
}

export function addForeignKey(table: TableSpec, key: ForeignKeySpec): string {
  return [
    `alter table ${qq(table)} add constraint ${q(key.name)} foreign key (${list(key.columns)})`,
    `references ${qq(key.references)} (${list(key.referenced)})${key.matchFull ? " match full" : ""}`,
    `on delete ${key.onDelete} on update ${key.onUpdate}${key.deferrable ? " deferrable initially deferred" : ""}`,
  ].join(" ");
}

/** Three rows for every table; references point to the row of the same number. */
export function rowsFor(spec: Spec): string[] {
  return spec.tables.flatMap((table) => {
    const given = table.columns.filter(({ generated }) => generated === null);
    const overriding = given.some(({ identity }) => identity === "always") ? " overriding system value" : "";
    return [0, 1, 2].map(
      (i) =>
        `insert into ${qq(table)} (${list(given.map(({ name }) => name))})${overriding} values (${given.map(({ type }) => type.sample(i)).join(", ")})`,
    );
  });
}

/** What the application's role may do. @param role quoted */
export function grantsFor(spec: Spec, role: string): string[] {
  const insertable = spec.tables.map((table) => `grant select, insert, update, delete on ${qq(table)} to ${role}`);
  return [
    ...spec.schemas.flatMap((name) => [
      `grant usage on schema ${q(name)} to ${role}`,
      `grant usage on all sequences in schema ${q(name)} to ${role}`,
    ]),
    ...insertable,
    ...spec.views.map((view) => `grant select on ${qq(view)} to ${role}`),
  ];
}

/** For messages of failing tests: to be pasted into psql. */
export function script(statements: readonly string[]): string {
  return statements.map((statement) => `${statement};`).join("\n");
}
