/** Primary keys, unique constraints and unique indexes; foreign keys; checks and exclusions. */
import { addForeignKey, addKey } from "../ddl.js";
import {
  type ForeignKeySpec,
  type KeySpec,
  list,
  q,
  qq,
  type RuleSpec,
  type Spec,
  same,
  type TableSpec,
} from "../spec.js";
import {
  around,
  atOne,
  type Drift,
  type Finding,
  freeColumns,
  harmful,
  type Kind,
  missingKey,
  part,
  partsOf,
  type Site,
} from "./kind.js";

type On<T> = { readonly table: TableSpec; readonly part: T };
type Made = Omit<Drift, "touches"> | null;

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

function onKey(
  site: Site,
  fits: (key: KeySpec, table: TableSpec) => boolean,
  make: (found: On<KeySpec>) => Made,
): Drift | null {
  return atOne(
    site.choose,
    partsOf(site, ({ keys }) => keys, fits),
    (found) => {
      const drift = make(found);
      return drift === null ? null : { ...drift, touches: around(site.spec, found.table) };
    },
  );
}

function onForeignKey(
  site: Site,
  fits: (key: ForeignKeySpec, table: TableSpec) => boolean,
  make: (found: On<ForeignKeySpec>) => Made,
): Drift | null {
  return atOne(
    site.choose,
    partsOf(site, ({ foreignKeys }) => foreignKeys, fits),
    (found) => {
      const drift = make(found);
      return drift === null ? null : { ...drift, touches: around(site.spec, found.table) };
    },
  );
}

function onRule(site: Site, fits: (rule: RuleSpec) => boolean, make: (found: On<RuleSpec>) => Made): Drift | null {
  return atOne(
    site.choose,
    partsOf(site, ({ rules }) => rules, fits),
    (found) => {
      const drift = make(found);
      return drift === null ? null : { ...drift, touches: around(site.spec, found.table) };
    },
  );
}

export function dropKey({ table, part: key }: On<KeySpec>): string {
  return key.kind === "unique-index"
    ? `drop index ${q(table.schema)}.${q(key.name)}`
    : `alter table ${qq(table)} drop constraint ${q(key.name)} cascade`;
}

const dropConstraint = (table: TableSpec, name: string) => `alter table ${qq(table)} drop constraint ${q(name)}`;

function withDependents(site: Site, { table, part: key }: On<KeySpec>, own: readonly Finding[]): Finding[] {
  return [
    ...own,
    ...dependents(site.spec, table, key).map((each) =>
      part("MISSING_CONSTRAINT", "warning", "constraint", each.table, each.key.name),
    ),
  ];
}

const isUnique = (key: KeySpec) => key.kind !== "primary-key";
const subjectKind = (key: KeySpec) => (key.kind === "unique-index" ? "index" : "constraint");
const isNullable = (table: TableSpec, key: KeySpec) =>
  table.columns.some(({ name, notNull }) => key.columns.includes(name) && !notNull);

export const KEY_KINDS: readonly Kind[] = [
  harmful("a primary key is dropped", (site) =>
    onKey(
      site,
      ({ kind }) => kind === "primary-key",
      (found) => ({
        statements: [dropKey(found)],
        expected: withDependents(site, found, [missingKey(found.table, found.part)]),
      }),
    ),
  ),
  harmful("a primary key is no more than unique", (site) =>
    onKey(
      site,
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
    onKey(
      site,
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
    onKey(site, isUnique, (found) => ({
      statements: [dropKey(found)],
      expected: withDependents(site, found, [missingKey(found.table, found.part)]),
    })),
  ),
  harmful("what was unique is a plain index", (site) =>
    onKey(site, isUnique, (found) => ({
      statements: [
        dropKey(found),
        `create index ${q(found.part.name)} on ${qq(found.table)} (${list(found.part.columns)})`,
      ],
      expected: withDependents(site, found, [missingKey(found.table, found.part)]),
    })),
  ),
  harmful("what was unique is so for some rows only", (site) =>
    onKey(site, isUnique, (found) => ({
      statements: [
        dropKey(found),
        `create unique index ${q(found.part.name)} on ${qq(found.table)} (${list(found.part.columns)}) where ${q(found.part.columns[0] ?? "")} is null`,
      ],
      expected: withDependents(site, found, [missingKey(found.table, found.part)]),
    })),
  ),
  harmful("a unique constraint is deferrable", (site) =>
    onKey(
      site,
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
      onKey(
        site,
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

export const FOREIGN_KEY_KINDS: readonly Kind[] = [
  harmful("a foreign key is dropped", (site) =>
    onForeignKey(
      site,
      () => true,
      ({ table, part: key }) => ({
        statements: [dropConstraint(table, key.name)],
        expected: [part("MISSING_CONSTRAINT", "warning", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful("a foreign key does something else on delete", (site) =>
    onForeignKey(
      site,
      () => true,
      ({ table, part: key }) => {
        const onDelete = key.onDelete === "cascade" ? site.choose.one(["restrict", "no action"]) : "cascade";
        const nowRefused = key.onDelete === "cascade";
        return {
          statements: [dropConstraint(table, key.name), addForeignKey(table, { ...key, onDelete })],
          expected: [part("CONSTRAINT_DEFINITION", nowRefused ? "error" : "warning", "constraint", table, key.name)],
        };
      },
    ),
  ),
  harmful("a foreign key does something else on update", (site) =>
    onForeignKey(
      site,
      () => true,
      ({ table, part: key }) => ({
        statements: [
          dropConstraint(table, key.name),
          addForeignKey(table, { ...key, onUpdate: key.onUpdate === "cascade" ? "no action" : "cascade" }),
        ],
        expected: [part("CONSTRAINT_DEFINITION", "warning", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful("a foreign key with several columns matches in another way", (site) =>
    onForeignKey(
      site,
      ({ columns }) => columns.length > 1,
      ({ table, part: key }) => ({
        statements: [dropConstraint(table, key.name), addForeignKey(table, { ...key, matchFull: !key.matchFull })],
        expected: [part("CONSTRAINT_DEFINITION", "warning", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful("a foreign key is checked at once", (site) =>
    onForeignKey(
      site,
      ({ deferrable }) => deferrable,
      ({ table, part: key }) => ({
        statements: [`alter table ${qq(table)} alter constraint ${q(key.name)} not deferrable`],
        expected: [part("CONSTRAINT_DEFINITION", "error", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful("a foreign key is not validated", (site) =>
    onForeignKey(
      site,
      () => true,
      ({ table, part: key }) => ({
        statements: [dropConstraint(table, key.name), `${addForeignKey(table, key)} not valid`],
        expected: [part("UNVALIDATED_CONSTRAINT", "warning", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful(
    "a foreign key is not enforced",
    (site) =>
      onForeignKey(
        site,
        () => true,
        ({ table, part: key }) => ({
          statements: [dropConstraint(table, key.name), `${addForeignKey(table, key)} not enforced`],
          expected: [part("UNVALIDATED_CONSTRAINT", "warning", "constraint", table, key.name)],
        }),
      ),
    180_000,
  ),
  harmful("a foreign key references another table", (site) =>
    onForeignKey(
      site,
      (key) => key.columns.length === 1,
      ({ table, part: key }) => {
        const type = table.columns.find(({ name }) => name === key.columns[0])?.type.sql ?? "text";
        return {
          statements: [
            dropConstraint(table, key.name),
            `create table zz_parent (id ${type} primary key)`,
            `insert into zz_parent select distinct ${q(key.columns[0] ?? "")} from ${qq(table)}`,
            `alter table ${qq(table)} add constraint ${q(key.name)} foreign key (${list(key.columns)}) references zz_parent (id)`,
          ],
          expected: [part("CONSTRAINT_DEFINITION", "error", "constraint", table, key.name)],
        };
      },
    ),
  ),
];

export const RULE_KINDS: readonly Kind[] = [
  harmful("a check is dropped", (site) => onRule(site, ({ kind }) => kind === "check", dropped)),
  harmful("an exclusion constraint is dropped", (site) => onRule(site, ({ kind }) => kind === "exclusion", dropped)),
  harmful("a check says something else", (site) => onRule(site, ({ kind }) => kind === "check", another)),
  harmful("an exclusion constraint says something else", (site) =>
    onRule(site, ({ kind }) => kind === "exclusion", another),
  ),
  harmful("a check says something else under another name", (site) =>
    onRule(
      site,
      ({ kind }) => kind === "check",
      ({ table, part: rule }) => ({
        statements: [dropConstraint(table, rule.name), `alter table ${qq(table)} add constraint zz_rule ${rule.other}`],
        expected: [
          part("MISSING_CONSTRAINT", "warning", "constraint", table, rule.name),
          part("BLOCKING_EXTRA_CONSTRAINT", "warning", "constraint", table, "zz_rule"),
        ],
      }),
    ),
  ),
  harmful("a check is not validated", (site) =>
    onRule(
      site,
      ({ kind, notValid }) => kind === "check" && !notValid,
      ({ table, part: rule }) => ({
        statements: [
          dropConstraint(table, rule.name),
          `alter table ${qq(table)} add constraint ${q(rule.name)} ${rule.definition} not valid`,
        ],
        expected: [part("UNVALIDATED_CONSTRAINT", "warning", "constraint", table, rule.name)],
      }),
    ),
  ),
  harmful(
    "a check is not enforced",
    (site) =>
      onRule(
        site,
        ({ kind, notValid }) => kind === "check" && !notValid,
        ({ table, part: rule }) => ({
          statements: [
            dropConstraint(table, rule.name),
            `alter table ${qq(table)} add constraint ${q(rule.name)} ${rule.definition} not enforced`,
          ],
          expected: [part("UNVALIDATED_CONSTRAINT", "warning", "constraint", table, rule.name)],
        }),
      ),
    180_000,
  ),
];

function dropped({ table, part: rule }: On<RuleSpec>): Made {
  return {
    statements: [dropConstraint(table, rule.name)],
    expected: [part("MISSING_CONSTRAINT", "warning", "constraint", table, rule.name)],
  };
}

function another({ table, part: rule }: On<RuleSpec>): Made {
  return {
    statements: [
      dropConstraint(table, rule.name),
      `alter table ${qq(table)} add constraint ${q(rule.name)} ${rule.other}`,
    ],
    expected: [part("CONSTRAINT_DEFINITION", "warning", "constraint", table, rule.name)],
  };
}
