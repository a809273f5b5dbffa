import { execFile } from "node:child_process";
import { join } from "node:path";
import { childEnvironment } from "../config/index.js";
import type { Account } from "./account.js";

/** One PostgreSQL installation, and how its programs are run. */
export interface Programs {
  /** Folder with bin/, lib/ and share/. */
  readonly folder: string;
  /** Null: as ourselves. */
  readonly account: Account | null;
  /** Working directory: one that the account may enter (ours may be closed to it). */
  readonly directory: string;
}

export function programPath(folder: string, name: "initdb" | "postgres"): string {
  return join(folder, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

/** Options for node:child_process: the account, and an environment that holds nothing of the user's PostgreSQL settings. */
export function spawnOptions({ folder, account, directory }: Programs) {
  return {
    cwd: directory,
    // TZ spares initdb the search through every time zone file of the system.
    env: { ...childEnvironment(), LC_ALL: "C", TZ: "UTC", LD_LIBRARY_PATH: join(folder, "lib") },
    windowsHide: true,
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  };
}

export interface Outcome {
  readonly ok: boolean;
  readonly stdout: string;
  /** What the program complained about, or why it could not be started. */
  readonly complaint: string;
}

/** Runs a program to its end, at most one minute. */
export function run(programs: Programs, name: "initdb" | "postgres", args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { ...spawnOptions(programs), timeout: 60_000 };
    execFile(programPath(programs.folder, name), [...args], options, (error, stdout, stderr) => {
      resolve({ ok: error === null, stdout, complaint: stderr.trim() || (error?.message ?? "") });
    });
  });
}
