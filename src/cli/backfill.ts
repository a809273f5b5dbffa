/** `--backfill 'schema.table.column=EXPRESSION'`: values that only the user knows. */
import { type Problem, SchemareadyError } from "../errors/index.js";
import type { Contract } from "../model/contract.js";
import { displayName, quoteIdentifier, quoteQualified } from "../model/names.js";
import { type Grammar, loadGrammar } from "../sql/index.js";

const PLACE = "--backfill";

/**
 * The values by `schema.table.column`. Whether they fit their columns is seen when the plan runs on the copy.
 * @throws SchemareadyError BACKFILL with every problem
 */
export async function readBackfill(given: readonly string[], contract: Contract): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  if (given.length === 0) return values;
  const known = columnsOf(contract);
  const grammar = await grammarIfThere();
  const problems: Problem[] = [];
  for (const text of given) {
    const found = split(text, known);
    const message = "problem" in found ? found.problem : refusal(found, values, grammar);
    if (message !== null) problems.push({ place: PLACE, message });
    else if (!("problem" in found)) values.set(found.column, found.expression);
  }
  if (problems.length === 0) return values;
  throw new SchemareadyError("BACKFILL", "A value for back-filling cannot be used.", { problems });
}

interface Backfill {
  readonly column: string;
  readonly expression: string;
}

/** Spelled as reports spell it, and quoted as SQL does -> as reports spell it. */
function columnsOf({ applications }: Contract): Map<string, string> {
  const known = new Map<string, string>();
  for (const relation of applications.flatMap(({ relations }) => relations)) {
    for (const { name } of relation.columns) {
      const shown = `${displayName(relation)}.${name}`;
      known.set(`${quoteQualified(relation)}.${quoteIdentifier(name)}`, shown);
      known.set(shown, shown);
    }
  }
  return known;
}

/** Names may hold any character, so they are not parsed but looked up; the longest one that fits is meant. */
function split(text: string, known: ReadonlyMap<string, string>): Backfill | { readonly problem: string } {
  const fitting = [...known.keys()].filter((name) => text.startsWith(`${name}=`));
  const name = fitting.sort((a, b) => b.length - a.length)[0];
  const column = name === undefined ? undefined : known.get(name);
  if (name !== undefined && column !== undefined) return { column, expression: text.slice(name.length + 1).trim() };
  const [wanted = "", ...rest] = text.split("=");
  if (rest.length === 0) return { problem: `is ${JSON.stringify(text)}, expected 'schema.table.column=EXPRESSION'` };
  const near = nearest(wanted, [...new Set(known.values())]);
  const hint = near === null ? "the contract has no such column" : `did you mean ${near}?`;
  return { problem: `there is no column ${wanted}; ${hint}` };
}

function refusal({ column, expression }: Backfill, values: ReadonlyMap<string, string>, grammar: Grammar | null) {
  if (values.has(column)) return `${column} is given twice`;
  if (expression === "") return `${column} has no expression behind its =`;
  if (grammar !== null && !isExpression(expression, grammar)) {
    return `${column}: ${JSON.stringify(expression)} is not one SQL expression (texts have single quotes: ${column}='text')`;
  }
  return null;
}

/** One SELECT of one value whose parentheses are ours: a comment or a semicolon does not lead out of them. */
function isExpression(expression: string, { parseScript }: Grammar): boolean {
  const { statements } = parseScript(`SELECT (${expression}\n) AS value`);
  const node = statements.length === 1 ? statements[0]?.node : null;
  if (node === null || node === undefined || !("SelectStmt" in node)) return false;
  const { targetList = [], fromClause, whereClause, sortClause, op } = node.SelectStmt;
  return targetList.length === 1 && !fromClause && !whereClause && !sortClause && (op ?? "SETOP_NONE") === "SETOP_NONE";
}

/** Without the parser the copy will say what is wrong. */
async function grammarIfThere(): Promise<Grammar | null> {
  try {
    return await loadGrammar();
  } catch (error) {
    if (error instanceof SchemareadyError && error.code === "PARSER_UNAVAILABLE") return null;
    throw error;
  }
}

/** The name that takes the fewest changes of letters; null when none is alike. */
function nearest(wanted: string, names: readonly string[]): string | null {
  const most = Math.max(2, Math.floor(wanted.length / 3));
  const [best] = names
    .map((name) => ({ name, changes: changesBetween(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ changes }) => changes <= most)
    .sort((a, b) => a.changes - b.changes);
  return best?.name ?? null;
}

/** Levenshtein's distance, one row at a time. */
function changesBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (let at = 1; at <= b.length; at++) {
      const replaced = (above[at - 1] ?? 0) + (letter === b[at - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
