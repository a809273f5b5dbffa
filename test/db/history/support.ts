/** Record tables in schemas of one test database, read as a verification reads them. */
import { afterAll, beforeAll } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import { buildHistories, migrationGaps, readRecordTables } from "../../../src/history/index.js";
import type { Contract, ExpectedMigrations } from "../../../src/model/contract.js";
import type { RecordTableReading } from "../../../src/model/observation.js";
import { application, contractOf } from "../../support/builders.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";

export function readTables(contract: Contract, url: string): Promise<RecordTableReading[]> {
  return withReadSession(parseConnectionString(url), DEFAULT_LIMITS, (session) => readRecordTables(session, contract));
}

export function requiring(
  tool: ExpectedMigrations["tool"],
  schema: string | null,
  required: readonly string[],
  more: Partial<ExpectedMigrations> = {},
): Contract {
  return contractOf(application({ schema: "app", migrations: { tool, schema, required, ...more } }));
}

/** What the record table says of a contract with one application. */
export async function historyOf(contract: Contract, url: string) {
  const readings = await readTables(contract, url);
  const [history] = buildHistories(contract, readings);
  const states = history?.migrations.map(({ name, status }) => `${status} ${name}`);
  return { readings, history, states, gaps: migrationGaps(contract, history === undefined ? [] : [history]) };
}

/** A database for the tests of one file; registers its own start and end. */
export function useRecords(name: string) {
  let database: TestDatabase | null = null;
  let schemas = 0;
  beforeAll(async () => {
    database = await createTestDatabase(name);
  });
  afterAll(() => database?.drop());
  const db = () => {
    if (database === null) throw new Error("the test database has not been created");
    return database;
  };
  return {
    db,
    historyOf: (contract: Contract, url = db().url) => historyOf(contract, url),
    /** Makes a schema of its own, and what the script puts into it. */
    schemaWith: async (sql: (schema: string) => string) => {
      const schema = `s${++schemas}`;
      await db().sql(`create schema ${schema}; ${sql(schema)}`);
      return schema;
    },
  };
}
