/** In which pieces a script is sent. A piece runs as a whole or not at all, so it can be sent again. */
import type { Range } from "../../sql/index.js";
import type { Statement } from "./read-script.js";

export interface Unit extends Range {
  readonly statements: readonly Statement[];
}

/**
 * The script in as few pieces as possible: PostgreSQL runs several statements in one simple query as one transaction,
 * and a COMMIT or ROLLBACK in the script ends it, so the pieces end there. Together they are what the script is when sent whole.
 * @param length of the script
 */
export function wholeUnits(statements: readonly Statement[], length: number): Unit[] {
  const groups = cutAfter(statements, ({ ends }) => ends);
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
    if (statement.ends) open = false;
    if (statement.begins) open = true;
    return !open;
  });
  return groups.map((group) => ({ start: group[0]?.start ?? 0, end: group.at(-1)?.end ?? 0, statements: group }));
}

/** Whether the script begins a transaction that it does not end. */
export function leavesTransactionOpen(statements: readonly Statement[]): boolean {
  const begin = statements.findLastIndex(({ begins }) => begins);
  return begin >= 0 && !statements.slice(begin + 1).some(({ ends }) => ends);
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
