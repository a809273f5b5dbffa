/** Where the objects of a schema come from: which migration created each one, and which changed it last. */
import type { Subject } from "./report.js";

export interface Origin {
  /** Name of the migration as its tool records it. */
  readonly migration: string;
  /** File of the migration, relative to its directory, with `/`. */
  readonly file: string;
  /** 1-based line of the file where the object is named by the statement that did it; null when it is not named. */
  readonly line: number | null;
  /** The statement has IF NOT EXISTS, or stands in a DO block: it does nothing where the name is taken. Absent: it has no guard. */
  readonly guarded?: true | undefined;
}

export interface Provenance {
  readonly subject: Subject;
  /** Null: the object as a whole; else one of its properties (`type`, `nullability`, `default`, `definition`, ...). */
  readonly property: string | null;
  readonly createdBy: Origin;
  /** The last migration that changed it; for a relation also one that added, changed or dropped a part of it. */
  readonly changedBy: Origin;
}
