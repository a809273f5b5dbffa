/** `gate` and `--baseline`, on real servers and a live application. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { reportSchema } from "../../src/report/index.js";
import { type AppServer, send, startApp } from "../support/app-server.js";
import { createFolder, NOTES_CHECK, NOTES_SQL } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { type CliOptions, runCli } from "../support/run-cli.js";

const CHECK = `${NOTES_CHECK}smoke:
  flows:
    notes:
      steps:
        write:
          feature: write-note
          request: { method: POST, path: /notes, json: { title: "smoke {{runId}}" } }
          capture: { noteId: $.id }
          cleanup: { request: "DELETE /notes/{{noteId}}", describes: "note {{noteId}}" }
        read:
          feature: read-notes
          request: GET /notes/{{noteId}}
`;
const folder = createFolder();
const checks = folder.file("notes.yaml", CHECK);
let app: AppServer;
let status = 200;
let deletion = 204;
let good: TestDatabase;
let broken: TestDatabase;

beforeAll(async () => {
  good = await createTestDatabase("gate_good");
  await good.sql(NOTES_SQL);
  broken = await createTestDatabase("gate_broken");
  await broken.sql("create table notes (id integer primary key, title text not null)");
  app = await startApp({
    "POST /notes": (_received, response) =>
      status === 200
        ? send(response, 201, { id: 7 })
        : send(response, status, { error: 'column "tags" does not exist' }),
    "GET /notes/*": () => ({ id: 7 }),
    "DELETE /notes/*": (_received, response) => send(response, deletion),
  });
});
afterAll(async () => {
  await app.close();
  folder.remove();
  await Promise.all([good.drop(), broken.drop()]);
});

function run(command: string, url: string, args: readonly string[] = [], options: CliOptions = {}) {
  const env = { DATABASE_URL: url, SCHEMAREADY_SCRATCH_URL: serverUrl(), ...options.env };
  return runCli([command, "--checks", checks, ...args], { cwd: folder.path, ...options, env });
}
const gate = (url: string, args: readonly string[] = []) => run("gate", url, ["--base-url", app.url, ...args]);

describe("verify with a baseline", () => {
  const path = join(folder.path, "baseline.json");

  it("is written with exit 0, and fails from then on only because of a new gap", async () => {
    expect((await run("verify", broken.url)).code).toBe(1);
    const written = await run("verify", broken.url, ["--write-baseline", path]);
    expect(written).toMatchObject({ code: 0, stderr: expect.stringContaining("2 gaps are accepted") });
    const bytes = readFileSync(path, "utf8");
    const again = await run("verify", broken.url, ["--baseline", path, "--strict", "--format", "json"]);
    expect(again.code).toBe(0);
    const report = reportSchema.parse(JSON.parse(again.stdout)) as Report;
    expect(report).toMatchObject({ verdict: "warn", baseline: { accepted: [{}, {}], stale: [] } });
    await run("verify", broken.url, ["--write-baseline", path]);
    expect(readFileSync(path, "utf8")).toBe(bytes);
    const worse = await createTestDatabase("gate_worse");
    try {
      await worse.sql("create table notes (id integer primary key)");
      const failed = await run("verify", worse.url, ["--baseline", path]);
      expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining("accepted") });
    } finally {
      await worse.drop();
    }
    const mended = await run("verify", good.url, ["--baseline", path]);
    expect(mended).toMatchObject({ code: 0, stdout: expect.stringMatching(/2 stale/) });
  });

  it("is not written when the database cannot be looked at, nor for some features", async () => {
    const other = join(folder.path, "other.json");
    const blind = await run("verify", "postgresql://nobody@127.0.0.1:1/none", ["--write-baseline", other]);
    expect(blind).toMatchObject({ code: 3, stderr: expect.stringContaining("was not written") });
    const part = await run("verify", broken.url, ["--write-baseline", other, "--feature", "read-notes"]);
    expect(part.code).toBe(2);
    expect(existsSync(other)).toBe(false);
  });

  it("that cannot be understood is exit 2, before anything is looked at", async () => {
    writeFileSync(join(folder.path, "wrong.json"), "{}");
    const { code, stderr } = await run("verify", broken.url, ["--baseline", "wrong.json"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("BASELINE_FILE") });
  });
});

describe("gate", () => {
  it("passes when schema and endpoints are right: one report", async () => {
    const { code, stdout } = await gate(good.url, ["--format", "json"]);
    const report = reportSchema.parse(JSON.parse(stdout)) as Report;
    expect({ code, report }).toMatchObject({
      code: 0,
      report: { verdict: "pass", gate: "pass", smoke: { outcome: "passed" } },
    });
    expect((await gate(good.url)).stdout).toMatch(
      /^PASS {2}gate: the deploy may go on\nschema: pass, .*\nsmoke run against .*: 2 steps passed\n/,
    );
  });

  it("fails because of a gap although every step passes, unless the baseline holds it", async () => {
    const baseline = join(folder.path, "gate.json");
    const failed = await gate(broken.url);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/^FAIL {2}gate: .*\nschema: fail/);
    expect(failed.stdout).toContain("MISSING_COLUMN");
    expect((await gate(broken.url, ["--write-baseline", baseline])).code).toBe(0);
    const accepted = await gate(broken.url, [
      "--baseline",
      baseline,
      "--strict",
      "--format",
      `junit=${join(folder.path, "j.xml")}`,
    ]);
    expect(accepted.code).toBe(0);
    const junit = readFileSync(join(folder.path, "j.xml"), "utf8");
    expect(junit).toContain('classname="notes" name="write-note"');
    expect(junit).toContain("notes.notes");
    expect(junit).not.toContain("<failure");
  });

  it("names the accepted gap behind a step that fails, and fails", async () => {
    status = 500;
    try {
      const baseline = join(folder.path, "gate.json");
      const { code, stdout } = await gate(broken.url, ["--baseline", baseline, "--format", "json"]);
      const report = reportSchema.parse(JSON.parse(stdout)) as Report;
      expect(code).toBe(1);
      expect(report).toMatchObject({ verdict: "warn", gate: "fail" });
      const [step] = report.smoke?.flows[0]?.steps ?? [];
      expect(step?.attribution).toMatchObject({ kind: "proved", message: expect.stringContaining("notes.tags") });
      expect((await gate(good.url)).code).toBe(1);
    } finally {
      status = 200;
    }
  });

  it("knows what is wrong before what is not known, and that before what is left", async () => {
    deletion = 500;
    try {
      expect((await gate(good.url)).code).toBe(4);
      expect((await gate(broken.url)).code).toBe(1);
      expect((await gate("postgresql://nobody@127.0.0.1:1/none")).code).toBe(3);
    } finally {
      deletion = 204;
    }
    const nobody = ["--base-url", "http://127.0.0.1:1"];
    expect((await run("gate", good.url, nobody)).code).toBe(3);
    expect((await run("gate", broken.url, nobody)).code).toBe(1);
  });

  it("waits for the schema with --deadline", async () => {
    const late = await createTestDatabase("gate_late");
    try {
      let mended: Promise<unknown> | null = null;
      const { code } = await run("gate", late.url, ["--base-url", app.url, "--deadline", "25s", "--every", "200ms"], {
        onStart: (child) =>
          child.stderr?.on("data", (text: Buffer | string) => {
            if (String(text).includes("waiting:")) mended ??= late.sql(NOTES_SQL);
          }),
      });
      expect(code).toBe(0);
      expect(mended).not.toBeNull();
    } finally {
      await late.drop();
    }
  });

  it("needs a database", async () => {
    const { code, stderr } = await runCli(["gate", "--checks", checks, "--base-url", app.url]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("--database-url") });
  });
});
