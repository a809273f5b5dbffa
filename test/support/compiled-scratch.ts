/**
 * src/scratch as JavaScript, for tests that kill the process which started a server: such a process must be a real
 * Node program and not a vitest worker. Compiled afresh, so that a stale dist/ cannot hide a mistake.
 */
import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface CompiledScratch {
  /** Path of the compiled src/scratch/index.ts. */
  readonly entry: string;
  remove(): void;
}

/** Below node_modules, where the compiled files find the same packages as the sources do. */
export function compileScratch(): CompiledScratch {
  mkdirSync(join(ROOT, "node_modules", ".cache"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "node_modules", ".cache", "scratch-"));
  const project = join(folder, "tsconfig.json");
  const compilerOptions = {
    rootDir: join(ROOT, "src"),
    outDir: join(folder, "out"),
    noCheck: true,
    declaration: false,
    sourceMap: false,
    typeRoots: [join(ROOT, "node_modules", "@types")],
  };
  const files = [join(ROOT, "src", "scratch", "index.ts")];
  writeFileSync(project, JSON.stringify({ extends: join(ROOT, "tsconfig.json"), compilerOptions, files, include: [] }));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [compiler, "-p", project], { stdio: ["ignore", "pipe", "pipe"] });
  // mkdtemp makes it mode 700; the compiled files hold no secret, and a program of another user must read them.
  execFileSync("chmod", ["-R", "a+rX", folder]);
  return {
    entry: join(folder, "out", "scratch", "index.js"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
}

export type Program = ChildProcessByStdio<null, Readable, Readable>;

/** Starts `script` as a module in a process of its own, with the exports of src/scratch in scope as `scratch`. */
export function startProgram(compiled: CompiledScratch, script: string, options: ProgramOptions = {}): Program {
  const text = `import * as scratch from ${JSON.stringify(compiled.entry)};\n${script}`;
  return spawn(process.execPath, ["--input-type=module", "-e", text], {
    ...options,
    cwd: "/",
    env: { PATH: process.env["PATH"] ?? "", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The first line of JSON that the program prints. @throws Error with its stderr when it ends without one */
export async function firstAnswer<T>(program: Program): Promise<T> {
  let stderr = "";
  program.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  let stdout = "";
  for await (const text of program.stdout.setEncoding("utf8")) {
    stdout += text;
    if (stdout.includes("\n")) return JSON.parse(stdout) as T;
  }
  throw new Error(`The program ended without an answer: ${stderr || stdout}`);
}
