/**
 * What the statements before a place say about relations, columns and types: enough to know what is new, what a column's
 * type was, and which checks hold. It knows only what is written in the folder; for everything else it says so.
 */
import { display, type Name } from "./ast.js";
import type { ColumnType } from "./types.js";

export interface KnownColumn {
  /** Null: not said, such as in CREATE TABLE AS. */
  type: ColumnType | null;
  /** Script that adds it. */
  readonly addedIn: number;
  notNull: boolean;
}

export interface KnownCheck {
  /** Columns that it keeps from being NULL. */
  readonly columns: readonly string[];
  /** Position in the script that added it. */
  readonly addedIn: number;
  valid: boolean;
}

export interface KnownRelation {
  readonly createdIn: number;
  readonly kind: "table" | "partitioned-table" | "view" | "materialized-view";
  readonly columns: Map<string, KnownColumn>;
  readonly checks: Map<string, KnownCheck>;
}

export interface KnownIndex {
  /** Key of its relation. */
  readonly relation: string;
  readonly createdIn: number;
}

export interface Memory {
  readonly relations: Map<string, KnownRelation>;
  /** Enum types, composite types and domains -> script that creates them. */
  readonly types: Map<string, number>;
  readonly indexes: Map<string, KnownIndex>;
  /** Functions that a script declares IMMUTABLE or STABLE, or not. */
  readonly volatile: Map<string, boolean>;
  /** Schema of names that are written without one. */
  readonly home: string;
  /** Scripts that run in the same deploy as the one that is looked at. */
  fresh: ReadonlySet<number>;
}

export function emptyMemory(home: string): Memory {
  return {
    relations: new Map(),
    types: new Map(),
    indexes: new Map(),
    volatile: new Map(),
    home,
    fresh: new Set(),
  };
}

export function keyOf(memory: Pick<Memory, "home">, { schema, name }: Name): string {
  return display({ schema: schema ?? memory.home, name });
}

export function relationOf(memory: Memory, name: Name): KnownRelation | null {
  return memory.relations.get(keyOf(memory, name)) ?? null;
}

/** Whether the same deploy creates it: then it is empty or nobody else sees it, and no lock on it hurts anybody. */
export function isNew(memory: Memory, name: Name): boolean {
  const known = relationOf(memory, name);
  return known !== null && memory.fresh.has(known.createdIn);
}

export function columnOf(memory: Memory, relation: Name, column: string): KnownColumn | null {
  return relationOf(memory, relation)?.columns.get(column) ?? null;
}

/** Whether a column was added by the same deploy. */
export function isNewColumn(memory: Memory, relation: Name, column: string): boolean {
  const known = columnOf(memory, relation, column);
  return known !== null && memory.fresh.has(known.addedIn);
}

/** Whether rows with NULL cannot be there: then SET NOT NULL need not look (PostgreSQL 12 and later). */
export function isKnownNotNull(memory: Memory, relation: Name, column: string): boolean {
  const known = relationOf(memory, relation);
  if (known === null) return false;
  if (known.columns.get(column)?.notNull === true) return true;
  return [...known.checks.values()].some(({ valid, columns }) => valid && columns.includes(column));
}
