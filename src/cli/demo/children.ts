/** The demo's programs run as processes of their own, as they would for anybody. Each is known, and ended by its id. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "../../config/index.js";
import { StoryError } from "./story-error.js";

/** Folder of the compiled programs: this file lies in its cli/demo. */
const BUILD = fileURLToPath(new URL("../../", import.meta.url));
const PACKAGE = fileURLToPath(new URL("../../../", import.meta.url));
const GRACE_MS = 5_000;
const READY_MS = 30_000;
/** Enough of a program's last words to say why it did not start. */
const KEPT_LINES = 20;

export interface Program {
  /** A compiled file: `cli.js`. */
  readonly script: string;
  /** Paths are relative to the package. */
  readonly args: readonly string[];
  /** All that the program finds in its environment besides paths of the system. */
  readonly env: Readonly<Record<string, string>>;
}

type OnLine = (line: string, stream: "stdout" | "stderr") => void;

export interface Children {
  /** Runs a program to its end and returns its exit code (null: ended by a signal). Lines of both streams as they come. */
  run(program: Program, onLine: OnLine): Promise<number | null>;
  /** Starts a program that goes on running; resolves with what `ready` finds in a line of it. Throws StoryError. */
  start(program: Program, ready: (line: string) => string | undefined): Promise<string>;
  /** Ends all programs that still run: SIGTERM, and SIGKILL after five seconds. */
  stop(): Promise<void>;
}

/** @param signal when it is aborted, programs are asked to end, and `run` and `start` reject with its reason */
export function createChildren(signal: AbortSignal): Children {
  const running = new Map<Child, Promise<unknown>>();
  const launch = (program: Program, onLine: OnLine): Promise<number | null> => {
    signal.throwIfAborted();
    const { child, ended } = spawnProgram(program, onLine);
    const onAbort = () => child.kill();
    signal.addEventListener("abort", onAbort, { once: true });
    const forget = () => {
      running.delete(child);
      signal.removeEventListener("abort", onAbort);
    };
    running.set(child, ended.then(forget, forget));
    return ended;
  };
  return {
    run: async (program, onLine) => {
      const code = await launch(program, onLine);
      signal.throwIfAborted();
      return code;
    },
    start: async (program, ready) => {
      const found = await firstFound(ready, (onLine) => launch(program, onLine));
      signal.throwIfAborted();
      if ("value" in found) return found.value;
      throw new StoryError(`${program.script} did not start:\n${found.said.join("\n")}`);
    },
    stop: () => stopAll(running),
  };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

interface Spawned {
  readonly child: Child;
  /** Exit code, when both streams are at their end, too; null: ended by a signal. */
  readonly ended: Promise<number | null>;
}

function spawnProgram({ script, args, env }: Program, onLine: OnLine): Spawned {
  const child = spawn(process.execPath, [join(BUILD, script), ...args], {
    cwd: PACKAGE,
    env: { ...childEnvironment(), ...env, END_WITH_PARENT: "1" },
    // The pipe closes when this process ends, however it ends; a program with END_WITH_PARENT then ends as well.
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  for (const name of ["stdout", "stderr"] as const) {
    createInterface({ input: child[name] }).on("line", (line) => onLine(line, name));
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { child, ended };
}

/** Waits for a line in which `ready` finds something; if the program ends first or takes too long, what it said. */
async function firstFound(
  ready: (line: string) => string | undefined,
  launch: (onLine: OnLine) => Promise<unknown>,
): Promise<{ readonly value: string } | { readonly said: readonly string[] }> {
  const said: string[] = [];
  let resolveFound: (found: { value: string }) => void = () => {};
  const found = new Promise<{ value: string }>((resolve) => {
    resolveFound = resolve;
  });
  const ended = launch((line) => {
    said.push(line);
    if (said.length > KEPT_LINES) said.shift();
    const value = ready(line);
    if (value !== undefined) resolveFound({ value });
  });
  const tooLong = sleep(READY_MS, undefined, { ref: false });
  return Promise.race([found, Promise.race([ended, tooLong]).then(() => ({ said }))]);
}

async function stopAll(running: ReadonlyMap<Child, Promise<unknown>>): Promise<void> {
  const ended = Promise.all(running.values());
  for (const child of running.keys()) child.kill();
  await Promise.race([ended, sleep(GRACE_MS, undefined, { ref: false })]);
  for (const child of running.keys()) child.kill("SIGKILL");
  await ended;
}
