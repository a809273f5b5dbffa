/**
 * What runs in the worker thread, as text: a thread begins with a file of its own or with a text, and a file would have
 * to be found in sources and in dist alike. It gets `{ glue, wasm, files, schema }` and answers one message:
 * `{ sql }`, `{ complaint }` (the engine refuses the schema) or `{ trouble }` (the engine cannot be used, or panics).
 *
 * The package's own entry imports its .wasm file as a module, which Node cannot; so this does by hand what it would.
 *
 * The engine connects before it does anything, also for a diff that needs no database. It connects to an adapter that
 * answers its one question ("is the schema there, and which version are you?") and refuses every other. Shapes: Prisma's
 * bound driver adapters, https://github.com/prisma/prisma/tree/main/packages/driver-adapter-utils. 5, 7 and 0 are
 * Prisma's column types Boolean, Text and Int32; the version decides nothing in what is written from empty.
 */
export const ENGINE_PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
const { readFileSync } = require("node:fs");
const { glue, wasm, files, schema } = workerData;
const answer = (message) => parentPort.postMessage(message);
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (trouble) => answer({ trouble }) };

const ok = (value) => ({ ok: true, value });
const refused = (sql) => {
  const message = "there is no database behind this adapter, and the engine asked for: " + sql.slice(0, 80);
  return { ok: false, error: { kind: "postgres", code: "0A000", severity: "ERROR", message } };
};
const connected = ok({
  columnNames: ["exists", "version", "numeric_version"],
  columnTypes: [5, 7, 0],
  rows: [[true, "PostgreSQL 18.0", 180000]],
});
const about = {
  provider: "postgres",
  adapterName: "schemaready",
  errorRegistry: { consumeError: () => undefined },
};
const adapter = {
  ...about,
  queryRaw: async ({ sql }) => (/server_version_num/.test(sql) ? connected : refused(sql)),
  executeRaw: async ({ sql }) => refused(sql),
  executeScript: async (sql) => refused(sql),
  startTransaction: async () => refused("BEGIN"),
  getConnectionInfo: () => ok({ schemaName: schema, supportsRelationJoins: true }),
  dispose: async () => ok(undefined),
};
const factory = { ...about, connect: async () => ok(adapter), connectToShadowDb: async () => ok(adapter) };

async function load() {
  const module = await import(glue);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {
    "./schema_engine_bg.js": module,
  });
  module.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return module.SchemaEngine;
}

async function write(SchemaEngine) {
  const datamodels = files.map(({ path, text }) => [path, text]);
  const engine = await SchemaEngine.new({ datamodels }, () => {}, factory);
  const to = { tag: "schemaDatamodel", files: files.map(({ path, text }) => ({ path, content: text })) };
  const filters = { externalTables: [], externalEnums: [] };
  return engine.diff({ from: { tag: "empty" }, to, script: true, exitCode: null, filters });
}

const textOf = (error) => String(error?.message ?? error);
load().then(
  (SchemaEngine) =>
    write(SchemaEngine).then(
      ({ stdout }) => answer({ sql: stdout ?? "" }),
      (error) => answer(error instanceof WebAssembly.RuntimeError ? { trouble: textOf(error) } : { complaint: textOf(error) }),
    ),
  (error) => answer({ trouble: textOf(error) }),
);
`;
