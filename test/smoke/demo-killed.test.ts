/** The demo application goes away at each request of a run, as after a kill: a later clean-up leaves every table as it was. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildApp } from "../../demo/app/app.js";
import { type DatabasePool, openDatabase } from "../../demo/app/database.js";
import { signToken } from "../../demo/app/token.js";
import { generateNext } from "../../demo/app/worker.js";
import { buildIncident } from "../../demo/incident.js";
import { deploy, readMigrations, resolveRolledBack } from "../../demo/migrations.js";
import { FIX, MIGRATIONS } from "../../demo/paths.js";
import { seedModels, seedPresets } from "../../demo/seed.js";
import { loadCheckFiles } from "../../src/expect/index.js";
import type { SmokeSuite } from "../../src/model/flow.js";
import { cleanUpLater, runSmoke } from "../../src/smoke/index.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";

const SECRET = "secret of this test";
/** Requests that are answered before the application goes away. */
const state = { seen: 0, last: Number.POSITIVE_INFINITY, at: "", gone: new AbortController() };
let test: TestDatabase;
let database: DatabasePool;
let app: FastifyInstance;
let worker: NodeJS.Timeout;
let baseUrl = "";
let directory = "";
let suites: readonly SmokeSuite[] = [];
let env: Record<string, string> = {};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "schemaready-demo-killed-"));
  test = await createTestDatabase("demo_killed");
  const client = await test.connect();
  const incident = await buildIncident(client, await readMigrations(MIGRATIONS));
  await resolveRolledBack(client, "20251014_add_avatar_creator_complete");
  await deploy(client, await readMigrations(MIGRATIONS, FIX));
  await seedModels(client);
  await seedPresets(client);
  database = openDatabase(test.url);
  app = buildApp({ database, secret: SECRET });
  app.addHook("onRequest", async (_request, reply) => {
    if (++state.seen <= state.last) return;
    // Hijacked, the request is not handled any further: it never arrived.
    reply.hijack();
    reply.raw.destroy();
  });
  // The last one does its work, and nobody hears of it.
  app.addHook("onSend", async ({ method, url }, reply) => {
    if (state.seen !== state.last) return;
    state.at = `${method} ${url}`;
    reply.raw.destroy();
    // Nobody waits for an application that is gone.
    state.gone.abort();
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  baseUrl = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  worker = setInterval(() => void generateNext(database).catch(() => {}), 50);
  ({ suites } = await loadCheckFiles(["checks"]));
  env = { SMOKE_TOKEN: signToken(incident.userId, SECRET) };
});
afterAll(async () => {
  clearInterval(worker);
  await app.close();
  await database.close();
  await test.drop();
  rmSync(directory, { recursive: true, force: true });
});

async function counts(): Promise<unknown> {
  const tables = await test.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  const each = tables.map(({ name }) => `select '${name}' as name, count(*)::int as rows from "${name}"`);
  return test.query(`${each.join(" union all ")} order by 1`);
}

async function runUntil(last: number) {
  Object.assign(state, { seen: 0, last, gone: new AbortController() });
  const path = join(directory, `run-${last}.jsonl`);
  const runFile = { paths: () => [path], onOpen: () => {}, onProblem: () => {} };
  const result = await runSmoke({ suites, baseUrl, env, connection: null, runFile, signal: state.gone.signal });
  const requests = state.seen;
  Object.assign(state, { last: Number.POSITIVE_INFINITY });
  return { path, result, requests, at: state.at };
}

it("leaves every table as it was, wherever the run has ended", async () => {
  // The application enters itself into its table of applications when it is used first.
  await runUntil(Number.POSITIVE_INFINITY);
  const before = await counts();
  const { result, requests, path } = await runUntil(Number.POSITIVE_INFINITY);
  expect(result.cleanup).toMatchObject({ outcome: "passed", leftovers: [] });
  expect(existsSync(path)).toBe(false);
  expect(await counts()).toEqual(before);
  expect(requests).toBeGreaterThan(5);
  for (let last = 1; last <= requests; last++) {
    const ended = await runUntil(last);
    if (existsSync(ended.path)) {
      const text = readFileSync(ended.path, "utf8");
      expect(text).not.toContain(env["SMOKE_TOKEN"]);
      const onProblem = (message: string) => expect.unreachable(message);
      const file = { path: ended.path, text, onProblem };
      const later = await cleanUpLater({ suites, baseUrl: null, env, connection: null, runFile: file });
      // Only what was never answered may stay in the list, and even that is gone with its account. When the account
      // itself was removed and only the answer was lost, nobody can log in any more to hear that it is gone.
      const listed = ended.at === "DELETE /api/auth/account" ? /^user / : /^perhaps /;
      const seen = { at: ended.at, leftovers: later.cleanup.leftovers.filter((leftover) => !listed.test(leftover)) };
      expect(seen, JSON.stringify(later)).toEqual({ at: ended.at, leftovers: [] });
    }
    expect([last, await counts()]).toEqual([last, before]);
  }
}, 180_000);
