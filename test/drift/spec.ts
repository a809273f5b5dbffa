/** What a generated schema holds, in words of its own: the tests must not learn from src/ what to expect of src/. */
import { type QualifiedName, quoteIdentifier, quoteQualified } from "../../src/model/names.js";
import type { ColumnType } from "./column-types.js";

export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly identity: "always" | "by default" | null;
  readonly serial: boolean;
  /** Expression and how it is kept. */
  readonly generated: { readonly expression: string; readonly of: string } | null;
  readonly collation: string | null;
}

export interface KeySpec {
  readonly name: string;
  readonly kind: "primary-key" | "unique" | "unique-index";
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly deferrable: boolean;
  readonly nullsNotDistinct: boolean;
}

export interface ForeignKeySpec {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: QualifiedName;
  readonly referenced: readonly string[];
  /** `on delete cascade`, `deferrable initially deferred`, ...: everything after the referenced columns. */
  readonly onDelete: string;
  readonly onUpdate: string;
  readonly deferrable: boolean;
  readonly matchFull: boolean;
}

/** A check or exclusion constraint: `definition` is what stands after its name. */
export interface RuleSpec {
  readonly name: string;
  readonly kind: "check" | "exclusion";
  readonly definition: string;
  /** Another rule that the rows satisfy, too. */
  readonly other: string;
  readonly columns: readonly string[];
  readonly notValid: boolean;
}

export interface IndexSpec {
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  /** Each key as SQL, with its column when it is a plain one. */
  readonly keys: readonly { readonly sql: string; readonly column: string | null }[];
  readonly include: readonly string[];
  readonly where: string | null;
  /** Every column that it mentions. */
  readonly columns: readonly string[];
}

export interface TriggerSpec {
  readonly name: string;
  /** `before update of "a"` */
  readonly event: string;
  readonly columns: readonly string[];
}

export interface TableSpec extends QualifiedName {
  readonly columns: readonly ColumnSpec[];
  readonly keys: readonly KeySpec[];
  readonly foreignKeys: readonly ForeignKeySpec[];
  readonly rules: readonly RuleSpec[];
  readonly indexes: readonly IndexSpec[];
  readonly triggers: readonly TriggerSpec[];
  /** Partitioned by range of this column, with partitions of these names. */
  readonly partitions: { readonly column: string; readonly names: readonly string[] } | null;
  /** Name of a policy that lets everything through; null: no row security. */
  readonly policy: string | null;
}

export interface ViewSpec extends QualifiedName {
  readonly materialized: boolean;
  readonly of: QualifiedName;
  readonly columns: readonly string[];
  readonly index: string | null;
}

export interface EnumSpec extends QualifiedName {
  readonly labels: readonly string[];
  readonly ordered: boolean;
}

export interface DomainSpec extends QualifiedName {
  readonly base: string;
  readonly check: { readonly name: string; readonly expression: string };
  readonly notNull: boolean;
  readonly default: string | null;
}

export interface FunctionSpec extends QualifiedName {
  readonly arguments: string;
  readonly trigger: boolean;
}

export interface Spec {
  readonly schemas: readonly string[];
  readonly citext: boolean;
  readonly enums: readonly EnumSpec[];
  readonly domains: readonly DomainSpec[];
  readonly sequences: readonly QualifiedName[];
  readonly functions: readonly FunctionSpec[];
  readonly tables: readonly TableSpec[];
  readonly views: readonly ViewSpec[];
}

export const q = quoteIdentifier;
export const qq = quoteQualified;
export const list = (names: readonly string[]): string => names.map(q).join(", ");

export function same(a: QualifiedName, b: QualifiedName): boolean {
  return a.schema === b.schema && a.name === b.name;
}

export function keyOf({ schema, name }: QualifiedName): string {
  return `${schema}\u0000${name}`;
}

/** Every column that something besides the column itself mentions: changing it touches more than the column. */
export function mentioned(spec: Spec, table: TableSpec): ReadonlySet<string> {
  return new Set([
    ...table.keys.flatMap(({ columns, include }) => [...columns, ...include]),
    ...table.foreignKeys.flatMap(({ columns }) => columns),
    ...table.rules.flatMap(({ columns }) => columns),
    ...table.indexes.flatMap(({ columns }) => columns),
    ...table.triggers.flatMap(({ columns }) => columns),
    ...table.columns.flatMap(({ generated }) => generated?.of ?? []),
    ...spec.views.filter((view) => same(view.of, table)).flatMap(({ columns }) => columns),
    ...(table.partitions === null ? [] : [table.partitions.column]),
  ]);
}

/** Foreign keys that reference the table, with the tables that they stand on. */
export function referencing(spec: Spec, table: QualifiedName): { table: TableSpec; key: ForeignKeySpec }[] {
  return spec.tables.flatMap((other) =>
    other.foreignKeys.filter(({ references }) => same(references, table)).map((key) => ({ table: other, key })),
  );
}

export function viewsOf(spec: Spec, table: QualifiedName): ViewSpec[] {
  return spec.views.filter(({ of }) => same(of, table));
}
