/** Roles and schemas. */
import type { CreateRoleStmt, CreateSchemaStmt, DropRoleStmt, RoleSpec } from "libpg-query";
import { plainName } from "./names.js";
import type { Reading } from "./reading.js";
import type { Deed } from "./types.js";

export function createRole({ role }: CreateRoleStmt, reading: Reading): Deed[] {
  return reading.deed("create", "role", plainName(role));
}

/** CURRENT_USER and the like have no name. */
export function alterRole({ role }: { readonly role?: RoleSpec }, reading: Reading): Deed[] {
  return reading.deed("alter", "role", plainName(role?.rolename, role?.location));
}

export function dropRoles({ roles = [], missing_ok: guarded }: DropRoleStmt, reading: Reading): Deed[] {
  return roles.flatMap((node) => {
    const { rolename, location } = "RoleSpec" in node ? node.RoleSpec : {};
    return reading.deed("drop", "role", plainName(rolename, location), { guarded });
  });
}

/** Without a name it has the name of its owner. */
export function createSchema(
  { schemaname, authrole, if_not_exists: guarded }: CreateSchemaStmt,
  reading: Reading,
): Deed[] {
  return reading.deed("create", "schema", plainName(schemaname ?? authrole?.rolename), { guarded });
}
