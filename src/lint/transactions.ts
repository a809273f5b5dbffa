/** Which statements of a script stand or fall together, and which run inside a transaction block. */
import type { TransactionRule } from "../model/migrations.js";
import { as, type Node } from "./ast.js";

export interface Standing {
  /** Positions of the statements of the same transaction, the own one included. */
  readonly transaction: ReadonlySet<number>;
  readonly inTransaction: boolean;
  /** Because of a BEGIN, of the script or of the tool; otherwise because several statements are sent at once. */
  readonly begun: boolean;
}

/**
 * @param nodes the statements; null where the grammar refuses one
 * @param rule how the tool sends the script
 */
export function standings(nodes: readonly (Node | null)[], rule: TransactionRule): Standing[] {
  const groups = groupsOf(nodes, rule);
  const sentTogether = rule === "script" && nodes.length > 1;
  return groups.flatMap(({ positions, begun }) => {
    const standing: Standing = { transaction: new Set(positions), inTransaction: begun || sentTogether, begun };
    return positions.map(() => standing);
  });
}

interface Group {
  readonly positions: number[];
  begun: boolean;
}

function groupsOf(nodes: readonly (Node | null)[], rule: TransactionRule): Group[] {
  // The tool's own BEGIN comes first; after a COMMIT of the script everything is on its own.
  let begun = rule === "transaction";
  let group: Group = { positions: [], begun };
  const groups = [group];
  for (const [position, node] of nodes.entries()) {
    const kind = as("TransactionStmt", node)?.kind;
    if (kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START") begun = true;
    // BEGIN inside of an implicit transaction makes all of it a block.
    group.begun ||= begun;
    group.positions.push(position);
    const ends = kind === "TRANS_STMT_COMMIT" || kind === "TRANS_STMT_ROLLBACK";
    if (ends) begun = false;
    if (!ends && (begun || rule === "script")) continue;
    group = { positions: [], begun };
    groups.push(group);
  }
  return groups;
}
