/** Errors that become HTTP answers, and PostgreSQL errors in the words of the Prisma client. */
import pg from "pg";

/** An answer other than 2xx that the application gives on purpose. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, body: Readonly<Record<string, unknown>> & { readonly error: string }) {
    super(body.error);
    this.status = status;
    this.body = body;
  }
}

/** A statement failed. `message` is what the Prisma client would say: operation, then the reason. */
export class QueryError extends Error {
  /** `P2022` and so on; null where Prisma has no code of its own. */
  readonly code: string | null;
  readonly sqlstate: string | null;

  constructor(operation: string, cause: unknown) {
    const { code, reason, sqlstate } = inPrismaWords(cause);
    super(`Invalid \`prisma.${operation}()\` invocation: ${reason}`, { cause });
    this.code = code;
    this.sqlstate = sqlstate;
  }
}

interface Described {
  readonly code: string | null;
  readonly reason: string;
  readonly sqlstate: string | null;
}

function inPrismaWords(cause: unknown): Described {
  if (!(cause instanceof pg.DatabaseError)) {
    return { code: "P1001", reason: "Can't reach database server.", sqlstate: null };
  }
  const describe = BY_SQLSTATE[cause.code ?? ""];
  const [code, reason] = describe?.(cause) ?? [null, `Error occurred during query execution: ${cause.message}`];
  return { code, reason, sqlstate: cause.code ?? null };
}

const BY_SQLSTATE: Readonly<Record<string, (error: pg.DatabaseError) => readonly [code: string, reason: string]>> = {
  "42P01": ({ message }) => [
    "P2021",
    `The table \`public.${quoted(message)}\` does not exist in the current database.`,
  ],
  "42703": ({ message }) => ["P2022", `The column ${missingColumn(message)} does not exist in the current database.`],
  "23502": ({ column }) => ["P2011", `Null constraint violation on the fields: (\`${column}\`)`],
  "23503": ({ constraint }) => ["P2003", `Foreign key constraint violated: \`${constraint} (index)\``],
  "23505": ({ constraint }) => ["P2002", `Unique constraint failed on the constraint: \`${constraint}\``],
  "22P02": ({ message }) => ["P2007", `Data validation error \`${message}\``],
  "40001": () => ["P2034", "Transaction failed due to a write conflict or a deadlock. Please retry your transaction"],
  "40P01": () => ["P2034", "Transaction failed due to a write conflict or a deadlock. Please retry your transaction"],
};

/** PostgreSQL writes `column "x" of relation "y"` for an INSERT or UPDATE, and `column y.x` or `column "x"` elsewhere. */
function missingColumn(message: string): string {
  const written = /column "(.+)" of relation "(.+)" does not exist/.exec(message);
  if (written) return `\`${written[1]}\` of relation \`${written[2]}\``;
  const read = /column (.+) does not exist/.exec(message);
  return `\`${read?.[1]?.replaceAll('"', "") ?? "(not available)"}\``;
}

function quoted(message: string): string {
  return /"(.+)"/.exec(message)?.[1] ?? "(not available)";
}
