/** What running on a copy shows, and when it shows nothing. */
import { afterEach, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { tryPending } from "../../../src/copy/try-pending.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { shareHistories } from "../../../src/model/history.js";
import type { Trial } from "../../../src/model/trial.js";
import { history, migration } from "../../support/builders.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { directoryOf, type FolderOptions } from "../replay/support.js";
import { useCopies } from "./support.js";

const copies = useCopies();
const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

/** The database as `state` makes it; `0_done` is applied, the others wait. */
async function trial(state: string, waiting: Readonly<Record<string, string>>, options: FolderOptions = {}) {
  const database = await createTestDatabase("trial");
  databases.push(database);
  await database.sql(state);
  const names = Object.keys(waiting);
  const migrations = [migration("0_done", "applied"), ...names.map((name) => migration(name, "pending"))];
  const [shared] = shareHistories([{ ...history(migrations), state: "behind" }]);
  if (shared === undefined) throw new Error("no history");
  return tryPending({
    history: shared,
    directory: directoryOf({ "0_done": "create table done (id int primary key);", ...waiting }, options),
    recordTable: null,
    schemas: ["public"],
    connection: parseConnectionString(database.url),
    limits: DEFAULT_LIMITS,
    scratch: copies.server(),
  });
}

const DONE = "create table done (id int primary key);";

/** `migration:line SQLSTATE`, or why nobody knows. */
function said(trial: Trial | null): string {
  if (trial === null) return "nothing to try";
  const { result } = trial;
  if (result.kind === "failed") return `${result.failure.migration}:${result.failure.line} ${result.failure.sqlstate}`;
  return result.kind === "unknown" ? result.reason : "ran";
}

describe("migrations that wait", () => {
  it("run on the state that the database is in", async () => {
    const waiting = { "1_a": "alter table done add n text;", "2_b": "create index on done (n);" };
    expect(said(await trial(DONE, waiting))).toBe("ran");
  });

  it("stop at the first statement that is refused", async () => {
    const waiting = {
      "1_a": "create table x ();",
      "2_b": "create table y ();\n\nalter table done add id int;",
      "3_c": "x",
    };
    expect(said(await trial(DONE, waiting))).toBe("2_b:3 42701");
  });

  it("find what is there although no migration says so, and miss what should be", async () => {
    expect(
      said(await trial(`${DONE} create type mood as enum ();`, { "1_a": "create type mood as enum ('a');" })),
    ).toBe("1_a:1 42710");
    expect(said(await trial("select 1", { "1_a": "alter table done add n text;" }))).toBe("1_a:1 42P01");
    const killed = `${DONE} create index done_ix on done (id); update pg_index set indisvalid = false where indexrelid = 'done_ix'::regclass;`;
    expect(said(await trial(killed, { "1_a": "create index concurrently done_ix on done (id);" }))).toBe("1_a:1 42P07");
  });

  it("find what depends on it", async () => {
    const state = `${DONE} create view v as select id from done;`;
    expect(said(await trial(state, { "1_a": "alter table done drop column id;" }))).toBe("1_a:1 2BP01");
  });

  it("keep to the transaction rule of their tool", async () => {
    const waiting = { "1_a": "create index concurrently on done (id);\nalter table done add id int;" };
    expect(said(await trial(DONE, waiting, { transaction: "none" }))).toBe("1_a:2 42701");
  });
});

describe("nobody knows", () => {
  it("whether rows that the copy lacks would help", async () => {
    const state = `${DONE} insert into done values (1); create table parts (done int references done);`;
    expect(said(await trial(state, { "1_a": "insert into parts values (1);" }))).toContain("the copy holds no rows");
  });

  it("whether another search_path would help", async () => {
    const state = `${DONE} create schema tools; create function tools.make_id() returns int language sql as 'select 1';`;
    expect(said(await trial(state, { "1_a": "alter table done add n int default make_id();" }))).toContain(
      "stands in schema tools",
    );
    const missing = await trial(state, { "1_a": "alter table done add n int default tools.makes_id();" });
    expect(said(missing)).toBe("1_a:1 42883");
  });

  it("what a setting of the target would do", async () => {
    expect(said(await trial(DONE, { "1_a": "select current_setting('app.tenant');" }))).toContain(
      "may stand outside of the schema",
    );
  });

  it("anything without a copy", async () => {
    const state = `${DONE} create aggregate total(int) (sfunc = int4pl, stype = int); create view v as select total(id) from done;`;
    expect(said(await trial(state, { "1_a": "select 1;" }))).toContain(
      "no copy of the schema could be made: it would lack view public.v",
    );
  });
});

it("nothing is tried when nothing waits", async () => {
  expect(said(await trial(DONE, {}))).toBe("nothing to try");
});
