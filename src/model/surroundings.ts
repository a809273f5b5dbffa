/**
 * What stands around a gap: looked for only after a verification found something wrong, to tell why it is wrong.
 * Everything here is bounded; `Questions` say what is asked for, `Surroundings` what was seen.
 */
import type { QualifiedName } from "./names.js";

export interface Questions {
  /** Relations that are missing, with the columns that they should have. */
  readonly relations: readonly WantedRelation[];
  /** Missing types, sequences and functions, by name. */
  readonly objects: readonly QualifiedName[];
  /** Relations that are there and have gaps, or could not be looked at. */
  readonly touched: readonly QualifiedName[];
  /** Relations that the contract knows: none of them can be the new name of a missing one. */
  readonly known: readonly QualifiedName[];
}

export interface WantedRelation extends QualifiedName {
  readonly columns: readonly string[];
}

export interface Surroundings {
  readonly nearby: readonly NearbyRelation[];
  readonly objects: readonly NearbyObject[];
  readonly touched: readonly TouchedRelation[];
  readonly locks: readonly HeldLock[];
  /** The sessions that hold those locks, or that hold up those who wait for them. */
  readonly sessions: readonly SeenSession[];
  readonly builds: readonly IndexBuild[];
  readonly database: DatabaseFacts;
}

/**
 * A relation that a missing one may be: `name`, the same name in another schema; `case`, a name that differs in upper and
 * lower case only; `columns`, another name in the same schema with all its columns.
 */
export interface NearbyRelation extends QualifiedName {
  readonly wanted: QualifiedName;
  readonly match: "name" | "case" | "columns";
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** A type, sequence or function of the wanted name in another schema, or of a name that differs in upper and lower case only. */
export interface NearbyObject extends QualifiedName {
  readonly kind: "type" | "sequence" | "function";
}

/** What the connected role may do with a relation, and what happened to it. */
export interface TouchedRelation extends QualifiedName {
  /** USAGE on the schema. */
  readonly usage: boolean;
  readonly select: boolean;
  /** Policies would be applied to the connected role. */
  readonly rowSecurity: boolean;
  readonly owner: string;
  /** Columns that were dropped from it; a dump and restore forgets them. */
  readonly droppedColumns: number;
  readonly invalidIndexes: readonly string[];
}

/** A lock that somebody else holds or waits for on a touched relation, strong enough to be in the way of a build or a reader. */
export interface HeldLock extends QualifiedName {
  /** Null: a prepared transaction holds it. */
  readonly pid: number | null;
  /** As pg_locks calls it: `AccessExclusiveLock`. */
  readonly mode: string;
  readonly granted: boolean;
  /** Processes that it waits for. */
  readonly blockedBy: readonly number[];
}

/** Fields are null when PostgreSQL hides them from the connected role. */
export interface SeenSession {
  readonly pid: number;
  readonly user: string | null;
  readonly application: string | null;
  /** `active`, `idle in transaction`, ... */
  readonly state: string | null;
  /** Seconds since its transaction began. */
  readonly transactionSeconds: number | null;
  /** Shortened, without comments and without the values of literals. */
  readonly query: string | null;
}

/** A row of pg_stat_progress_create_index; relation and index are null when PostgreSQL hides them from the connected role. */
export interface IndexBuild {
  readonly pid: number;
  readonly relation: QualifiedName | null;
  /** Null: not known, or a build that is not concurrent and so not visible yet. */
  readonly index: string | null;
  readonly phase: string | null;
  readonly percent: number | null;
  readonly seconds: number | null;
}

export interface DatabaseFacts {
  /** Schemas that hold relations, the fullest first. */
  readonly schemas: readonly { readonly name: string; readonly relations: number }[];
  /** Other databases of the server to which the connected role may connect. */
  readonly databases: readonly string[];
}
