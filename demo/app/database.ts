/** The application's connections. Every failure leaves as a QueryError, so that the answer can name the operation. */
import pg from "pg";
import { QueryError } from "./errors.js";
import type { Statement } from "./tables.js";

/** What routes and the worker use: the pool, or one transaction of it. */
export interface Database {
  /** Runs one statement; throws QueryError. */
  run<Row extends object = object>(statement: Statement): Promise<Row[]>;
  /** As `run`, with the statement written in place. */
  query<Row extends object = object>(operation: string, text: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Commits when `work` has resolved, rolls back when it throws. Inside a transaction: a savepoint of it. */
  transaction<T>(work: (database: Database) => Promise<T>): Promise<T>;
}

export interface DatabasePool extends Database {
  close(): Promise<void>;
}

const TIMESTAMP_WITHOUT_TIME_ZONE = 1114;

/** Connects on first use. All times are UTC, as the Prisma client writes and reads them. */
export function openDatabase(url: string): DatabasePool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 5,
    connectionTimeoutMillis: 5_000,
    application_name: "avatar-creator",
    options: "-c TimeZone=UTC",
    types: utcTypes(),
  });
  // An idle connection that the server closes is replaced on the next use.
  pool.on("error", () => {});
  const transaction = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw new QueryError("$transaction", error);
    });
    return inTransaction(client, work);
  };
  return { ...statements((text, params) => pool.query(text, params)), transaction, close: () => pool.end() };
}

async function inTransaction<T>(client: pg.PoolClient, work: (database: Database) => Promise<T>): Promise<T> {
  const send: Send = (text, params) => client.query(text, params);
  let healthy = true;
  try {
    return await between(send, ["BEGIN", "COMMIT", "ROLLBACK"], work);
  } catch (error) {
    healthy = await client.query("SELECT 1").then(
      () => true,
      () => false,
    );
    throw error;
  } finally {
    client.release(!healthy);
  }
}

async function between<T>(
  send: Send,
  [begin, commit, rollback]: readonly [begin: string, commit: string, rollback: string],
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const inside = statements(send);
  await inside.query("$transaction", begin);
  try {
    const savepoint = ["SAVEPOINT attempt", "RELEASE SAVEPOINT attempt", "ROLLBACK TO SAVEPOINT attempt"] as const;
    const result = await work({ ...inside, transaction: (inner) => between(send, savepoint, inner) });
    await inside.query("$transaction", commit);
    return result;
  } catch (error) {
    // When even this fails the connection is lost, and the transaction with it; the first error is the one to tell.
    await send(rollback, []).catch(() => {});
    throw error;
  }
}

type Send = (text: string, params: unknown[]) => Promise<pg.QueryResult>;

function statements(send: Send): Pick<Database, "run" | "query"> {
  const query = async <Row extends object>(
    operation: string,
    text: string,
    params: readonly unknown[] = [],
  ): Promise<Row[]> => {
    try {
      return (await send(text, [...params])).rows as Row[];
    } catch (error) {
      throw new QueryError(operation, error);
    }
  };
  return { query, run: ({ operation, text, params }) => query(operation, text, params) };
}

function utcTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(TIMESTAMP_WITHOUT_TIME_ZONE, (text) => `${text.replace(" ", "T")}Z`);
  return types;
}
