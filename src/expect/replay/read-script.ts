/** What the replay must know of a script before it sends it. Trees are large: none is kept. */
import type { MigrationScript } from "../../model/migrations.js";
import { type Deed, deedsOf, type Grammar, type ParsedStatement, type Range } from "../../sql/index.js";
import { type Privileged, privilegedOf } from "./privileged.js";

export interface Statement extends Range {
  readonly deeds: readonly Deed[];
  readonly begins: boolean;
  readonly ends: boolean;
  /** A DO block: what stands in it cannot be left out alone. */
  readonly isBlock: boolean;
  readonly setsTimeout: boolean;
  /** What it wants that may be kept for superusers; null: what it does, the schema needs. */
  readonly privileged: Privileged | null;
}

export interface ReadScript {
  readonly statements: readonly Statement[];
  /** Lines with commands of psql: the server does not know them. */
  readonly metaLines: readonly Range[];
  /** `COPY ... FROM stdin;` with its rows. */
  readonly copies: readonly Range[];
}

/** Reads each script of a folder once. */
export type ScriptReader = (script: MigrationScript) => ReadScript;

export function scriptReader(grammar: Grammar): ScriptReader {
  const known = new WeakMap<MigrationScript, ReadScript>();
  return (script) => {
    const read = known.get(script) ?? readScript(script.sql, grammar);
    known.set(script, read);
    return read;
  };
}

export function readScript(sql: string, grammar: Grammar): ReadScript {
  const { statements, metaLines, copies } = grammar.parseScript(sql);
  return { statements: statements.map((statement) => readStatement(statement, grammar)), metaLines, copies };
}

const NONE: readonly Deed[] = [];

function readStatement(statement: ParsedStatement, grammar: Grammar): Statement {
  const { start, end, node } = statement;
  const deeds = deedsOf(statement, grammar);
  return {
    start,
    end,
    deeds: deeds.length > 0 ? deeds : NONE,
    ...transactionOf(node),
    isBlock: node !== null && "DoStmt" in node,
    setsTimeout: setsTimeout(node),
    privileged: privilegedOf(node),
  };
}

/**
 * BEGIN and START begin a transaction; COMMIT, END, ROLLBACK, ABORT and PREPARE TRANSACTION end it. ROLLBACK TO a
 * savepoint does not, nor what ends a prepared transaction; AND CHAIN ends one and begins the next.
 */
function transactionOf(node: ParsedStatement["node"]): { begins: boolean; ends: boolean } {
  if (node === null || !("TransactionStmt" in node)) return { begins: false, ends: false };
  const { kind, chain } = node.TransactionStmt;
  const begins = kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START";
  const ends = kind === "TRANS_STMT_COMMIT" || kind === "TRANS_STMT_ROLLBACK" || kind === "TRANS_STMT_PREPARE";
  return { begins: begins || chain === true, ends };
}

const TIMEOUTS = ["statement_timeout", "transaction_timeout"];

/** `SET statement_timeout = 0` stands at the top of every pg_dump; an endless loop after it would never end. */
function setsTimeout(node: ParsedStatement["node"]): boolean {
  return (
    node !== null && "VariableSetStmt" in node && TIMEOUTS.includes(node.VariableSetStmt.name?.toLowerCase() ?? "")
  );
}
