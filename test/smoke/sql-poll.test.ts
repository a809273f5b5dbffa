/** SQL steps that wait for a row: on a real server, with a worker that writes it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ConnectionSettings, parseConnectionString } from "../../src/config/index.js";
import type { SqlStep } from "../../src/model/flow.js";
import type { SmokeEvent } from "../../src/model/smoke-event.js";
import { runSmoke, type SmokeInput } from "../../src/smoke/index.js";
import { flow, sqlStep, suite } from "../support/flows.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";

type SqlPoll = NonNullable<SqlStep["poll"]>;

let database: TestDatabase;
let connection: ConnectionSettings;
beforeAll(async () => {
  database = await createTestDatabase("sql polls");
  connection = parseConnectionString(database.url);
  await database.sql("create table jobs (id int primary key, status text not null, api_key text, tries bigint)");
});
beforeEach(() => database.sql("truncate jobs"));
afterAll(() => database.drop());

const status = (equals: string): SqlPoll["until"] => ({
  rows: null,
  values: [{ column: "status", predicate: { equals } }],
});
const poll = (parts: Partial<SqlPoll> = {}): SqlPoll => ({
  ...{ until: status("completed"), failWhen: null, everyMs: 10, timeoutMs: 20_000 },
  ...parts,
});
const wait = (parts: Partial<SqlStep> = {}) =>
  sqlStep("wait", "select * from jobs where id = $1", { params: ["1"], poll: poll(), ...parts });

/** What the worker does when the step goes into its next round: one statement a round. */
async function run(step: SqlStep, worker: readonly string[] = [], parts: Partial<SmokeInput> = {}) {
  const rounds: SmokeEvent[] = [];
  let work: Promise<unknown> = Promise.resolve();
  const onEvent = (event: SmokeEvent) => {
    if (event.kind !== "poll") return;
    const statement = worker[rounds.length];
    rounds.push(event);
    if (statement !== undefined) work = work.then(() => database.sql(statement));
  };
  const suites = [suite([flow("f", [step])], { baseUrl: "http://127.0.0.1:1" })];
  const result = await runSmoke({ suites, baseUrl: null, env: {}, connection, onEvent, ...parts });
  await work;
  const [only] = result.flows[0]?.steps ?? [];
  return { outcome: only?.outcome, failures: only?.failures ?? [], rounds };
}

const ROW = "insert into jobs values (1, 'pending', null, 9007199254740993)";
const DONE = "update jobs set status = 'completed' where id = 1";

describe("an SQL step with a poll", () => {
  it("waits for the row that a worker writes and completes, then judges it", async () => {
    const result = await run(wait({ assert: { rows: { equals: 1 }, values: [] } }), [ROW, "select 1", DONE]);
    expect(result).toMatchObject({ outcome: "passed", failures: [] });
    expect(result.rounds.length).toBeGreaterThanOrEqual(3);
    expect(result.rounds[0]).toMatchObject({
      ...{ kind: "poll", flow: "f", step: "wait", attempt: 1 },
      pending: "column status: the query returned no rows",
    });
    expect(result.rounds.map((round) => "pending" in round && round.pending)).toContain(
      'column status: expected "completed", got "pending"',
    );
  });

  it("fails by `assert` although it is so", async () => {
    await database.sql(`${ROW}; ${DONE}`);
    const assert = { rows: null, values: [{ column: "tries", predicate: { equals: 1 } }] };
    expect(await run(wait({ assert }))).toEqual({
      ...{ outcome: "failed", rounds: [] },
      failures: ['column tries: expected 1, got "9007199254740993"'],
    });
  });

  it("gives its captures to `until` of a later step, and to its own claims", async () => {
    await database.sql(`${ROW}; ${DONE}; insert into jobs values (2, 'completed', null, 9007199254740993)`);
    const first = wait({ capture: [{ name: "n", column: "tries", secret: false }] });
    const until = { rows: { equals: 1 }, values: [{ column: "tries", predicate: { equals: "{{n}}" } }] };
    const second = sqlStep("second", "select * from jobs where id = 2", { poll: poll({ until }) });
    const suites = [suite([flow("f", [first, second])], { baseUrl: "http://127.0.0.1:1" })];
    expect(await runSmoke({ suites, baseUrl: null, env: {}, connection })).toMatchObject({ outcome: "passed" });
  });

  it("stops when it can no longer become so", async () => {
    const failWhen = { rows: { atLeast: 1 }, values: status("failed").values };
    const result = await run(wait({ poll: poll({ failWhen }) }), [ROW, "update jobs set status = 'failed'"]);
    expect(result.outcome).toBe("failed");
    expect(result.failures[0]).toMatch(/^stopped after \d+ tries: rows is 1, column status is "failed"$/);
    expect(result.failures[1]).toBe('column status: expected "completed", got "failed"');
  });

  it("never stops by a `failWhen` that claims nothing", async () => {
    const failWhen = { rows: null, values: [] };
    expect(await run(wait({ poll: poll({ failWhen }) }), [ROW, DONE])).toMatchObject({ outcome: "passed" });
  });

  it("tells no secret that it captures while it waits", async () => {
    const insert = "insert into jobs values (1, 'canary-status', null, 0)";
    const capture = [{ name: "s", column: "status", secret: true }];
    const { rounds } = await run(wait({ capture }), [insert, "select 1", DONE]);
    expect(JSON.stringify(rounds)).toContain("[redacted]");
    expect(JSON.stringify(rounds)).not.toContain("canary");
  });

  it("tells no secret when it stops", async () => {
    await database.sql("insert into jobs values (1, 'failed', 'canary-key-1', 0)");
    const failWhen = { rows: null, values: [{ column: "api_key", predicate: { exists: true } }] };
    const { failures } = await run(wait({ poll: poll({ failWhen }) }));
    expect(failures[0]).toBe('stopped after 1 try: column api_key is "[redacted]"');
  });

  it("ends with its tries, and with its time", async () => {
    await database.sql(ROW);
    const pending = 'column status: expected "completed", got "pending"';
    expect((await run(wait({ poll: poll({ max: 3 }) }))).failures).toEqual([`not so after 3 tries: ${pending}`]);
    const late = await run(wait({ poll: poll({ timeoutMs: 100 }) }));
    expect(late.outcome).toBe("failed");
    expect(late.failures[0]).toMatch(/^not so after 100 ms and \d+ tr(?:y|ies): column status: expected/);
  });

  it.each([
    ["a relation that does not exist", { query: "select $1::int from nowhere" }, /relation "nowhere" does not exist/],
    ["a statement that writes", { query: "delete from jobs where id = $1" }, /^SQL steps only read/],
  ])("does not ask again about %s", async (_, parts, message) => {
    const result = await run(wait(parts));
    expect(result).toMatchObject({ outcome: "errored", rounds: [], failures: [expect.stringMatching(message)] });
  });

  it("does not ask again with a user that the server refuses", async () => {
    const stranger = { ...connection, database: "no_such_database" };
    const result = await run(wait(), [], { connection: stranger });
    expect(result).toMatchObject({ outcome: "errored", rounds: [] });
    expect(result.failures[0]).toMatch(/database "no_such_database" does not exist \(SQLSTATE 3D000\)/);
    expect(result.failures[0]?.match(/SQLSTATE/g)).toHaveLength(1);
  });

  it("takes a server that cannot be reached, and a statement that is too slow, for `not yet`", async () => {
    const away = await run(wait({ poll: poll({ max: 2 }) }), [], { connection: { ...connection, port: 1 } });
    expect(away.outcome).toBe("errored");
    expect(away.rounds).toHaveLength(1);
    expect(away.failures[0]).toMatch(/^not so after 2 tries: .*cannot be reached: connect ECONNREFUSED/);
    const slow = await run(wait({ query: "select pg_sleep(30), $1", timeoutMs: 50, poll: poll({ max: 2 }) }));
    expect(slow.failures).toEqual(["not so after 2 tries: the statement took longer than 50 ms (SQLSTATE 57014)"]);
  });

  it("holds no lock and no snapshot between two rounds", async () => {
    await database.sql(ROW);
    // An exclusive lock would have to wait for a transaction that has read the table.
    const exclusive =
      "set lock_timeout = '2s'; alter table jobs add column if not exists note text; reset lock_timeout";
    const result = await run(wait({ poll: poll({ everyMs: 300 }) }), [exclusive, DONE]);
    expect(result).toMatchObject({ outcome: "passed", failures: [] });
  });

  it("ends at once when the run is stopped, and tells what was there last", async () => {
    await database.sql(ROW);
    const controller = new AbortController();
    const suites = [suite([flow("f", [wait({ poll: poll({ everyMs: 60_000, timeoutMs: 60_000 }) })])])];
    const onEvent = ({ kind }: SmokeEvent) => (kind === "poll" ? controller.abort() : undefined);
    const baseUrl = "http://127.0.0.1:1";
    const result = await runSmoke({ suites, baseUrl, env: {}, connection, onEvent, signal: controller.signal });
    expect(result.flows[0]?.steps[0]).toMatchObject({
      outcome: "errored",
      failures: ["the run was stopped", 'column status: expected "completed", got "pending"'],
    });
  });
});
