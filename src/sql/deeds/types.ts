/**
 * What a statement says it does to which object, by name. For telling people where an object comes from, never for
 * deciding what is there: that is read from the catalog.
 */
export type DeedKind =
  | "relation"
  | "column"
  | "constraint"
  | "index"
  | "trigger"
  | "policy"
  | "type"
  | "label"
  | "sequence"
  | "function"
  | "extension"
  | "schema"
  | "role";

export interface Deed {
  readonly act: "create" | "alter" | "drop";
  readonly kind: DeedKind;
  /** Null: written without one. */
  readonly schema: string | null;
  /** What a column, constraint, index, trigger, policy or label belongs to, when the statement says it. */
  readonly relation: string | null;
  readonly name: string;
  /** Has IF NOT EXISTS, IF EXISTS or OR REPLACE, or stands in a DO block. */
  readonly guarded: boolean;
  /** Offset of the name in the script. */
  readonly at: number;
}
