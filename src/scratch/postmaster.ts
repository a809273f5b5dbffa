/** One PostgreSQL server of our own: its directory, its start and its end. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Account, temporaryFolder, unprivilegedAccount } from "./account.js";
import { preparePrograms, type ReadyPrograms } from "./binaries.js";
import { guardDirectory, removeDirectory } from "./guard.js";
import { chooseListening, type Listening, type ListenPreference, listenSettings, urlOf } from "./listen.js";
import { programPath, run, spawnOptions } from "./run.js";
import { settingsFor, withMemoryLimit } from "./server-settings.js";
import { noEmbedded } from "./unavailable.js";

export interface Postmaster {
  /** PostgreSQL URI of the superuser, with its password. */
  readonly url: string;
  /** PostgreSQL URI of another role or database of this server. */
  urlFor(user: string, password: string, database: string): string;
  /** Everything the server has on disk; `data` in it is the data directory. */
  readonly directory: string;
  readonly pid: number;
  /** Ends the server at once and removes the directory. May be called twice. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
/** The postmaster itself kills, after five seconds, a process that does not obey; it must live so long. */
const STOP_TIMEOUT_MS = 8_000;
const PORT_ATTEMPTS = 5;

export interface PostmasterOptions {
  /** Name of the superuser; the default is one that many scripts take for granted. */
  readonly superuser?: string;
  /** A folder of our own, where the system has such sockets, unless this asks for a port. */
  readonly listen?: ListenPreference;
  /** Server settings that go before ours: who measures a server wants one of a usual size. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts a PostgreSQL that only this process knows the password of.
 * @param binaries folder with bin/, lib/ and share/, or null for the optional dependency
 * @throws SchemareadyError SCRATCH_UNAVAILABLE
 */
export async function startPostmaster(binaries: string | null, options: PostmasterOptions = {}): Promise<Postmaster> {
  const { superuser = "postgres", listen = "any", settings = {} } = options;
  try {
    return await startIn(makeDirectory(unprivilegedAccount()), { binaries, superuser, listen, settings });
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

interface Wanted {
  readonly binaries: string | null;
  readonly superuser: string;
  readonly listen: ListenPreference;
  readonly settings: Readonly<Record<string, string>>;
}

async function startIn({ account, directory }: Place, wanted: Wanted): Promise<Postmaster> {
  const { superuser } = wanted;
  const release = guardDirectory(directory);
  const remove = () => {
    removeDirectory(directory);
    release();
  };
  try {
    const programs = await preparePrograms(wanted.binaries, account, directory);
    const password = randomBytes(24).toString("base64url");
    await createCluster(programs, superuser, password);
    const { child, pid, listening } = await launch(programs, wanted);
    return {
      url: urlOf(listening, superuser, password, "postgres"),
      urlFor: (...login) => urlOf(listening, ...login),
      directory,
      pid,
      stop: () => end(child).then(remove),
    };
  } catch (error) {
    try {
      remove();
    } catch {
      // The reason of the failure is worth more; the guard removes the directory when the program ends.
    }
    throw error;
  }
}

async function createCluster(programs: ReadyPrograms, superuser: string, password: string): Promise<void> {
  const { account, directory, major } = programs;
  const passwordFile = join(directory, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== null) chownSync(passwordFile, account.uid, account.gid);
  const { ok, complaint } = await run(programs, "initdb", [
    `--pgdata=${join(directory, "data")}`,
    `--username=${superuser}`,
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
  readonly listening: Listening;
}

/** Between finding a free port and PostgreSQL taking it, another program may take it: then another port is tried. */
async function launch(programs: ReadyPrograms, { listen, settings }: Wanted): Promise<Launched> {
  const { directory, account } = programs;
  for (let attempt = 1; ; attempt += 1) {
    const listening = await chooseListening(directory, account, listen);
    const log = join(directory, `log-${attempt}`);
    const child = spawnPostgres(programs, { ...settings, ...listenSettings(listening) }, log);
    if (child.pid !== undefined && (await isReady(child, join(directory, "data")))) {
      return { child, pid: child.pid, listening };
    }
    await end(child);
    const text = readFileSync(log, "utf8").trim();
    if (attempt < PORT_ATTEMPTS && /could not (bind|create any TCP\/IP sockets)/.test(text)) continue;
    throw noEmbedded(
      `The throwaway PostgreSQL did not start: ${text.split("\n").slice(-3).join(" ") || "no reason given"}`,
    );
  }
}

function spawnPostgres(programs: ReadyPrograms, own: Readonly<Record<string, string>>, log: string): ChildProcess {
  const all = { ...settingsFor(programs.major), ...own };
  const settings = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
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
