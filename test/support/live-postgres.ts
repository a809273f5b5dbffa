/** A PostgreSQL of one test's own, to be stopped, started again and frozen: nobody else looks at it. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startPostmaster } from "../../src/scratch/index.js";

export interface LivePostgres {
  /** Of the superuser. */
  readonly url: string;
  /** Of another role of this server, in the same database. */
  urlFor(role: string, password: string): string;
  /** Runs a script of one or more statements as the superuser, on a connection of its own. */
  sql(script: string): Promise<void>;
  /** A session of the superuser, for locks; what cuts it is no error. */
  connect(): Promise<pg.Client>;
  /** A fast shutdown: sessions are told (57P01), the port is closed afterwards. */
  stop(): Promise<void>;
  /** The same server, port and data; resolves when it takes connections. */
  start(): Promise<void>;
  /** SIGSTOP to the postmaster and all its processes: sockets stay open, the kernel still takes connections, nobody answers. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

/** Which processes a server has is read from /proc. */
export function canFreeze(): boolean {
  const can = existsSync(`/proc/${process.pid}/task/${process.pid}/children`);
  if (!can) process.stderr.write("skipped: freezing a PostgreSQL needs /proc, which this system does not have\n");
  return can;
}

export async function startLivePostgres(): Promise<LivePostgres> {
  const binaries = process.env["TEST_POSTGRES_BINARIES"] || null;
  const postmaster = await startPostmaster(binaries, { listen: "loopback" });
  const data = join(postmaster.directory, "data");
  const connect = async () => {
    const client = new pg.Client({ connectionString: postmaster.url, connectionTimeoutMillis: 10_000 });
    client.on("error", () => {});
    await client.connect();
    return client;
  };
  const stop = () => endPostmaster(data);
  let frozen: readonly number[] = [];
  const thaw = () => {
    for (const pid of frozen) process.kill(pid, "SIGCONT");
    frozen = [];
  };
  return {
    url: postmaster.url,
    urlFor: (role, password) => postmaster.urlFor(role, password, "postgres"),
    sql: async (script) => {
      const client = await connect();
      await client.query(script).finally(() => client.end());
    },
    connect,
    stop,
    start: () => launchAgain(data),
    freeze: () => {
      frozen = processesOf(postmasterPid(data) ?? 0);
      for (const pid of frozen) process.kill(pid, "SIGSTOP");
    },
    thaw,
    remove: async () => {
      thaw();
      await stop();
      await postmaster.stop();
    },
  };
}

/** Null when no server runs there. */
function postmasterPid(data: string): number | null {
  const file = join(data, "postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : null;
}

function processesOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(/\s+/).filter(Boolean);
  return [pid, ...children.map(Number)];
}

async function endPostmaster(data: string): Promise<void> {
  const pid = postmasterPid(data);
  if (pid === null) return;
  process.kill(pid, "SIGINT");
  await until("the server has stopped", () => !existsSync(join(data, "postmaster.pid")));
}

/** With the command line that it was started with, which it keeps in a file, as the owner of its data. */
async function launchAgain(data: string): Promise<void> {
  const words = readFileSync(join(data, "postmaster.opts"), "utf8").match(/"[^"]*"|\S+/g) ?? [];
  const [program = "", ...args] = words.map((word) => word.replaceAll('"', ""));
  const { uid, gid } = statSync(data);
  const env = { LC_ALL: "C", TZ: "UTC", LD_LIBRARY_PATH: join(dirname(dirname(program)), "lib") };
  const account = process.getuid?.() === 0 ? { uid, gid } : {};
  spawn(program, args, { ...account, env, cwd: data, detached: true, stdio: "ignore" }).unref();
  const isReady = () => {
    const file = join(data, "postmaster.pid");
    return existsSync(file) && readFileSync(file, "utf8").split("\n")[7]?.trim() === "ready";
  };
  await until("the server takes connections", isReady);
}

async function until(what: string, condition: () => boolean): Promise<void> {
  for (let round = 0; round < 1_200; round++) {
    if (condition()) return;
    await sleep(25);
  }
  throw new Error(`${what}: not within 30 s`);
}
