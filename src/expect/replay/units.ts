/** In which pieces a script is sent. A piece runs as a whole or not at all, so it can be sent again. */
import type { CutStatement, Range } from "../../sql/index.js";

export interface Unit extends Range {
  readonly statements: readonly CutStatement[];
}

/**
 * The script in as few pieces as possible: PostgreSQL runs several statements in one simple query as one transaction,
 * and a COMMIT or ROLLBACK in the script ends it, so the pieces end there. Together they are what the script is when sent whole.
 * @param length of the script
 */
export function wholeUnits(statements: readonly CutStatement[], length: number): Unit[] {
  const groups = cutAfter(statements, (statement) => endsTransaction(statement));
  return groups.map((group, position) => ({
    start: position === 0 ? 0 : (group[0]?.start ?? 0),
    end: position === groups.length - 1 ? length : (groups[position + 1]?.[0]?.start ?? length),
    statements: group,
  }));
}

/** One piece for each statement; from BEGIN to its COMMIT or ROLLBACK it stays one piece. */
export function singleUnits(statements: readonly CutStatement[]): Unit[] {
  let open = false;
  const groups = cutAfter(statements, (statement) => {
    if (beginsTransaction(statement)) open = true;
    if (endsTransaction(statement)) open = false;
    return !open;
  });
  return groups.map((group) => ({ start: group[0]?.start ?? 0, end: group.at(-1)?.end ?? 0, statements: group }));
}

/** Whether the script begins a transaction that it does not end. */
export function leavesTransactionOpen(statements: readonly CutStatement[]): boolean {
  const begin = statements.findLastIndex(beginsTransaction);
  return begin >= 0 && !statements.slice(begin).some(endsTransaction);
}

function cutAfter(statements: readonly CutStatement[], isLast: (statement: CutStatement) => boolean): CutStatement[][] {
  const groups: CutStatement[][] = [];
  let group: CutStatement[] = [];
  for (const statement of statements) {
    group.push(statement);
    if (!isLast(statement)) continue;
    groups.push(group);
    group = [];
  }
  return group.length > 0 ? [...groups, group] : groups;
}

function beginsTransaction({ tokens }: CutStatement): boolean {
  const first = tokens[0]?.value;
  return tokens[0]?.kind === "word" && (first === "begin" || (first === "start" && tokens[1]?.value === "transaction"));
}

/** COMMIT, END, ROLLBACK, ABORT; not ROLLBACK TO a savepoint, and not what ends a prepared transaction. */
export function endsTransaction({ tokens }: CutStatement): boolean {
  const words = tokens.map(({ value }) => value);
  if (tokens[0]?.kind !== "word" || !["commit", "end", "rollback", "abort"].includes(words[0] ?? "")) return false;
  return !words.includes("to") && !words.includes("prepared");
}
