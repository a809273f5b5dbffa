/** `schemaready wait` on real databases: one that becomes right while it waits, and ones that do not. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFolder, NOTES_CHECK, NOTES_SQL } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { runCli } from "../support/run-cli.js";

const folder = createFolder();
const contract = folder.file("contract.json", "");
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase("wait");
  const checks = folder.file("notes.yaml", NOTES_CHECK);
  const env = { SCHEMAREADY_SCRATCH_URL: serverUrl() };
  const compiled = await runCli(["compile", "--checks", checks, "-o", contract], { env });
  expect(compiled).toMatchObject({ code: 0 });
});
afterAll(async () => {
  folder.remove();
  await database.drop();
});

const wait = (url: string, args: readonly string[], onLine: (text: string) => void = () => {}) =>
  runCli(["wait", "--contract", contract, "--every", "100ms", ...args], {
    env: { DATABASE_URL: url },
    onStart: (child) => void child.stderr?.on("data", (text: string) => onLine(text)),
  });

it("ends with exit 0 once somebody has run the migration, and has said what it waited for", async () => {
  let migrating: Promise<unknown> | null = null;
  const { code, stdout, stderr } = await wait(database.url, ["--deadline", "25s"], (text) => {
    if (text.includes("waiting: FAIL")) migrating ??= database.sql(NOTES_SQL);
  });
  await migrating;
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/^waiting for .*\nwaiting: FAIL/) });
  expect(stdout).toMatch(/^PASS {2}/);
  expect(stderr).not.toContain("postgresql://");
});

it("tells at the deadline what is missing, or that it could not look", async () => {
  const empty = await createTestDatabase("wait-empty");
  try {
    const missing = await wait(empty.url, ["--deadline", "300ms", "--format", "json"]);
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.stdout)).toMatchObject({ verdict: "fail" });
  } finally {
    await empty.drop();
  }
  const nobody = await wait("postgresql://app@127.0.0.1:1/app", ["--deadline", "300ms"]);
  expect(nobody.code).toBe(3);
  expect(nobody.stderr).toContain("waiting: ");
});

it("stops at SIGTERM", async () => {
  const stopped = await runCli(["wait", "--contract", contract], {
    env: { DATABASE_URL: "postgresql://app@127.0.0.1:1/app" },
    onStart: (child) => {
      child.stderr?.on("data", (text: string) => {
        if (text.includes("waiting: ")) child.kill("SIGTERM");
      });
    },
  });
  expect(stopped).toMatchObject({ code: 143, stdout: "" });
});
