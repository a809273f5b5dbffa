/** Goes through the statements of all scripts in their order, and asks every rule about each. */
import type { LintFinding } from "../model/lint.js";
import type { MigrationDirectory, MigrationScript } from "../model/migrations.js";
import type { Grammar, ParsedScript, ParsedStatement } from "../sql/index.js";
import { as } from "./ast.js";
import { type Inner, innerStatements } from "./blocks.js";
import { excerptOf, lineFinder } from "./excerpt.js";
import { learn } from "./learn.js";
import { emptyMemory, type Memory } from "./memory.js";
import type { Found, Place } from "./place.js";
import { BLOCK_RULES, RULES } from "./rules/index.js";
import { standings } from "./transactions.js";

export interface StatementsInput {
  readonly directory: MigrationDirectory;
  readonly grammar: Grammar;
  /** Schema of names that are written without one. */
  readonly home: string;
  /** Positions of the scripts that a database may not have yet; null: nobody knows, every script is looked at alone. */
  readonly pending: ReadonlySet<number> | null;
  /** Positions of the scripts to say something about. */
  readonly asked: ReadonlySet<number>;
}

/** Never throws for what a script says. */
export function lintStatements({ directory, grammar, home, pending, asked }: StatementsInput): LintFinding[] {
  const memory = emptyMemory(home);
  let timeoutSaid = false;
  return directory.scripts.flatMap((script, index) => {
    const parsed = grammar.parseScript(script.sql);
    memory.fresh = freshWith(directory.scripts, index, pending);
    const findings = lookAt({ directory, script, index, memory, grammar }, parsed);
    if (!asked.has(index)) return [];
    const note = timeoutSaid || setsLockTimeout(parsed) ? null : noLockTimeout(findings);
    timeoutSaid ||= note !== null;
    return note === null ? findings : [...findings, note];
  });
}

/** What runs in the same deploy: the other scripts of this migration, and the pending ones before it. */
function freshWith(
  scripts: readonly MigrationScript[],
  index: number,
  pending: ReadonlySet<number> | null,
): ReadonlySet<number> {
  const { name } = scripts[index] ?? {};
  const earlier = [...scripts.keys()].filter((at) => at <= index);
  return new Set(
    earlier.filter((at) => scripts[at]?.name === name || (pending?.has(index) === true && pending.has(at))),
  );
}

interface Script {
  readonly directory: MigrationDirectory;
  readonly script: MigrationScript;
  readonly index: number;
  readonly memory: Memory;
  readonly grammar: Grammar;
}

function lookAt(around: Script, { statements }: ParsedScript): LintFinding[] {
  const { directory, script, index, memory, grammar } = around;
  const nodes = statements.map(({ node }) => node);
  const standing = standings(nodes, script.transaction);
  const source: Source = { script, lineAt: lineFinder(script) };
  return statements.flatMap((statement, position) => {
    const { node } = statement;
    if (node === null) return unread(source, statement);
    const { transaction = new Set<number>(), inTransaction = false, begun = false } = standing[position] ?? {};
    const place: Place = {
      ...{ tool: directory.tool, script, index, memory, node, statements: nodes, position },
      ...{ transaction, inTransaction, begun },
    };
    const found = RULES.flatMap((rule) => rule(place));
    learn(memory, node, index);
    const inside = innerStatements(statement, grammar).flatMap((inner) => lookInside(place, inner));
    return [
      ...found.map((each) => findingAt(source, statement, each, statement.offsetOf(each.location))),
      ...inside.map(({ each, at }) => findingAt(source, statement, each, at)),
    ];
  });
}

/** Whether the block comes to the statement depends on its conditions; if it does, the same holds as outside. */
function lookInside(block: Place, { node, offsetOf }: Inner): { readonly each: Found; readonly at: number }[] {
  const place: Place = { ...block, node };
  const found = BLOCK_RULES.flatMap((rule) => rule(place));
  learn(block.memory, node, block.index);
  return found.map((each) => ({
    each: { ...each, message: `${each.message} (in a DO block, if it comes to that)` },
    at: offsetOf(each.location),
  }));
}

interface Source {
  readonly script: MigrationScript;
  readonly lineAt: (offset: number) => number;
}

function findingAt(source: Source, statement: ParsedStatement, found: Found, at: number): LintFinding {
  const { code, severity, message, why, fix, hazards } = found;
  return {
    code,
    severity,
    ...placeIn(source, statement, at),
    ...{ sqlstate: null, message, why, fix, hazards },
  };
}

function placeIn(
  { script, lineAt }: Source,
  { start, end }: ParsedStatement,
  at: number,
): Pick<LintFinding, "migration" | "file" | "line" | "statement"> {
  return {
    migration: script.name,
    file: script.file,
    line: lineAt(at),
    statement: excerptOf(script.sql.slice(start, end)),
  };
}

function unread(source: Source, statement: ParsedStatement): LintFinding[] {
  if (statement.problem === null) return [];
  return [
    {
      code: "SYNTAX_ERROR",
      severity: "error",
      ...placeIn(source, statement, statement.problem.at),
      sqlstate: null,
      message: `PostgreSQL's grammar refuses the statement: ${statement.problem.message}`,
      why: "PostgreSQL refuses it (42601), so the migration fails; what else the statement does was not looked at.",
      fix: "Correct the statement. The grammar is that of PostgreSQL 18; a placeholder that the tool fills in has to be replaced to be read.",
      hazards: [],
    },
  ];
}

function setsLockTimeout({ statements }: ParsedScript): boolean {
  return statements.some(({ node }) => as("VariableSetStmt", node)?.name === "lock_timeout");
}

/** Once for a run, and only where it matters: at the first statement that locks everybody out. */
function noLockTimeout(findings: readonly LintFinding[]): LintFinding | null {
  const first = findings.find(({ hazards }) => hazards.some(({ lock }) => lock === "ACCESS EXCLUSIVE"));
  if (first === undefined) return null;
  return {
    ...first,
    code: "NO_LOCK_TIMEOUT",
    severity: "note",
    message:
      "no lock_timeout is set before a statement that takes an ACCESS EXCLUSIVE lock; said once for all migrations",
    why: "While it waits for one long query, every later query on the table waits behind it.",
    fix: "SET lock_timeout = '5s' at the begin of such migrations, or for the role that runs them; a migration that gives up can be tried again.",
  };
}
