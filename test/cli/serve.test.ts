import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.js";
import { createFolder, NOTES_CHECK, NOTES_SQL } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { runCli } from "../support/run-cli.js";
import { type RunningServe, runServe } from "../support/run-serve.js";
import { until } from "../support/started-server.js";

const folder = createFolder();
const checks = folder.file("notes.yaml", NOTES_CHECK);
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase("serve");
  await database.sql(NOTES_SQL);
});
afterAll(async () => {
  folder.remove();
  await database.drop();
});

/** The service, once it says where it listens. */
function start(args: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<RunningServe> {
  const env = { DATABASE_URL: database.url, SCHEMAREADY_SCRATCH_URL: serverUrl(), ...more };
  return runServe(["--checks", checks, "--refresh-interval", "500ms", ...args], { env });
}

async function answer(url: string, passing = 503): Promise<number> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const { status } = await fetch(url);
    if (status !== passing || Date.now() > deadline) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe("serve", () => {
  it("answers, and ends with the signal's code when it is told to stop", async () => {
    const { url, child, end } = await start();
    expect(await answer(`${url}/schema/health`)).toBe(200);
    expect(await answer(`${url}/livez`)).toBe(200);
    child.kill("SIGTERM");
    const { code, stderr, stdout } = await end;
    expect(code).toBe(143);
    for (const route of ["verify", "features", "migrations"]) expect(stderr).toContain(`${url}/schema/${route} `);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event?: string });
    expect(lines.map(({ event }) => event)).toContain("stop");
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "serves while it drains, and a second signal, %s, ends it at once",
    async (second) => {
      // Longer than the process may live here: only the second signal can have ended it.
      const { url, child, end } = await start(["--drain-delay", "60s"]);
      expect(await answer(`${url}/readyz`)).toBe(200);
      child.kill("SIGTERM");
      expect(await answer(`${url}/readyz`, 200)).toBe(503);
      expect(await answer(`${url}/schema/health`)).toBe(200);
      child.kill(second);
      const { code, stdout } = await end;
      expect(code).toBe(second === "SIGTERM" ? 143 : 130);
      expect(stdout).toContain('"event":"drain"');
      expect(stdout).not.toContain('"event":"stop"');
    },
  );

  it("holds a new replica back with READY_REQUIRES=schema until the schema fits, and never again", async () => {
    const rename = (from: string, to: string) => database.sql(`alter table ${from} rename to ${to}`);
    await rename("notes", "notes_of_old");
    const { url, child, end } = await start([], { READY_REQUIRES: "schema" });
    try {
      await until(async () => (await (await fetch(`${url}/readyz`)).text()).includes("the schema does not fit yet"));
      expect(await answer(`${url}/livez`)).toBe(200);
      await rename("notes_of_old", "notes");
      expect(await answer(`${url}/readyz`)).toBe(200);
      await rename("notes", "notes_of_old");
      expect(await answer(`${url}/schema/health`, 200)).toBe(503);
      expect(await answer(`${url}/readyz`)).toBe(200);
    } finally {
      await database.sql("alter table if exists notes_of_old rename to notes");
      child.kill("SIGINT");
    }
    expect((await end).code).toBe(130);
  });

  it("says that the port is taken, with exit 2", async () => {
    const { url, child, end } = await start();
    const env = { DATABASE_URL: database.url, SCHEMAREADY_SCRATCH_URL: serverUrl() };
    const second = await runCli(["serve", "--checks", checks, "--port", new URL(url).port], { env });
    child.kill("SIGINT");
    expect(second.code).toBe(2);
    expect(second.stderr).toContain("error PORT_UNAVAILABLE");
    expect((await end).code).toBe(130);
  });

  it("tries the plan of GET /schema/repair where a throwaway server was given", async () => {
    const broken = await createTestDatabase("serve_repair");
    try {
      await broken.sql(`${NOTES_SQL} alter table notes drop column tags;`);
      const { url, child, end } = await start(["--database-url", broken.url]);
      expect(await answer(`${url}/schema/repair`)).toBe(200);
      const { repair } = (await (await fetch(`${url}/schema/repair`)).json()) as { repair: Report["repair"] };
      expect(repair).toMatchObject({
        steps: [{ statement: expect.stringContaining('ADD COLUMN IF NOT EXISTS "tags"') }],
        proof: { kind: "proved" },
      });
      child.kill("SIGTERM");
      expect((await end).code).toBe(143);
    } finally {
      await broken.drop();
    }
  });
});
