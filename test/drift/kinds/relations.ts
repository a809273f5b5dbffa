/** Tables and views that are gone, elsewhere, or something else. */
import { list, q, qq, referencing, type Spec, same, type TableSpec, type ViewSpec, viewsOf } from "../spec.js";
import {
  around,
  atOne,
  type Drift,
  type Finding,
  freeColumns,
  harmful,
  type Kind,
  part,
  type Site,
  whole,
} from "./kind.js";

/** What is gone with a table: itself, the keys of others that reference it, its views. */
function withoutTable(spec: Spec, table: TableSpec): Finding[] {
  return [
    whole("MISSING_TABLE", "error", "table", table),
    ...keysTo(spec, table).map((each) =>
      part("MISSING_CONSTRAINT", "warning", "constraint", each.table, each.key.name),
    ),
    ...viewsOf(spec, table).map((view) => whole("MISSING_VIEW", "error", "view", view)),
  ];
}

const keysTo = (spec: Spec, table: TableSpec) => referencing(spec, table).filter((each) => !same(each.table, table));

/** References follow the table to its new name, so they reference another table than the expected one. */
function moved(site: Site, statement: (table: TableSpec) => string): Drift | null {
  const { spec, choose } = site;
  return atOne(choose, spec.tables, (table) => ({
    statements: [statement(table)],
    expected: [
      whole("MISSING_TABLE", "error", "table", table),
      ...keysTo(spec, table).map((each) =>
        part("CONSTRAINT_DEFINITION", "error", "constraint", each.table, each.key.name),
      ),
    ],
    touches: around(spec, table),
  }));
}

function onView(
  site: Site,
  materialized: boolean,
  make: (view: ViewSpec, of: TableSpec) => Omit<Drift, "touches"> | null,
): Drift | null {
  const views = site.spec.views.filter((view) => view.materialized === materialized);
  return atOne(site.choose, views, (view) => {
    const of = site.spec.tables.find((table) => same(table, view.of));
    const drift = of === undefined ? null : make(view, of);
    return drift === null || of === undefined ? null : { ...drift, touches: around(site.spec, of) };
  });
}

const missingView = (view: ViewSpec) => whole("MISSING_VIEW", "error", "view", view);

export const RELATION_KINDS: readonly Kind[] = [
  harmful("a table is dropped", ({ spec, choose }) =>
    atOne(choose, spec.tables, (table) => ({
      statements: [`drop table ${qq(table)} cascade`],
      expected: withoutTable(spec, table),
      touches: around(spec, table),
    })),
  ),
  harmful("a table is renamed", (site) => moved(site, (table) => `alter table ${qq(table)} rename to zz_renamed`)),
  harmful("a table is in another schema", (site) =>
    moved(site, (table) => `create schema zz_elsewhere; alter table ${qq(table)} set schema zz_elsewhere`),
  ),
  harmful("a view stands where a table was", ({ spec, choose }) =>
    atOne(choose, spec.tables, (table) => ({
      statements: [`drop table ${qq(table)} cascade`, `create view ${qq(table)} as select 1 as one`],
      expected: withoutTable(spec, table),
      touches: around(spec, table),
    })),
  ),
  harmful("a schema is dropped", ({ spec }) => {
    const [, gone] = spec.schemas;
    const tables = spec.tables.filter(({ schema }) => schema === gone);
    const isUsed = [...spec.enums, ...spec.domains, ...spec.functions].some(({ schema }) => schema === gone);
    if (gone === undefined || tables.length === 0 || isUsed) return null;
    const rest = (finding: Finding) => finding.schema !== gone;
    return {
      statements: [`drop schema ${q(gone)} cascade`],
      expected: unique([
        ...spec.sequences
          .filter(({ schema }) => schema === gone)
          .map((each) => whole("MISSING_SEQUENCE", "error", "sequence", each)),
        ...spec.views.filter(({ schema }) => schema === gone).map(missingView),
        ...tables.map((table) => whole("MISSING_TABLE", "error", "table", table)),
        ...tables.flatMap((table) => withoutTable(spec, table)).filter(rest),
      ]),
      touches: [...spec.tables, ...spec.views, ...spec.sequences].flatMap((each) => [
        `${each.schema}\u0000${each.name}`,
      ]),
    };
  }),
  harmful("a view is dropped", (site) =>
    onView(site, false, (view) => ({ statements: [`drop view ${qq(view)}`], expected: [missingView(view)] })),
  ),
  harmful("a view lacks a column", (site) =>
    onView(site, false, (view, of) => {
      const [first, ...rest] = view.columns;
      if (first === undefined || rest.length === 0) return null;
      return {
        statements: [
          `drop view ${qq(view)}`,
          `create view ${qq(view)} as select ${list(rest)} from ${qq(of)}`,
          `grant select on ${qq(view)} to ${site.role}`,
        ],
        expected: [part("MISSING_COLUMN", "error", "column", view, first)],
      };
    }),
  ),
  harmful("a view's column has another type", (site) =>
    onView(site, false, (view, of) => {
      const [first, ...rest] = view.columns;
      if (first === undefined) return null;
      const columns = [`null::point as ${q(first)}`, ...rest.map(q)].join(", ");
      return {
        statements: [
          `drop view ${qq(view)}`,
          `create view ${qq(view)} as select ${columns} from ${qq(of)}`,
          `grant select on ${qq(view)} to ${site.role}`,
        ],
        expected: [part("COLUMN_TYPE", "error", "column", view, first)],
      };
    }),
  ),
  harmful("a table stands where a view was", (site) =>
    onView(site, false, (view, of) => ({
      statements: [
        `drop view ${qq(view)}`,
        `create table ${qq(view)} as select ${list(view.columns)} from ${qq(of)}`,
        `grant all on ${qq(view)} to ${site.role}`,
      ],
      expected: [missingView(view)],
    })),
  ),
  harmful("a materialized view is dropped", (site) =>
    onView(site, true, (view) => ({
      statements: [`drop materialized view ${qq(view)}`],
      expected: [missingView(view)],
    })),
  ),
  harmful("a materialized view is an ordinary one", (site) =>
    onView(site, true, (view, of) => ({
      statements: [
        `drop materialized view ${qq(view)}`,
        `create view ${qq(view)} as select ${list(view.columns)} from ${qq(of)}`,
        `grant select on ${qq(view)} to ${site.role}`,
      ],
      expected: [missingView(view)],
    })),
  ),
  harmful("the index of a materialized view is dropped", (site) =>
    onView(site, true, (view) =>
      view.index === null
        ? null
        : {
            statements: [`drop index ${q(view.schema)}.${q(view.index)}`],
            expected: [part("MISSING_INDEX", "warning", "index", view, view.index)],
          },
    ),
  ),
  harmful("row security is enabled and lets nothing through", (site) =>
    atOne(
      site.choose,
      site.spec.tables.filter(({ policy }) => policy === null),
      (table) => ({
        statements: [`alter table ${qq(table)} enable row level security`],
        expected: [whole("ROW_SECURITY_HIDES_ROWS", "error", "table", table)],
        touches: around(site.spec, table),
      }),
    ),
  ),
  harmful("the policy is dropped", (site) =>
    atOne(
      site.choose,
      site.spec.tables.filter(({ policy }) => policy !== null),
      (table) => ({
        statements: [`drop policy ${q(table.policy ?? "")} on ${qq(table)}`],
        expected: [whole("ROW_SECURITY_HIDES_ROWS", "error", "table", table)],
        touches: around(site.spec, table),
      }),
    ),
  ),
  harmful("a column that must be given is unknown", (site) =>
    atOne(site.choose, site.spec.tables, (table) => ({
      statements: [
        `alter table ${qq(table)} add column zz_must text default 'x' not null`,
        `alter table ${qq(table)} alter column zz_must drop default`,
      ],
      expected: [part("BLOCKING_EXTRA_COLUMN", "error", "column", table, "zz_must")],
      touches: around(site.spec, table),
    })),
  ),
  harmful("an unknown check refuses values", (site) =>
    atOne(site.choose, site.spec.tables, (table) => ({
      statements: [
        `alter table ${qq(table)} add constraint zz_check check (${q(table.columns[0]?.name ?? "")} is not null)`,
      ],
      expected: [part("BLOCKING_EXTRA_CONSTRAINT", "warning", "constraint", table, "zz_check")],
      touches: around(site.spec, table),
    })),
  ),
  harmful("an unknown unique index refuses values", (site) =>
    atOne(
      site.choose,
      freeColumns(site, (column, table) => column.type.btree && column.type.distinct && table.partitions === null),
      ({ table, part: column }) => ({
        statements: [`create unique index zz_unique on ${qq(table)} (${q(column.name)})`],
        expected: [part("BLOCKING_EXTRA_CONSTRAINT", "warning", "index", table, "zz_unique")],
        touches: around(site.spec, table),
      }),
    ),
  ),
  harmful("an unknown foreign key refuses deletes", (site) =>
    atOne(
      site.choose,
      freeColumns(site, (column) => column.type.distinct && column.type.btree),
      ({ table, part: column }) => ({
        statements: [
          `create table zz_parent (id ${column.type.sql} primary key)`,
          `insert into zz_parent select ${q(column.name)} from ${qq(table)}`,
          `alter table ${qq(table)} add constraint zz_fkey foreign key (${q(column.name)}) references zz_parent`,
        ],
        expected: [part("BLOCKING_EXTRA_CONSTRAINT", "warning", "constraint", table, "zz_fkey")],
        touches: around(site.spec, table),
      }),
    ),
  ),
];

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
