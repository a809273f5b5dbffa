/** Real programs for the files in deploy/: Debian packages, run on loopback with our files, ended when the test ends. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Whether a program can be run; when not, says which package has it. */
export function isInstalled(program: string, debianPackage: string): boolean {
  const found =
    spawnSync("sh", ["-c", `PATH=$PATH:/usr/sbin:/usr/lib/nagios/plugins command -v ${program}`]).status === 0;
  if (!found) process.stderr.write(`skipped: ${program} is not installed (Debian package ${debianPackage})\n`);
  return found;
}

export const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** One of our files with other addresses: each must occur, so that a changed file is noticed. */
export function withAddresses(path: string, addresses: Readonly<Record<string, string>>): string {
  return Object.entries(addresses).reduce((text, [ours, theirs]) => {
    if (!text.includes(ours)) throw new Error(`${path} does not have ${ours}`);
    return text.replaceAll(ours, theirs);
  }, read(path));
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export interface Running {
  readonly output: () => string;
  stop(): Promise<void>;
}

/** @param file text of the configuration; its path takes the place of FILE in the arguments */
export function run(program: string, args: readonly string[], file: string): Running {
  const folder = mkdtempSync(join(tmpdir(), "schemaready-deploy-"));
  const path = join(folder, "config");
  writeFileSync(path, file);
  const env = { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin` };
  const child = spawn(
    program,
    args.map((arg) => arg.replace("FILE", path).replace("FOLDER", folder)),
    { env },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return {
    output: () => output,
    stop: async () => {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await closed;
  clearTimeout(timer);
}

/** Looks until it holds; a program that needs longer than 30 s to notice has not noticed. */
export async function until(what: string, condition: () => Promise<boolean>, running: Running): Promise<void> {
  for (let round = 0; round < 300; round++) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: not within 30 s\n${running.output()}`);
}
