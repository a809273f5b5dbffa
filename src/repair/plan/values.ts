/** What a default costs when a column is added: https://www.postgresql.org/docs/current/sql-altertable.html */

const LITERAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$|^[EB]?'([^']|'')*'$|^(true|false|null)$/i;

/** A number, a text, true or false, also with casts: the same for every row. */
export function isConstant(expression: string): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/s, "$1");
  return LITERAL.test(bare.replace(CASTS, ""));
}

const CASTS =
  /(\s*::\s*(?:"[^"]+"|[\w.]|\s(?=varying|precision|with|without|time|zone))+(?:\(\d+(?:,\s*\d+)?\))?(?:\s(?:with|without) time zone)?(?:\[\])*)+$/;
const STEADY =
  /^\(?(now\(\)|CURRENT_(TIMESTAMP|DATE|TIME|USER|SCHEMA|CATALOG|ROLE)(\(\d\))?|LOCALTIME(STAMP)?(\(\d\))?|SESSION_USER|transaction_timestamp\(\)|statement_timestamp\(\))\)?$/i;

/**
 * Computed once for all rows that exist, so that none of them is rewritten. Whatever calls something that is not known
 * to be steady counts as volatile.
 */
export function isSteady(expression: string): boolean {
  const bare = expression.trim().replace(CASTS, "");
  if (isConstant(expression) || STEADY.test(bare)) return true;
  // Operators and arrays of constants call nothing that changes from row to row.
  return !/\w\s*\(/.test(bare.replace(/'([^']|'')*'/g, "''").replace(/\b(now|timezone|interval)\s*\(/gi, ""));
}
