/** One table: columns first, then keys, rules and indexes over them, no two of which say the same. */

import type { Chooser } from "./chooser.js";
import { BIGINT, type ColumnType, DATE, INTEGER, SMALLINT, TEXT, UUID } from "./column-types.js";
import type { Making } from "./generate.js";
import { indexOn } from "./index-specs.js";
import { type Names, namesFrom } from "./names.js";
import { rulesOn } from "./rule-specs.js";
import {
  type ColumnSpec,
  type ForeignKeySpec,
  type IndexSpec,
  type KeySpec,
  list,
  q,
  type TableSpec,
  type TriggerSpec,
} from "./spec.js";

export function table(making: Making, others: readonly TableSpec[]): TableSpec {
  const { choose, names, schemas } = making;
  const at = { schema: choose.one(schemas), name: names.next("table") };
  const columnNames = namesFrom(choose, 30);
  const ids = keyColumns(choose, columnNames);
  const own = Array.from({ length: choose.between(4, 8) }, () => column(making, columnNames));
  const keys = [primaryKey(names, ids), ...uniques(making, own)];
  const links = choose.chance(75) && others.length > 0 ? foreignKey(making, choose.one(others), columnNames) : null;
  const columns = [...ids, ...own, ...(links?.columns ?? []), ...generated(choose, columnNames, ids)];
  const self = choose.chance(20) ? selfReference(making, at, ids, columnNames) : null;
  const parents = [...(links === null ? [] : [links.key]), ...(self === null ? [] : [self.key])];
  const all = [...columns, ...(self?.columns ?? [])];
  return {
    ...at,
    columns: all,
    keys,
    foreignKeys: parents,
    rules: rulesOn(making, own),
    indexes: indexes(making, own, keys),
    triggers: choose.chance(50) ? [trigger(making, all)] : [],
    partitions: null,
    policy: choose.chance(25) ? names.next("policy") : null,
  };
}

/** Partitioned by range of a date, which is part of its key. */
export function partitionedTable(making: Making): TableSpec {
  const { choose, names, schemas } = making;
  const columnNames = namesFrom(choose, 30);
  const plain = { default: null, identity: null, serial: false, generated: null, collation: null };
  const id: ColumnSpec = { ...plain, name: columnNames.next("id"), type: BIGINT, notNull: true };
  const at: ColumnSpec = { ...plain, name: columnNames.next("at"), type: DATE, notNull: true };
  const own = [column(making, columnNames), column(making, columnNames)];
  const key: KeySpec = { ...primaryKey(names, [id]), columns: [id.name, at.name] };
  return {
    schema: choose.one(schemas),
    name: names.next("events"),
    columns: [id, at, ...own],
    keys: [key],
    foreignKeys: [],
    rules: [],
    // A unique index would need the column that the partitions are made by.
    indexes: indexes(making, own, []).filter(({ unique }) => !unique),
    triggers: [],
    partitions: { column: at.name, names: [names.next("part"), names.next("part")] },
    policy: null,
  };
}

function keyColumns(choose: Chooser, names: Names): ColumnSpec[] {
  const plain = { notNull: true, default: null, identity: null, serial: false, generated: null, collation: null };
  const id = () => names.next("id");
  const single: readonly (() => ColumnSpec[])[] = [
    () => [{ ...plain, name: id(), type: INTEGER, serial: true }],
    () => [{ ...plain, name: id(), type: BIGINT, serial: true }],
    () => [{ ...plain, name: id(), type: INTEGER, identity: "by default" }],
    () => [{ ...plain, name: id(), type: BIGINT, identity: "always" }],
    () => [{ ...plain, name: id(), type: UUID, default: "gen_random_uuid()" }],
    () => [{ ...plain, name: id(), type: TEXT }],
    () => [
      { ...plain, name: id(), type: INTEGER },
      { ...plain, name: id(), type: SMALLINT },
    ],
  ];
  return choose.one(single)();
}

function primaryKey(names: Names, columns: readonly ColumnSpec[]): KeySpec {
  return {
    name: names.next("pkey"),
    kind: "primary-key",
    columns: columns.map(({ name }) => name),
    include: [],
    deferrable: false,
    nullsNotDistinct: false,
  };
}

function column({ choose, types }: Making, names: Names, wanted?: ColumnType): ColumnSpec {
  const type = wanted ?? choose.one(types);
  const hasDefault = type.defaults.length > 0 && choose.chance(50);
  return {
    name: names.next("c"),
    type,
    notNull: choose.chance(50),
    default: hasDefault ? choose.one(type.defaults) : null,
    identity: null,
    serial: false,
    generated: null,
    collation: type.family === "text" && choose.chance(25) ? "C" : null,
  };
}

/** Of columns that the rows fill with different values. */
function uniques({ choose, names }: Making, columns: readonly ColumnSpec[]): KeySpec[] {
  const able = columns.filter(({ type }) => type.btree && type.distinct && type.family !== "other");
  const groups = [able.slice(0, 1), able.slice(1, 3)].filter((group) => group.length > 0 && choose.chance(60));
  return groups.map((group): KeySpec => {
    const kind = choose.one(["unique", "unique-index"] as const);
    const free = columns.filter((one) => !group.includes(one));
    return {
      name: names.next("unique"),
      kind,
      columns: group.map(({ name }) => name),
      include: choose.chance(20) ? choose.some(free, 1).map(({ name }) => name) : [],
      deferrable: kind === "unique" && choose.chance(20),
      nullsNotDistinct: choose.chance(20),
    };
  });
}

interface Linked {
  readonly columns: readonly ColumnSpec[];
  readonly key: ForeignKeySpec;
}

function foreignKey(making: Making, parent: TableSpec, columnNames: Names): Linked {
  const key = making.choose.one(parent.keys.filter(({ kind, deferrable }) => kind !== "unique-index" && !deferrable));
  const targets = key.columns.flatMap((name) => parent.columns.filter((one) => one.name === name));
  return linkTo(making, parent, targets, columnNames);
}

function selfReference(
  making: Making,
  at: { schema: string; name: string },
  ids: readonly ColumnSpec[],
  names: Names,
): Linked {
  return linkTo(making, at, ids, names);
}

function linkTo(
  { choose, names }: Making,
  to: { schema: string; name: string },
  targets: readonly ColumnSpec[],
  columnNames: Names,
): Linked {
  const notNull = choose.chance(40);
  const columns = targets.map(
    (target): ColumnSpec => ({
      name: columnNames.next("ref"),
      type: target.type,
      notNull,
      default: null,
      identity: null,
      serial: false,
      generated: null,
      collation: target.collation,
    }),
  );
  const actions = notNull ? ["no action", "restrict", "cascade"] : ["no action", "restrict", "cascade", "set null"];
  const key: ForeignKeySpec = {
    name: names.next("fkey"),
    columns: columns.map(({ name }) => name),
    references: { schema: to.schema, name: to.name },
    referenced: targets.map(({ name }) => name),
    onDelete: choose.one(actions),
    onUpdate: choose.one(["no action", "cascade"]),
    deferrable: choose.chance(30),
    matchFull: targets.length > 1 && choose.chance(40),
  };
  return { columns, key };
}

function generated(choose: Chooser, names: Names, ids: readonly ColumnSpec[]): ColumnSpec[] {
  const of = ids.find(({ type }) => type.family === "integer");
  if (of === undefined || !choose.chance(40)) return [];
  return [
    {
      name: names.next("sum"),
      type: BIGINT,
      notNull: false,
      default: null,
      identity: null,
      serial: false,
      generated: { expression: `${q(of.name)} * 2`, of: of.name },
      collation: null,
    },
  ];
}

function indexes(making: Making, columns: readonly ColumnSpec[], keys: readonly KeySpec[]): IndexSpec[] {
  const { choose } = making;
  const taken = new Set(keys.map(({ columns: of }) => [...of].sort().join("\u0000")));
  return choose
    .some(columns, 3)
    .flatMap((first) => indexOn(making, first, columns))
    .filter((index) => {
      const signature = index.keys
        .map((key) => key.column ?? key.sql)
        .sort()
        .join("\u0000");
      const isNew = !taken.has(signature);
      taken.add(signature);
      return isNew;
    });
}

function trigger({ choose, names }: Making, columns: readonly ColumnSpec[]): TriggerSpec {
  const of = choose.chance(50) ? choose.some(columns, 1).map(({ name }) => name) : [];
  const when = choose.one(["before", "after"]);
  return {
    name: names.next("trigger"),
    event: `${when} update${of.length === 0 ? "" : ` of ${list(of)}`}`,
    columns: of,
  };
}
