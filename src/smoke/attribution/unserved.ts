/**
 * Errors that exclude the schema: the application's database did not serve the request at all. A gap of its feature is
 * not what such an answer is about. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html, the error
 * reference of the Prisma client. 57014 is not among them: a statement may take too long because an index is missing.
 */
import type { StepResult } from "../../model/report.js";

const WORDS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^P100[12]$/, "does not reach its database server"],
  [/^(?:08...|P1017)$/, "lost its connection to the database, or got none"],
  [/^(?:28...|P1000|P1010)$/, "is refused by its database: role or password"],
  [/^(?:3D000|P1003)$/, "asks for a database that does not exist"],
  [/^(?:53300|P2037)$/, "gets no connection, because the database has too many"],
  [/^P2024$/, "gets no connection from its pool in time"],
  [/^53...$/, "meets a database server that is short of disk or memory"],
  [/^57P0[1-5]$/, "finds its database server starting or stopping"],
  [/^25006$/, "may only read from its database, which is a standby or set so"],
  [/^(?:40001|40P01|P2034)$/, "lost against another transaction, in a conflict or a deadlock"],
  [/^55P03$/, "waited in vain for a lock that another session holds"],
];

/**
 * `does not reach its database server (P1001)`; null when no code says that the database did not serve.
 * @param step a code that begins with its status (400, 40001) is one of the application's own
 */
export function unserved(codes: readonly string[], { request, status }: StepResult): string | null {
  for (const code of codes) {
    if (status !== null && code.startsWith(String(status))) continue;
    // Statements of flows run in READ ONLY transactions, on every server.
    if (request === null && code === "25006") return "writes, and SQL steps only read (25006)";
    const words = WORDS.find(([pattern]) => pattern.test(code))?.[1];
    if (words !== undefined) return `${words} (${code})`;
  }
  return null;
}
