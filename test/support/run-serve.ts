/** `schemaready serve` as a process of its own, from when it says where it listens. */
import type { ChildProcess } from "node:child_process";
import { type CliOptions, type CliResult, runCli } from "./run-cli.js";

export interface RunningServe {
  readonly url: string;
  readonly child: ChildProcess;
  /** How it ended. */
  readonly end: Promise<CliResult>;
}

/** @throws Error with what it said when it ends before it listens */
export function runServe(
  args: readonly string[],
  { env, cwd }: Pick<CliOptions, "env" | "cwd">,
): Promise<RunningServe> {
  return new Promise((resolve, reject) => {
    const end = runCli(["serve", "--port", "0", ...args], {
      ...(env === undefined ? {} : { env }),
      ...(cwd === undefined ? {} : { cwd }),
      timeoutMs: 50_000,
      onStart: (child) => {
        child.stderr?.on("data", (text: string) => {
          const url = /listens on (\S+)/.exec(text)?.[1];
          if (url !== undefined) resolve({ url, child, end });
        });
      },
    });
    end.then(({ stderr }) => reject(new Error(`ended early: ${stderr}`)), reject);
  });
}
