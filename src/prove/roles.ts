/** Roles belong to a server, and a throwaway one has others than the target. */
import { quoteIdentifier } from "../model/names.js";
import type { RepairStep } from "../model/repair.js";
import type { ScratchConnection } from "../scratch/index.js";

/** A statement that names a role, and changes nothing that a verification of a copy sees. */
export function namesRole(step: RepairStep): boolean {
  return step.kind === "sql" && /^\s*(?:GRANT|REVOKE|ALTER DEFAULT PRIVILEGES)\s/i.test(step.statement);
}

/**
 * Makes roles that are missing, without any right, on a server of our own, where they go with the copy.
 * @returns false: the server is somebody's, and nothing is made there
 */
export async function makeRoles(connection: ScratchConnection, names: readonly string[]): Promise<boolean> {
  if (!connection.isConfined) return false;
  const rows = await connection.query<{ name: string }>(
    "select rolname as name from pg_catalog.pg_roles where rolname = any ($1)",
    [names],
  );
  const known = new Set(rows.map(({ name }) => name));
  for (const name of new Set(names)) {
    if (!known.has(name) && !/^pg_/.test(name))
      await connection.execute(`create role ${quoteIdentifier(name)} nologin`);
  }
  return true;
}
