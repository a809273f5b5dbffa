/** The process is ended at every request of a run: what it created is removed by itself, or by --cleanup-only. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ChecksFolder, createFolder } from "../support/cli-checks.js";
import {
  HOLDING_CHECK,
  HOLDING_PASSWORD,
  type Hold,
  type HoldingApp,
  REQUESTS,
  startHoldingApp,
} from "../support/holding-app.js";
import { type CliOptions, type CliResult, runCli } from "../support/run-cli.js";

let app: HoldingApp;
let folder: ChecksFolder;
beforeEach(async () => {
  app = await startHoldingApp();
  folder = createFolder();
  folder.file("checks/things.yaml", HOLDING_CHECK);
});
afterEach(async () => {
  app.release();
  await app.close();
  folder.remove();
});

function smoke(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return runCli(["smoke", ...args], { cwd: folder.path, env: { PASSWORD: HOLDING_PASSWORD }, ...options });
}

/** Runs the flows and sends the signal while the answer to this request is held. */
function endedAt(route: string, when: Hold, signal: NodeJS.Signals): Promise<CliResult> {
  const arrived = app.hold(route, when);
  const onStart: CliOptions["onStart"] = (child) => {
    void arrived.then(() => {
      child.kill(signal);
      if (signal !== "SIGKILL") setTimeout(() => app.release(), 200);
    });
  };
  return smoke(["--base-url", app.url], { onStart });
}

function runFiles(): string[] {
  const directory = join(folder.path, ".schemaready");
  return existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
}

const HOLDS: readonly Hold[] = ["before", "after"];

describe.each(REQUESTS)("ended at %s", (route) => {
  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("%s: everything is removed, and no run file stays", async (signal, code) => {
    const ended = await endedAt(route, "after", signal);
    expect(ended.code).toBe(code);
    expect([...app.stored]).toEqual(["t0"]);
    expect(existsSync(join(folder.path, ".schemaready"))).toBe(false);
  });

  it.each(HOLDS)("SIGKILL %s its effect: --cleanup-only removes everything that can be addressed", async (when) => {
    expect((await endedAt(route, when, "SIGKILL")).signal).toBe("SIGKILL");
    app.release();
    const [file] = runFiles();
    if (route === "POST /login") return expect(file).toBeUndefined();
    if (file === undefined) throw new Error("no run file");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const kept = readFileSync(file, "utf8");
    for (const secret of [HOLDING_PASSWORD, ...app.tokens]) expect(kept).not.toContain(secret);
    const { code, stdout, stderr } = await smoke(["--cleanup-only", file]);
    for (const secret of [HOLDING_PASSWORD, ...app.tokens]) expect(stdout + stderr).not.toContain(secret);
    // The answer with its id never came: nobody can know what to remove, only that something may be there.
    if (route === "POST /things") {
      expect({ code, stdout }).toEqual({ code: 4, stdout: expect.stringContaining("perhaps thing (id is not known)") });
      expect([...app.stored]).toEqual(when === "after" ? ["t0", "t1"] : ["t0"]);
      expect(existsSync(file)).toBe(true);
    } else {
      expect({ code, stored: [...app.stored] }, stdout + stderr).toEqual({ code: 0, stored: ["t0"] });
      expect(existsSync(join(folder.path, ".schemaready"))).toBe(false);
    }
  });
});

describe("what is said about the run file", () => {
  it("where it is, that an earlier run has not cleaned up, and what to do about it", async () => {
    await endedAt("GET /things/*", "after", "SIGKILL");
    app.release();
    const [file = ""] = runFiles();
    const name = join(".schemaready", basename(file));
    const { code, stderr } = await smoke(["--base-url", app.url]);
    expect(code).toBe(0);
    expect(stderr).toContain(
      `an earlier run has not cleaned up, or is still going: schemaready smoke --cleanup-only ${name}\n`,
    );
    expect(stderr).toMatch(/^run file: \.schemaready\/smoke-[0-9a-f]{12}\.jsonl \(removed again/m);
    expect(runFiles()).toEqual([file]);
    expect((await smoke(["--base-url", app.url, "--quiet"])).stderr).toBe("");
    expect((await smoke(["--cleanup-only", name])).code).toBe(0);
    expect([...app.stored]).toEqual(["t0"]);
  });

  it("how to try again, when something is left", async () => {
    const check = HOLDING_CHECK.replace(
      'path: "/things/{{id}}", headers: { authorization: "Bearer {{token}}" } }\n            describes',
      'path: "/things/{{id}}" }\n            describes',
    );
    folder.file("checks/things.yaml", check);
    const { code, stdout, stderr } = await smoke(["--base-url", app.url]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: expect.stringContaining("left behind: thing t1") });
    const [, command = ""] = /try again later: schemaready (.*)\n/.exec(stderr) ?? [];
    folder.file("checks/things.yaml", HOLDING_CHECK);
    expect((await smoke(command.split(" ").slice(1))).code).toBe(0);
    expect([...app.stored]).toEqual(["t0"]);
  });

  it("is RUN_FILE when it cannot be read, and nothing is sent", async () => {
    folder.file("broken.jsonl", "{}\n");
    const { code, stderr } = await smoke(["--cleanup-only", "broken.jsonl"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error RUN_FILE: /);
  });
});

it("says loudly that certificates are not looked at", async () => {
  const { stderr } = await smoke(["--base-url", app.url, "--insecure", "--quiet"]);
  expect(stderr).toMatch(/^WARNING: --insecure: /);
});
