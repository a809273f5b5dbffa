/** One statement where it stands: what a rule gets, and what it gives back. */
import type { FindingSeverity, LintCode, LintHazard, StatementCode } from "../model/lint.js";
import type { MigrationScript, MigrationTool } from "../model/migrations.js";
import type { Node } from "./ast.js";
import type { Memory } from "./memory.js";

export interface Place {
  readonly tool: MigrationTool;
  readonly script: MigrationScript;
  /** Position of the script in the order in which they run. */
  readonly index: number;
  readonly node: Node;
  /** Statements of the script (null: the grammar refuses it), and the position of this one. */
  readonly statements: readonly (Node | null)[];
  readonly position: number;
  /** Positions of the statements that commit or fail together with this one, this one included. */
  readonly transaction: ReadonlySet<number>;
  /** Whether PostgreSQL runs it inside a transaction block: `BEGIN`, or several statements in one simple query. */
  readonly inTransaction: boolean;
  /** Whether that is because of a `BEGIN`: the script's own, or the tool's. */
  readonly begun: boolean;
  /** What the statements before this one say. */
  readonly memory: Memory;
}

/** What a rule found; the driver adds the place. */
export interface Found {
  readonly code: StatementCode | LintCode;
  readonly severity: FindingSeverity;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly hazards: readonly LintHazard[];
  /** `location` of the syntax tree, when the statement has several parts. */
  readonly location?: number | undefined;
}

/** A rule looks at one statement. It says nothing about what the same deploy made: nobody uses that yet. */
export type Rule = (place: Place) => readonly Found[];
