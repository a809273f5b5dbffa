import type { MigrationScript } from "../../model/migrations.js";
import type { Range } from "../../sql/index.js";
import type { ReadScript, Statement } from "./read-script.js";

/** What PostgreSQL refused. */
export interface Refusal {
  readonly sqlstate: string;
  readonly message: string;
  /** The refused statement, when it could be told. */
  readonly statement: Statement | null;
  /** Offset in the script of what PostgreSQL points at; null: it points at nothing. */
  readonly at: number | null;
}

/** A script on its way: some of its text may be blanked out. */
export interface Sending {
  readonly script: MigrationScript;
  readonly read: ReadScript;
  readonly blanks: Range[];
}
