/** One PostgreSQL server of our own: its directory, its start and its end. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Account, temporaryFolder, unprivilegedAccount } from "./account.js";
import { preparePrograms, type ReadyPrograms } from "./binaries.js";
import { guardDirectory, removeDirectory } from "./guard.js";
import { programPath, run, spawnOptions } from "./run.js";
import { noEmbedded } from "./unavailable.js";

export interface Postmaster {
  /** PostgreSQL URI of the superuser's database, with its password. */
  readonly url: string;
  /** Everything the server has on disk; `data` in it is the data directory. */
  readonly directory: string;
  readonly pid: number;
  /** Ends the server at once and removes the directory. May be called twice. */
  stop(): Promise<void>;
}

/** Migrations often name this role (ALTER TABLE ... OWNER TO postgres), so it should exist. */
const SUPERUSER = "postgres";
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5_000;
const PORT_ATTEMPTS = 5;

/** Nothing here is kept, so nothing need survive a crash; and nothing may run that was not asked for. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  autovacuum: "off",
  jit: "off",
  shared_buffers: "32MB",
  temp_file_limit: "1GB",
  max_connections: "60",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
};

/**
 * Starts a PostgreSQL on 127.0.0.1 that only this process knows the password of.
 * @param binaries folder with bin/, lib/ and share/, or null for the optional dependency
 * @throws SchemareadyError SCRATCH_UNAVAILABLE
 */
export async function startPostmaster(binaries: string | null): Promise<Postmaster> {
  try {
    return await startIn(makeDirectory(unprivilegedAccount()), binaries);
  } catch (error) {
    // A refusal of the operating system (no space, no right to change accounts): the reason is in its message.
    const refused = error instanceof Error && "syscall" in error;
    throw refused ? noEmbedded(`A throwaway PostgreSQL cannot be started: ${error.message}.`, { cause: error }) : error;
  }
}

interface Place {
  readonly account: Account | null;
  readonly directory: string;
}

function makeDirectory(account: Account | null): Place {
  const directory = mkdtempSync(join(temporaryFolder(account), "schemaready-"));
  if (account !== null) chownSync(directory, account.uid, account.gid);
  return { account, directory };
}

async function startIn({ account, directory }: Place, binaries: string | null): Promise<Postmaster> {
  const release = guardDirectory(directory);
  const remove = () => {
    removeDirectory(directory);
    release();
  };
  try {
    const programs = await preparePrograms(binaries, account, directory);
    const password = randomBytes(24).toString("base64url");
    await createCluster(programs, password);
    const { child, pid, port } = await launch(programs);
    const url = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres?sslmode=disable`;
    return { url, directory, pid, stop: () => end(child).then(remove) };
  } catch (error) {
    try {
      remove();
    } catch {
      // The reason of the failure is worth more; the guard removes the directory when the program ends.
    }
    throw error;
  }
}

async function createCluster(programs: ReadyPrograms, password: string): Promise<void> {
  const { account, directory, major } = programs;
  const passwordFile = join(directory, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== null) chownSync(passwordFile, account.uid, account.gid);
  const { ok, complaint } = await run(programs, "initdb", [
    `--pgdata=${join(directory, "data")}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
    ...(major >= 14 ? ["--no-instructions"] : []),
    ...(major >= 18 ? ["--no-data-checksums"] : []),
  ]);
  rmSync(passwordFile, { force: true });
  if (!ok) throw noEmbedded(`initdb failed: ${complaint.replace(/\s+/g, " ").replace(/\.$/, "")}.`);
}

interface Launched {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
}

/** Between finding a free port and PostgreSQL taking it, another program may take it: then another port is tried. */
async function launch(programs: ReadyPrograms): Promise<Launched> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const log = join(programs.directory, `log-${attempt}`);
    const child = spawnPostgres(programs, port, log);
    if (child.pid !== undefined && (await isReady(child, join(programs.directory, "data")))) {
      return { child, pid: child.pid, port };
    }
    await end(child);
    const text = readFileSync(log, "utf8").trim();
    if (attempt < PORT_ATTEMPTS && /could not (bind|create any TCP\/IP sockets)/.test(text)) continue;
    throw noEmbedded(
      `The throwaway PostgreSQL did not start: ${text.split("\n").slice(-3).join(" ") || "no reason given"}`,
    );
  }
}

/** Kilobytes of each server process: `default repeat('x', 1000000000)` takes three gigabytes, and no setting bounds it. */
const MEMORY = 1024 * 1024;
const SHELL = "/bin/sh";

/** The shell becomes the program, so the process stays the one that is asked for. Some systems have no shell, or no such limit. */
function withMemoryLimit([program, ...args]: readonly [string, ...string[]]): [string, ...string[]] {
  if (process.platform !== "linux" || !existsSync(SHELL)) return [program, ...args];
  return [SHELL, "-c", `ulimit -v ${MEMORY} 2>/dev/null; exec "$0" "$@"`, program, ...args];
}

function spawnPostgres(programs: ReadyPrograms, port: number, log: string): ChildProcess {
  const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const output = openSync(log, "a", 0o600);
  try {
    const program = programPath(programs.folder, "postgres");
    const [command, ...args] = withMemoryLimit([program, "-D", join(programs.directory, "data"), ...settings]);
    const child = spawn(command, args, {
      ...spawnOptions(programs),
      // Its own process group: Ctrl-C in the terminal must reach us and not the server, so that we can end in order.
      detached: true,
      stdio: ["ignore", output, output],
    });
    child.on("error", () => {});
    // A program that forgets close() must still be able to end; the guard takes care of the server then.
    child.unref();
    return child;
  } finally {
    closeSync(output);
  }
}

/** Reads the status that the postmaster writes in line 8 of postmaster.pid, as pg_ctl does. */
async function isReady(child: ChildProcess, data: string): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const lines = readIfThere(join(data, "postmaster.pid")).split("\n");
    if (lines[7]?.trim() === "ready") return true;
    await sleep(10);
  }
  return false;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const ended = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  // SIGQUIT: immediate shutdown. Nothing is kept, so there is nothing to write.
  child.kill("SIGQUIT");
  await ended;
  clearTimeout(timer);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
