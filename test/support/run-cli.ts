/** Runs the built command line as a user would, in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "../../src/config/index.js";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface CliOptions {
  /** Nothing else is inherited: no DATABASE_URL, PG*, NO_COLOR or CI of whoever runs the tests. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
  /** After this the process is killed and the call rejects. */
  readonly timeoutMs?: number;
  /** To send signals, or to look at the output while it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

export interface CliResult {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @throws Error when dist/cli.js is missing, or when the process runs longer than `timeoutMs` (30 s) */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  if (!existsSync(CLI)) throw new Error("dist/cli.js is missing: run `npm run build` first.");
  const { env = {}, input = "", cwd = ROOT, timeoutMs = 30_000, onStart } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd, env: { ...childEnvironment(), ...env } });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(
        new Error(`schemaready ${args.join(" ")} ran longer than ${timeoutMs} ms:\n${output.stdout}${output.stderr}`),
      );
    }, timeoutMs);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...output });
    });
    // A program that does not read its input may end before it is written.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    onStart?.(child);
  });
}
