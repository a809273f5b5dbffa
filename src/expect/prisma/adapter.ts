/**
 * The engine connects before it does anything, also for a diff that needs no database. This is what it connects to: an
 * adapter that answers its one question and refuses every other. Shapes: Prisma's "bound" driver adapters
 * (https://github.com/prisma/prisma/tree/main/packages/driver-adapter-utils), where results are `{ ok, value }`.
 */

/** Boolean, Text and Int32 of Prisma's column types. */
const EXISTS_VERSION_NUMBER = [5, 7, 0];
/** Decides nothing in what is written from empty; the newest, so that no feature is held back. */
const VERSION = 180000;

interface Query {
  readonly sql: string;
}

/** @param schema where names without a schema go, as an adapter is told */
export function adapterWithoutDatabase(schema: string) {
  const about = {
    provider: "postgres",
    adapterName: "schemaready",
    errorRegistry: { consumeError: () => undefined },
  } as const;
  const adapter = {
    ...about,
    queryRaw: async ({ sql }: Query) => (/server_version_num/.test(sql) ? ok(connected()) : refused(sql)),
    executeRaw: async ({ sql }: Query) => refused(sql),
    executeScript: async (sql: string) => refused(sql),
    startTransaction: async () => refused("BEGIN"),
    getConnectionInfo: () => ok({ schemaName: schema, supportsRelationJoins: true }),
    dispose: async () => ok(undefined),
  };
  return { ...about, connect: async () => ok(adapter), connectToShadowDb: async () => ok(adapter) };
}

/** "Is the schema there, and which version are you?" Were it not there, the engine would create it. */
function connected() {
  return {
    columnNames: ["exists", "version", "numeric_version"],
    columnTypes: EXISTS_VERSION_NUMBER,
    rows: [[true, "PostgreSQL 18.0", VERSION]],
  };
}

function ok<T>(value: T) {
  return { ok: true as const, value };
}

function refused(sql: string) {
  const message = `there is no database behind this adapter, and the engine asked for: ${sql.slice(0, 80)}`;
  const error = { kind: "postgres", code: "0A000", severity: "ERROR", message, detail: null, column: null, hint: null };
  return { ok: false as const, error };
}
