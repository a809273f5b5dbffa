/** One kind of drift: how to bring it about in a generated schema, and what verify must then say, and nothing else. */
import type { QualifiedName } from "../../../src/model/names.js";
import type { GapCode, Severity, SubjectKind } from "../../../src/model/report.js";
import type { Chooser } from "../chooser.js";
import { type ColumnSpec, keyOf, mentioned, referencing, type Spec, same, type TableSpec, viewsOf } from "../spec.js";

export interface Finding {
  readonly code: GapCode;
  readonly severity: Severity;
  readonly kind: SubjectKind;
  readonly schema: string | null;
  readonly relation: string | null;
  readonly name: string;
}

export interface Drift {
  readonly statements: readonly string[];
  /** Exactly these gaps; none for what harms nobody. */
  readonly expected: readonly Finding[];
  /** Objects that it changes or that its gaps are about: two drifts without a common one do not meet. */
  readonly touches: readonly string[];
  /** Statements that put right what belongs to the whole server (roles). */
  readonly afterwards?: readonly string[];
}

export interface Site {
  readonly spec: Spec;
  readonly choose: Chooser;
  /** The application's role, quoted. */
  readonly role: string;
  readonly serverVersion: number;
}

export interface Kind {
  readonly name: string;
  /** Verify must not say anything. */
  readonly harmless: boolean;
  /** `server_version_num` of the first release that can do it. */
  readonly since: number;
  /** Null when the schema has nothing that it could be done to. */
  readonly make: (site: Site) => Drift | null;
}

const OLDEST = 130_000;

export function harmful(name: string, make: Kind["make"], since: number = OLDEST): Kind {
  return { name, harmless: false, since, make };
}

export function harmless(name: string, make: (site: Site) => Pick<Drift, "statements" | "touches"> | null): Kind {
  const withoutGaps = (site: Site): Drift | null => {
    const drift = make(site);
    return drift === null ? null : { ...drift, expected: [] };
  };
  return { name, harmless: true, since: OLDEST, make: withoutGaps };
}

/** A finding about something that belongs to a relation. */
export function part(
  code: GapCode,
  severity: Severity,
  kind: SubjectKind,
  relation: QualifiedName,
  name: string,
): Finding {
  return { code, severity, kind, schema: relation.schema, relation: relation.name, name };
}

/** A finding about an object of its own. */
export function whole(code: GapCode, severity: Severity, kind: SubjectKind, object: QualifiedName): Finding {
  return { code, severity, kind, schema: object.schema, relation: null, name: object.name };
}

/** Each table with each of its parts, those for which the condition holds. */
export function partsOf<T>(
  { spec }: Pick<Site, "spec">,
  parts: (table: TableSpec) => readonly T[],
  fits: (part: T, table: TableSpec) => boolean = () => true,
): { readonly table: TableSpec; readonly part: T }[] {
  return spec.tables.flatMap((table) =>
    parts(table)
      .filter((each) => fits(each, table))
      .map((each) => ({ table, part: each })),
  );
}

/** Makes a drift of one of them; null when there is none. */
export function atOne<T>(choose: Chooser, found: readonly T[], make: (chosen: T) => Drift | null): Drift | null {
  return found.length === 0 ? null : make(choose.one(found));
}

/** Columns that nothing else mentions, so that a change of theirs is a change of nothing else. */
export function freeColumns(site: Site, fits: (column: ColumnSpec, table: TableSpec) => boolean = () => true) {
  return partsOf(site, (table) => table.columns.filter(({ name }) => !mentioned(site.spec, table).has(name)), fits);
}

/** What a drift of the table can be felt by: itself, its views, and the tables that reference it or that it references. */
export function around(spec: Spec, table: TableSpec): string[] {
  const others = referencing(spec, table).map((each) => each.table);
  const referenced = table.foreignKeys.map(({ references }) => references);
  return [table, ...others, ...referenced, ...viewsOf(spec, table)].map(keyOf);
}

/** What follows when columns are dropped with CASCADE: what stood on them alone is told with the columns, the rest is not. */
export function afterDropping(
  spec: Spec,
  dropped: readonly { table: TableSpec; columns: readonly string[] }[],
): Finding[] {
  return dropped.flatMap(({ table, columns }) => {
    const generated = table.columns.filter((each) => each.generated !== null && columns.includes(each.generated.of));
    const gone = [...new Set([...columns, ...generated.map(({ name }) => name)])];
    const hits = (names: readonly string[]) => names.some((name) => gone.includes(name));
    const keys = table.keys.filter((key) => hits([...key.columns, ...key.include]));
    return [
      ...gone.map((name) => part("MISSING_COLUMN", "error", "column", table, name)),
      ...keys.filter((key) => !hits(key.columns)).map((key) => missingKey(table, key)),
      ...table.indexes
        .filter((index) => hits(index.columns) && !hits(index.keys.flatMap(({ column }) => column ?? [])))
        .map((index) => part("MISSING_INDEX", index.unique ? "error" : "warning", "index", table, index.name)),
      ...table.rules
        .filter((rule) => hits(rule.columns))
        .map(({ name }) => part("MISSING_CONSTRAINT", "warning", "constraint", table, name)),
      ...table.triggers
        .filter((each) => hits(each.columns))
        .map(({ name }) => part("MISSING_TRIGGER", "warning", "trigger", table, name)),
      ...viewsOf(spec, table)
        .filter((view) => hits(view.columns))
        .map((view) => whole("MISSING_VIEW", "error", "view", view)),
      ...referencing(spec, table)
        .filter(({ key }) => hits(key.referenced))
        .filter(
          ({ table: other, key }) =>
            !dropped.some((each) => same(each.table, other) && key.columns.some((name) => each.columns.includes(name))),
        )
        .filter(({ table: other, key }) => !same(other, table) || !hits(key.columns))
        .map(({ table: other, key }) => part("MISSING_CONSTRAINT", "warning", "constraint", other, key.name)),
    ];
  });
}

export function missingKey(table: TableSpec, key: TableSpec["keys"][number]): Finding {
  return key.kind === "unique-index"
    ? part("MISSING_INDEX", "error", "index", table, key.name)
    : part("MISSING_CONSTRAINT", "error", "constraint", table, key.name);
}
