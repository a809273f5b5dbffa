/** What comes and goes between two statements leaves no trace in the versions: nothing may be built on one such reading. */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { settle, type Watched, watch } from "../../drift/watched.js";
import { createTestDatabase, type TestDatabase, type TestRole } from "../../support/postgres.js";
import { CONTRACT, schemaFor } from "./fixture.js";

let database: TestDatabase;
let role: TestRole;
let watched: Watched;

beforeAll(async () => {
  database = await createTestDatabase("without-trace");
  role = await database.createRole();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql(schemaFor(`"${role.name}"`));
  watched = await watch(CONTRACT, role.url);
  return async () => {
    vi.restoreAllMocks();
    await watched.close();
  };
});

/** Runs each change once, before the first statement of the verifier that has the words. */
function before(changes: Readonly<Record<string, string>>): void {
  const waiting = new Map(Object.entries(changes));
  const original = pg.Client.prototype.query as (this: pg.Client, statement: unknown, ...rest: unknown[]) => unknown;
  const query = async function (this: pg.Client, statement: unknown, ...rest: unknown[]) {
    const text = typeof statement === "object" && statement !== null ? String(Reflect.get(statement, "text")) : "";
    for (const [words, change] of waiting) {
      if (!text.includes(words)) continue;
      waiting.delete(words);
      await database.sql(change);
    }
    return original.call(this, statement, ...rest);
  };
  vi.spyOn(pg.Client.prototype, "query").mockImplementation(query as never);
}

const CREATE = "create unique index users_name on users (name)";
const DROP = "drop index users_name";
const FIRST_OF_A_READING = "schemaready:role ";
const AFTER_THE_CATALOG = "set_config('search_path'";
const verdict = async () => (await watched.look()).verdict;

it("does not trust one reading during which something came and went", async () => {
  expect(await verdict()).toBe("pass");
  await database.sql(DROP);
  before({ [FIRST_OF_A_READING]: CREATE, [AFTER_THE_CATALOG]: DROP });
  expect(await verdict()).toBe("pass");
  expect(await verdict()).toBe("fail");
});

it("does not trust readings during which the versions became others, however many agree", async () => {
  expect(await verdict()).toBe("pass");
  for (let round = 0; round < 2; round++) {
    await database.sql(DROP);
    before({ [FIRST_OF_A_READING]: CREATE });
    expect(await verdict()).toBe("pass");
    vi.restoreAllMocks();
  }
  await database.sql(DROP);
  expect(await verdict()).toBe("fail");
});

it("reads in full on a new connection, whatever the versions say", async () => {
  await watched.look();
  const reading = watched.bytes;
  await settle(watched);
  expect(watched.bytes).toBeLessThan(reading / 2);
  await database.sql(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = '${role.name}'
    and application_name like 'schemaready%'`);
  expect(await verdict()).toBe("pass");
  expect(watched.bytes).toBeGreaterThan(reading);
});
