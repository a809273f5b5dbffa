/** The commands of ALTER TABLE, one by one. */
import { type AlterTableCmd, all, as, type Name, nameOf } from "../ast.js";
import type { Place } from "../place.js";

export interface TableCommand {
  /** The table as the statement writes it. */
  readonly name: Name;
  readonly command: AlterTableCmd;
}

/** Empty for every other statement. Views, sequences and types have no rows: they are left out. */
export function tableCommands({ node }: Pick<Place, "node">): TableCommand[] {
  const { relation, cmds, objtype } = as("AlterTableStmt", node) ?? {};
  if (relation === undefined || !["OBJECT_TABLE", "OBJECT_MATVIEW"].includes(objtype ?? "OBJECT_TABLE")) return [];
  return all("AlterTableCmd", cmds).map((command) => ({ name: nameOf(relation), command }));
}
