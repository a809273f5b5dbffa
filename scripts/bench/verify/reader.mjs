// One way to look at the schema, in a process of its own: node reader.mjs KIND SETTINGS.json. Does it once for each message
// and answers with what that cost; with "once" as third argument it does it once and ends.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { keepConnection } from "../../../dist/db/index.js";
import { catalogByHand, floor, informationSchema, open } from "./readings.mjs";

const [, , kind, settingsFile, mode] = process.argv;
const settings = JSON.parse(readFileSync(settingsFile, "utf8"));
const { url, tables, packages } = settings;

const kinds = {
  floor: () => kept(floor),
  catalog: () => kept(catalogByHand),
  "catalog-new": () => onNew(catalogByHand),
  information: () => kept(informationSchema),
  kysely: async () => {
    const { Kysely, PostgresDialect } = await peer("kysely");
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
    return { look: () => db.introspection.getTables(), close: () => db.destroy() };
  },
  "pg-introspection": async () => {
    const { makeIntrospectionQuery, parseIntrospectionResults } = await peer("pg-introspection");
    return kept(async (client) => {
      const { rows } = await client.query(makeIntrospectionQuery());
      return parseIntrospectionResults(rows[0].introspection);
    });
  },
  read: async () => {
    const { readCatalog } = await import("../../../dist/catalog/index.js");
    const { contract, connection, limits } = await ours();
    const [application] = contract.applications;
    const { relations, enums } = application;
    const none = { domains: [], sequences: [], functions: [], role: null };
    const request = { schemas: [application.schema], relations, enums, ...none };
    const { inSession, close } = keepConnection(connection);
    return { look: () => inSession(limits, (session) => readCatalog(session, request)), close };
  },
  verify: async () => {
    const { verify } = await import("../../../dist/verify.js");
    const { connection, ...input } = await ours();
    const { inSession, close } = keepConnection(connection);
    return { look: async () => passed(await verify({ ...input, connection, inSession })), close };
  },
  "verify-new": async () => {
    const { verify } = await import("../../../dist/verify.js");
    const input = await ours();
    return { look: async () => passed(await verify(input)), close: () => {} };
  },
  // What the service does at each interval.
  watch: async () => {
    const { createVerifier } = await import("../../../dist/watch/index.js");
    const verifier = createVerifier(await ours());
    return {
      look: async () => passed(await verifier.verify(new AbortController().signal)),
      close: () => verifier.close(),
    };
  },
};

async function ours() {
  const { parseConnectionString } = await import("../../../dist/config/index.js");
  const { DEFAULT_LIMITS } = await import("../../../dist/db/index.js");
  const limits = { ...DEFAULT_LIMITS, statementTimeoutMs: 60_000, totalTimeoutMs: 120_000 };
  const contract = JSON.parse(readFileSync(settings.contract, "utf8"));
  return { contract, connection: parseConnectionString(url), limits };
}

/** A time of something that failed says nothing. */
function passed(report) {
  if (report.verdict !== "pass")
    throw new Error(`the verdict is ${report.verdict}: ${report.unverified[0]?.reason ?? report.gaps[0]?.message}`);
  return report;
}

async function kept(look) {
  const client = await open(url);
  return { look: () => look(client, tables), close: () => client.end() };
}

function onNew(look) {
  return {
    look: async () => {
      const client = await open(url);
      const found = await look(client, tables);
      await client.end();
      return found;
    },
    close: () => {},
  };
}

function peer(name) {
  return import(createRequire(join(packages, "package.json")).resolve(name));
}

const { look, close } = await kinds[kind]();
if (mode === "once") {
  await look();
  await close();
} else {
  process.on("message", async (message) => {
    if (message === "end") {
      await close();
      process.disconnect();
      return;
    }
    const before = process.cpuUsage();
    const started = performance.now();
    await look();
    const ms = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    process.send({ ms, cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 });
  });
  process.send("ready");
}
