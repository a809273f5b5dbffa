// One server for scripts/bench-http.mjs, in a process of its own: node http-servers.mjs KIND DATABASE_URL FOLDER. Says its
// port on standard output, and ends when standard input does.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import pg from "pg";
import { SAFE_HEADERS } from "../../dist/http/safe-headers.js";

const [, , kind, databaseUrl, folder] = process.argv;
const BODY = Buffer.from(JSON.stringify({ status: "pass", padding: "x".repeat(170) }));
/** What /schema/health sends with its body. */
const OUR_HEADERS = {
  "content-type": "application/health+json",
  "content-length": BODY.length,
  ...SAFE_HEADERS,
};
const TABLES = ["users", "projects", "avatars"];

const kinds = {
  bare: () => createServer((_request, response) => writeBody(response)),

  headers: () => createServer((_request, response) => response.writeHead(200, OUR_HEADERS).end(BODY)),

  fastify: async () => {
    const { default: fastify } = await import("fastify");
    const app = fastify();
    app.get("/health", (_request, reply) => reply.type("application/json").send(BODY));
    await app.ready();
    return app.server;
  },

  terminus: () => {
    const { createTerminus } = createRequire(join(folder, "package.json"))("@godaddy/terminus");
    const server = createServer((_request, response) => response.writeHead(404).end());
    createTerminus(server, { healthChecks: { "/health": () => Promise.resolve({}) }, signals: [] });
    return server;
  },

  // What people write by hand: a pool, and a look at information_schema for each request.
  query: () => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
    pool.on("error", () => {});
    return createServer(async (_request, response) => {
      const { rows } = await pool.query(
        "select table_name, column_name, data_type from information_schema.columns where table_name = any($1)",
        [TABLES],
      );
      if (rows.length === 0) response.writeHead(503).end();
      else writeBody(response);
    });
  },
};

function writeBody(response) {
  response.writeHead(200, { "content-type": "application/json", "content-length": BODY.length });
  response.end(BODY);
}

async function startSchemaready() {
  const { startServer } = await import("../../dist/server.js");
  const { parseConnectionString } = await import("../../dist/config/index.js");
  const { DEFAULT_LIMITS } = await import("../../dist/db/index.js");
  const stop = new AbortController();
  process.stdin.on("end", () => stop.abort()).resume();
  await startServer({
    ...{ host: "127.0.0.1", port: 0, refreshIntervalMs: 1_000, maxStaleMs: 300_000, token: "t0ken-of-the-bench" },
    contract: JSON.parse(readFileSync(join(folder, "contract.json"), "utf8")),
    connection: parseConnectionString(databaseUrl),
    limits: { ...DEFAULT_LIMITS, totalTimeoutMs: 3_000 },
    logLevel: "info",
    logDestination: { write: () => {} },
    signal: stop.signal,
    onListening: ({ port }) => console.log(port),
  });
}

if (kind === "schemaready") await startSchemaready();
else {
  const server = await kinds[kind]();
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
  process.stdin.on("end", () => process.exit()).resume();
}
