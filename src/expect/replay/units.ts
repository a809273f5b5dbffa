/** In which pieces a script is sent. A piece runs as a whole or not at all, so it can be sent again. */
import type { Range, Statement } from "./split.js";

export interface Unit extends Range {
  readonly statements: readonly Statement[];
}

/**
 * The script in as few pieces as possible: PostgreSQL runs several statements in one simple query as one transaction,
 * and a COMMIT or ROLLBACK in the script ends it, so the pieces end there. Together they are what the script is when sent whole.
 * @param length of the script
 */
export function wholeUnits(statements: readonly Statement[], length: number): Unit[] {
  const groups = cutAfter(statements, (statement) => endsTransaction(statement));
  return groups.map((group, position) => ({
    start: position === 0 ? 0 : (group[0]?.start ?? 0),
    end: position === groups.length - 1 ? length : (groups[position + 1]?.[0]?.start ?? length),
    statements: group,
  }));
}

/** One piece for each statement; from BEGIN to its COMMIT or ROLLBACK it stays one piece. */
export function singleUnits(statements: readonly Statement[]): Unit[] {
  let open = false;
  const groups = cutAfter(statements, (statement) => {
    if (beginsTransaction(statement)) open = true;
    if (endsTransaction(statement)) open = false;
    return !open;
  });
  return groups.map((group) => ({ start: group[0]?.start ?? 0, end: group.at(-1)?.end ?? 0, statements: group }));
}

/** Whether the script begins a transaction that it does not end. */
export function leavesTransactionOpen(statements: readonly Statement[]): boolean {
  const begin = statements.findLastIndex(beginsTransaction);
  return begin >= 0 && !statements.slice(begin).some(endsTransaction);
}

function cutAfter(statements: readonly Statement[], isLast: (statement: Statement) => boolean): Statement[][] {
  const groups: Statement[][] = [];
  let group: Statement[] = [];
  for (const statement of statements) {
    group.push(statement);
    if (!isLast(statement)) continue;
    groups.push(group);
    group = [];
  }
  return group.length > 0 ? [...groups, group] : groups;
}

function beginsTransaction({ tokens }: Statement): boolean {
  const first = tokens[0]?.value;
  return tokens[0]?.kind === "word" && (first === "begin" || (first === "start" && tokens[1]?.value === "transaction"));
}

/** COMMIT, END, ROLLBACK, ABORT; not ROLLBACK TO a savepoint, and not what ends a prepared transaction. */
export function endsTransaction({ tokens }: Statement): boolean {
  const words = tokens.map(({ value }) => value);
  if (tokens[0]?.kind !== "word" || !["commit", "end", "rollback", "abort"].includes(words[0] ?? "")) return false;
  return !words.includes("to") && !words.includes("prepared");
}
