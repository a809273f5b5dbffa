// A PostgreSQL of the bench's own with a few tables, a contract for them, and ways to freeze it and to count what reached it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { startPostmaster } from "../../dist/scratch/index.js";

export const TABLES = ["users", "projects", "avatars"];

/** What startServer takes as a contract: these tables with one column. */
export function contractFor(tables) {
  const type = { text: "text", schema: "pg_catalog", name: "text", extension: null, modifier: -1 };
  const column = {
    ...{ name: "id", position: 1, type: { ...type, array: false, kind: "base", category: "S" } },
    ...{ nullable: false, notNullValidated: true, default: null, identity: null, generated: null, sequence: null },
    ...{ collation: null, privileges: { select: true, insert: true, update: true } },
  };
  const relations = tables.map((name) => ({
    ...{ schema: "public", name, kind: null, complete: false, columns: [column], constraints: [], indexes: [] },
    ...{ triggers: [], introducedBy: null, columnIntroducedBy: {} },
  }));
  const uses = tables.map((name) => {
    const relation = { schema: "public", name };
    return { relation, select: ["id"], insert: null, update: [], delete: false };
  });
  const none = { enums: [], domains: [], sequences: [], functions: [], extensions: [], migrations: null };
  const feature = { id: "all", title: "all", application: "bench", endpoints: [], uses, rows: [], migrations: [] };
  const application = { name: "bench", schema: "public", role: null, relations, ...none, features: [feature] };
  return { id: "sha256:0", source: "check-files", applications: [application], provenance: [] };
}

/** Starts it. Databases are named after who asks them, so that transactions can be counted for each. */
export async function startTarget(databases) {
  const postmaster = await startPostmaster(process.env.TEST_POSTGRES_BINARIES || null, { listen: "loopback" });
  const urlOf = (database) => Object.assign(new URL(postmaster.url), { pathname: `/${database}` }).href;
  const admin = new pg.Client({ connectionString: postmaster.url });
  admin.on("error", () => {});
  await admin.connect();
  for (const database of databases) {
    await admin.query(`create database ${database}`);
    const client = new pg.Client({ connectionString: urlOf(database) });
    await client.connect();
    await client.query(TABLES.map((name) => `create table ${name} (id text not null)`).join(";"));
    await client.end();
  }
  let frozen = [];
  return {
    ...{ urlOf, admin },
    /** Transactions of a database so far; what a connection did is counted when it has ended. */
    transactions: async (database) => {
      const sql = "select xact_commit + xact_rollback as count from pg_stat_database where datname = $1";
      return Number((await admin.query(sql, [database])).rows[0].count);
    },
    freeze: () => {
      frozen = processesOf(postmaster);
      for (const pid of frozen) process.kill(pid, "SIGSTOP");
    },
    thaw: () => {
      for (const pid of frozen.splice(0)) process.kill(pid, "SIGCONT");
    },
    close: async () => {
      await admin.end();
      await postmaster.stop();
    },
  };
}

function processesOf({ directory }) {
  const pid = Number(readFileSync(join(directory, "data", "postmaster.pid"), "utf8").split("\n")[0]);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(/\s+/).filter(Boolean);
  return [pid, ...children.map(Number)];
}
