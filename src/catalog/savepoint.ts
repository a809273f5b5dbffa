import { isServerError, type SqlConnection } from "../db/index.js";

/** Thrown when the catalog changed while it was read: the caller reads again. */
export class CatalogChanged extends Error {
  override readonly name = "CatalogChanged";
}

/**
 * Runs statements that print expressions, so that the transaction goes on when one of them fails.
 * @param name of the savepoint, one of ours
 * @throws CatalogChanged when an object vanished, or became another one, between two statements; else what the server said
 */
export async function inSavepoint<T>(connection: SqlConnection, name: string, work: () => Promise<T>): Promise<T> {
  await connection.query(`savepoint ${name}`);
  try {
    const result = await work();
    await connection.query(`release savepoint ${name}`);
    return result;
  } catch (error) {
    if (!isServerError(error)) throw error;
    await connection.query(`rollback to savepoint ${name}`);
    throw tellsOfChange(error.code) ? new CatalogChanged(error.message) : error;
  }
}

/** What the role may not do (42501) stays so: reading again would only hide the reason. */
const INSUFFICIENT_PRIVILEGE = "42501";

/**
 * XX000 "could not open relation with OID", "cache lookup failed", "bogus varno"; 22023 "expression contains variables"; 42P01
 * and its kin.
 */
function tellsOfChange(sqlstate: string): boolean {
  if (sqlstate === INSUFFICIENT_PRIVILEGE) return false;
  return sqlstate === "XX000" || sqlstate === "22023" || sqlstate.startsWith("42");
}
