/** `schemaready demo`, as people start it: the whole story, and being stopped in the middle of it. */
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.js";

const TOO_LONG_MS = 110_000;

let temporary: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "demo-test-"));
  // As root the embedded server runs under another account, which must be able to enter.
  await chmod(temporary, 0o755);
});
afterEach(() => rm(temporary, { recursive: true, force: true }));

const demo = (args: readonly string[], onOutput: (text: string, stop: () => void) => void = () => {}) =>
  runCli(["demo", ...args], {
    env: { TMPDIR: temporary },
    timeoutMs: TOO_LONG_MS,
    onStart: (child) => {
      child.stdout?.on("data", (text) => onOutput(String(text), () => child.kill("SIGINT")));
    },
  });

/** Addresses on this machine that the output names. */
function origins(output: string): string[] {
  return [...new Set(output.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [])];
}

async function rowsIn(url: string, table: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`select count(*)::int as count from ${client.escapeIdentifier(table)}`);
    return rows[0].count;
  } finally {
    await client.end();
  }
}

async function expectNothingLeft(output: string): Promise<void> {
  for (const origin of origins(output)) await expect(fetch(origin)).rejects.toThrow("fetch failed");
  await expect.poll(() => readdir(temporary), { timeout: 10_000 }).toEqual([]);
}

describe("schemaready demo", () => {
  it(
    "goes from the failed deploy to green, and leaves nothing behind",
    async () => {
      const { code, stdout, stderr } = await demo([]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const order = [
        'ERROR: constraint "avatars_projectId_fkey" for relation "avatars" already exists',
        'HTTP/1.1 200 OK\n\n   {"status":"ok"}',
        "FAIL  avatar-creator is not served by this schema",
        "Migration 20251014_add_avatar_creator_complete failed",
        "=> exit code 1",
        "HTTP/1.1 503 Service Unavailable",
        "Generate an avatar is broken because column avatar_generations.projectId is",
        "=> exit code 1",
        "$ npx prisma migrate resolve --rolled-back 20251014_add_avatar_creator_complete",
        "All migrations have been successfully applied.",
        "PASS  avatar-creator is served by this schema",
        "HTTP/1.1 200 OK",
        "PASS  smoke run",
        "before the fix: verify exit 1, /schema/health 503, smoke exit 1",
        "after the fix:  verify exit 0, /schema/health 200, smoke exit 0",
        "the story went as it should",
      ];
      let place = 0;
      for (const text of order) {
        const next = stdout.indexOf(text, place);
        expect(next, `${JSON.stringify(text)} is not there, or not in order, in:\n${stdout}`).toBeGreaterThanOrEqual(0);
        place = next + text.length;
      }
      expect(stdout).not.toContain("\u001b[");
      expect(origins(stdout)).toHaveLength(2);
      await expectNothingLeft(stdout);
    },
    TOO_LONG_MS,
  );

  it(
    "--keep stays until it is stopped",
    async () => {
      const answers: Promise<number>[] = [];
      const { code, stdout } = await demo(["--keep"], (text, stop) => {
        if (!text.includes("Ctrl-C stops it")) return;
        const [service = ""] = text.match(/http:\S+\/schema\/health/) ?? [];
        answers.push(fetch(service).then(({ status }) => status));
        // What is printed to be pasted is a way in.
        const [, url = ""] = text.match(/export DATABASE_URL='(\S+)'/) ?? [];
        expect(text).toContain(`psql '${url}'`);
        answers.push(rowsIn(url, "avatars"));
        void Promise.allSettled(answers).then(stop);
      });
      expect(await Promise.all(answers)).toEqual([200, expect.any(Number)]);
      expect(code).toBe(130);
      await expectNothingLeft(stdout);
    },
    TOO_LONG_MS,
  );

  it.each(["throwaway PostgreSQL", "1. A release is deployed", '{"status":"ok"}', "$ schemaready smoke"])(
    "is stopped after %j by SIGINT: exit 130, nothing left",
    async (moment) => {
      let stopped = false;
      const { code, stdout } = await demo([], (text, stop) => {
        if (!stopped && text.includes(moment)) {
          stopped = true;
          stop();
        }
      });
      expect(code).toBe(130);
      expect(stdout).not.toContain("the story went as it should");
      await expectNothingLeft(stdout);
    },
    TOO_LONG_MS,
  );
});
