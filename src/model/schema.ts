/**
 * The schema model: one value that says what a database looks like. The target and the throwaway server are both read
 * into this type by the same code (src/catalog), so both sides are spelled by PostgreSQL itself.
 * Every list is sorted (by schema and name; columns by position; enum labels by their order): see `normalize` in src/catalog.
 */
import type { QualifiedName } from "./names.js";
import type { Operation } from "./report.js";

export interface SchemaModel {
  /** `server_version_num`, for example 180004. */
  readonly serverVersion: number;
  /** The schemas that were looked for and exist. */
  readonly schemas: readonly SchemaInfo[];
  readonly relations: readonly Relation[];
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
  readonly sequences: readonly Sequence[];
  readonly functions: readonly FunctionInfo[];
  readonly extensions: readonly Extension[];
  /** The judged role, and whether it can get in at all; null when it does not exist. */
  readonly role: RoleInfo | null;
  /** What could not be read, with the reason. An object that stands here must not be judged as absent. */
  readonly unreadable: readonly Unreadable[];
}

export interface RoleInfo {
  readonly name: string;
  readonly canLogin: boolean;
  /** CONNECT on this database. */
  readonly mayConnect: boolean;
}

export interface SchemaInfo {
  readonly name: string;
  /** Whether the judged role has USAGE. */
  readonly usage: boolean;
}

export type RelationKind = "table" | "partitioned-table" | "view" | "materialized-view" | "foreign-table";

export interface Relation extends QualifiedName {
  readonly kind: RelationKind;
  /** The partitioned table that this one is attached to. */
  readonly partitionOf: QualifiedName | null;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  /** The query of a view or materialized view as PostgreSQL prints it; null for other kinds or when not asked for. */
  readonly definition: string | null;
  readonly rowSecurity: RowSecurity;
  readonly privileges: RelationPrivileges;
}

/**
 * A type by identity, not by spelling. Two columns have the same type when schema (or extension), name, modifier and
 * array-ness agree; `text` is only for people.
 */
export interface TypeRef {
  /** As `format_type(oid, typmod)` prints it with an empty search_path: `timestamp(3) without time zone`, `public.status`. */
  readonly text: string;
  /** Schema of the element type; `pg_catalog` for built-in ones. */
  readonly schema: string;
  /** `typname` of the element type: `int4`, `timestamp`, `status`. */
  readonly name: string;
  /** The extension that owns the type (citext, postgis); its schema is then free to differ between databases. */
  readonly extension: string | null;
  /** `atttypmod`, -1 when there is none. */
  readonly modifier: number;
  readonly array: boolean;
  readonly kind: "base" | "enum" | "domain" | "composite" | "range" | "multirange" | "pseudo";
  /** `typcategory` of the element type (S string, N numeric, D date/time, ...). */
  readonly category: string;
}

/**
 * An SQL expression as PostgreSQL deparses it. `renderings` holds `text` and every other text that the same expression
 * has after a dump and restore: the printed form is not a fixpoint (`varchar IN (...)` prints differently when it is
 * re-created from its own print). Two expressions are equal when their renderings meet.
 */
export interface Expression {
  readonly text: string;
  readonly renderings: readonly string[];
}

export type IdentityKind = "always" | "by-default";

export interface Column {
  readonly name: string;
  /** `attnum`: 1-based, with gaps where columns were dropped. */
  readonly position: number;
  readonly type: TypeRef;
  readonly nullable: boolean;
  /** False for a NOT NULL that was added NOT VALID (PostgreSQL 18): rows with NULL may exist. True when nullable. */
  readonly notNullValidated: boolean;
  /** DEFAULT expression; null when there is none, for identity and for generated columns. */
  readonly default: Expression | null;
  readonly identity: IdentityKind | null;
  readonly generated: { readonly kind: "stored" | "virtual"; readonly expression: Expression } | null;
  /** The sequence behind `nextval(...)` in the default, or behind an identity column. */
  readonly sequence: ColumnSequence | null;
  /** Null when the column has its type's default collation. */
  readonly collation: QualifiedName | null;
  readonly privileges: ColumnPrivileges;
}

export interface ColumnSequence extends QualifiedName {
  /** Whether the judged role may call nextval() on it; an INSERT that uses the default needs that. */
  readonly usage: boolean;
}

export interface ColumnPrivileges {
  readonly select: boolean;
  readonly insert: boolean;
  readonly update: boolean;
}

/** What the judged role may do with the relation as a whole; column grants stand on the columns. */
export interface RelationPrivileges {
  readonly select: boolean;
  readonly insert: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

export interface RowSecurity {
  readonly enabled: boolean;
  readonly forced: boolean;
  /** Whether policies are applied to the judged role (not the owner unless forced, no BYPASSRLS, no superuser). */
  readonly appliesToRole: boolean;
  /** Commands for which a permissive policy names the judged role, a role it is a member of, or PUBLIC. */
  readonly allows: readonly Operation[];
}

interface ConstraintBase {
  readonly name: string;
  /** `convalidated`: false after ADD CONSTRAINT ... NOT VALID. */
  readonly validated: boolean;
  /** `conenforced` (PostgreSQL 18); true on older servers. */
  readonly enforced: boolean;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
}

export interface KeyConstraint extends ConstraintBase {
  readonly kind: "primary-key" | "unique";
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  /** Name of the index that enforces it. */
  readonly index: string;
}

export type ReferentialAction = "no-action" | "restrict" | "cascade" | "set-null" | "set-default";

/** Optional properties are absent in a contract where a hand-written check file did not name them: then they are not looked at. */
export interface ForeignKey extends ConstraintBase {
  readonly kind: "foreign-key";
  readonly columns: readonly string[];
  readonly references: QualifiedName;
  readonly referencedColumns: readonly string[];
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly match?: "simple" | "full" | "partial";
}

export interface CheckConstraint extends ConstraintBase {
  readonly kind: "check";
  readonly expression: Expression;
}

export interface ExclusionConstraint extends ConstraintBase {
  readonly kind: "exclusion";
  readonly method: string;
  /** One entry an element: the index key and the operator, for example `room WITH =`. */
  readonly elements: readonly { readonly key: IndexKey; readonly operator: string }[];
  readonly predicate: Expression | null;
  readonly index: string;
}

export type Constraint = KeyConstraint | ForeignKey | CheckConstraint | ExclusionConstraint;

export interface IndexKey {
  /** Column name, or null when the key is an expression. */
  readonly column: string | null;
  readonly expression: Expression | null;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  /** Null when it is the default operator class of the type for this access method. */
  readonly operatorClass: QualifiedName | null;
  /** Null when it is the column's own collation. */
  readonly collation: QualifiedName | null;
}

export interface Index {
  readonly name: string;
  /** Access method: btree, gin, gist, brin, hash, ... */
  readonly method: string;
  readonly keys: readonly IndexKey[];
  readonly include: readonly string[];
  readonly predicate: Expression | null;
  readonly unique: boolean;
  readonly nullsNotDistinct: boolean;
  /** Enforces a primary key, unique or exclusion constraint of this name; then it is compared as the constraint. */
  readonly constraint: string | null;
  /** False for the index of a DEFERRABLE constraint: it cannot be an ON CONFLICT arbiter. */
  readonly immediate: boolean;
  /** `indisvalid and indisready and indislive`; for a partitioned index, whether every partition has its part attached. */
  readonly valid: boolean;
  readonly ready: boolean;
  /** True while a CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY is at work on it (pg_stat_progress_create_index). */
  readonly building: boolean;
}

export interface Trigger {
  readonly name: string;
  /** `O` fires in origin and local mode, `D` disabled, `R` replica, `A` always (`tgenabled`). */
  readonly enabled: "O" | "D" | "R" | "A";
  /** Fires before an INSERT, so it may fill in what the statement leaves out. */
  readonly beforeInsert: boolean;
  /** Null when it could not be printed (locked), or when it is a clone of a partitioned table's trigger. */
  readonly definition: string | null;
  readonly definitionHash: string | null;
}

export interface EnumType extends QualifiedName {
  /** In `enumsortorder`. */
  readonly labels: readonly string[];
}

export interface DomainType extends QualifiedName {
  readonly base: TypeRef;
  readonly nullable: boolean;
  readonly default: Expression | null;
  readonly checks: readonly { readonly name: string; readonly validated: boolean; readonly expression: Expression }[];
}

export interface Sequence extends QualifiedName {
  readonly dataType: string;
  /** Decimal strings: bigint values do not fit a JSON number. */
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cycle: boolean;
  readonly ownedBy: (QualifiedName & { readonly column: string }) | null;
  readonly privileges: { readonly usage: boolean };
}

export interface FunctionInfo extends QualifiedName {
  /** Argument types as `pg_get_function_identity_arguments` prints them, without names: `text, integer`. */
  readonly arguments: string;
  readonly kind: "function" | "procedure" | "aggregate" | "window";
  readonly returns: string;
  readonly definitionHash: string;
}

export interface Extension {
  readonly name: string;
  readonly version: string;
  readonly schema: string;
}

/** Why something could not be looked at. Never contains a secret; `sqlstate` is PostgreSQL's, when it answered. */
export interface Unreadable {
  readonly subject: UnreadableSubject;
  readonly reason: string;
  readonly sqlstate: string | null;
}

export interface UnreadableSubject {
  readonly kind: "schema" | "relation" | "role";
  readonly schema: string | null;
  readonly name: string | null;
}
