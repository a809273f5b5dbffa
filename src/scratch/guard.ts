/**
 * Nothing of a throwaway server may outlive the program that started it, however that ends:
 * - close() is the normal way;
 * - a program that exits (also by an uncaught exception) runs the `exit` handler here, which works synchronously;
 * - a program that is killed (SIGKILL, or SIGINT/SIGTERM without a handler) runs nothing more, so a small process waits
 *   for the end of a pipe that only this program holds open, and cleans up.
 * No signal handlers: what a signal means is the program's decision. The cli owns SIGINT and SIGTERM and calls close().
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../config/index.js";

const guarded = new Set<string>();
let listening = false;

/**
 * Makes sure that `directory`, and the postmaster whose data directory is `directory/data`, go away with this process.
 * @returns call it when the directory has been removed
 */
export function guardDirectory(directory: string): () => void {
  guarded.add(directory);
  if (!listening) {
    listening = true;
    process.once("exit", () => {
      for (const each of guarded) removeNow(each);
    });
  }
  const watcher = startWatcher(directory);
  return () => {
    guarded.delete(directory);
    watcher.kill("SIGKILL");
  };
}

function removeNow(directory: string): void {
  try {
    const pid = postmasterPid(directory);
    if (pid !== null) process.kill(pid, "SIGQUIT");
  } catch {
    // It has ended already.
  }
  try {
    removeDirectory(directory);
  } catch {
    // The watcher goes on trying.
  }
}

/** The process id in the first line of postmaster.pid; null: no postmaster runs in there. */
function postmasterPid(directory: string): number | null {
  const file = join(directory, "data", "postmaster.pid");
  if (!existsSync(file)) return null;
  const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
  return pid > 0 ? pid : null;
}

/** Removes the directory; processes that are just ending may still write in it, hence the repetitions. */
export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 25 });
}

/** Plain script text: it runs from a source tree as well as from a built package, without a path to either. */
const WATCHER = `
const { existsSync, readFileSync, rmSync } = require("node:fs");
const directory = process.argv[1];
let pid = 0;
let ended = 0;
let quietSince = 0;
const signal = (name) => { try { process.kill(pid, name); } catch { pid = 0; } };
function cleanUp() {
  const now = Date.now();
  ended ||= now;
  try {
    const found = Number.parseInt(readFileSync(directory + "/data/postmaster.pid", "utf8"), 10);
    if (found > 0) pid = found;
  } catch {}
  if (pid > 0) signal(now - ended < 8000 ? "SIGQUIT" : "SIGKILL");
  if (existsSync(directory) || pid > 0) quietSince = now;
  try { rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }); } catch {}
  // An initdb that was under way may create files for a moment longer.
  if (now - quietSince < 1500 && now - ended < 60000) setTimeout(cleanUp, 100);
  else process.exit();
}
process.stdin.on("error", () => {}).on("close", cleanUp).resume();
`;

function startWatcher(directory: string): { kill(signal: NodeJS.Signals): unknown } {
  const watcher = spawn(process.execPath, ["-e", WATCHER, directory], {
    cwd: "/",
    env: childEnvironment(),
    // Its own process group: Ctrl-C in the terminal must not end the one that cleans up after it.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  watcher.on("error", () => {});
  watcher.stdin.on("error", () => {});
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  return watcher;
}
