/** `serve --base-url`: smoke runs of the real process, and what a stop leaves. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AppServer, startApp } from "../support/app-server.js";
import { createFolder, NOTES_CHECK, NOTES_SQL } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { runServe } from "../support/run-serve.js";
import { things } from "../support/things.js";

const CHECK = `${NOTES_CHECK}smoke:
  flows:
    things:
      steps:
        create:
          request: { method: POST, path: /things, json: { name: "smoke {{runId}}" } }
          capture: { id: $.id }
          cleanup: { request: "DELETE /things/{{id}}" }
        hold: { request: GET /hold, feature: read-notes }
`;
const TOKEN = "token-of-the-service";
const folder = createFolder();
const checks = folder.file("notes.yaml", CHECK);
const { stored, routes } = things();
let database: TestDatabase;
let app: AppServer;
let held = () => {};

beforeAll(async () => {
  database = await createTestDatabase("serve_smoke");
  await database.sql(NOTES_SQL);
  app = await startApp({
    ...routes,
    "GET /hold": () => {
      held();
      return new Promise(() => {});
    },
  });
});
afterAll(async () => {
  folder.remove();
  await Promise.all([app.close(), database.drop()]);
});

it("runs the flows of its check files, and SIGTERM in the middle leaves nothing behind", async () => {
  const { url, child, end } = await runServe(["--checks", checks, "--base-url", app.url, "--drain-delay", "0s"], {
    cwd: folder.path,
    env: { DATABASE_URL: database.url, SCHEMAREADY_SCRATCH_URL: serverUrl(), SCHEMAREADY_TOKEN: TOKEN },
  });
  const holding = new Promise<void>((resolve) => {
    held = resolve;
  });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const begun = await fetch(`${url}/smoke/runs`, { method: "POST", headers });
  expect(begun.status).toBe(202);
  await holding;
  expect(stored.size).toBe(1);
  child.kill("SIGTERM");
  const result = await end;
  expect(result.code).toBe(143);
  expect(stored.size).toBe(0);
  expect(result.stdout).toContain("smoke run ended");
  expect(result.stdout).not.toContain(TOKEN);
});
