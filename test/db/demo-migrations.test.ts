/** demo/migrations.ts leaves the rows that Prisma leaves, and refuses what Prisma refuses. */
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildIncident } from "../../demo/incident.js";
import {
  deploy,
  type Migration,
  readMigrations,
  resolveApplied,
  resolveRolledBack,
  status,
} from "../../demo/migrations.js";
import { FIX, MIGRATIONS } from "../../demo/paths.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";

const one: Migration = { name: "20250101_one", script: "create table one (id int);" };
const two: Migration = { name: "20250102_two", script: "create table two (id int); create table one (id int);" };

let database: TestDatabase;
let client: pg.Client;
beforeEach(async () => {
  database = await createTestDatabase("migrations");
  client = await database.connect();
});
afterEach(() => database.drop());

function rows() {
  return database.query(
    `select migration_name as name, checksum, logs, applied_steps_count as steps, finished_at > started_at as ran,
       finished_at = started_at as recorded, rolled_back_at is not null as rolled_back
     from _prisma_migrations order by started_at`,
  );
}

describe("deploy", () => {
  it("runs what is pending, in order, once", async () => {
    const three: Migration = { name: "20250103_three", script: "select pg_sleep(0.01); drop table one;" };
    expect(await deploy(client, [one, three])).toEqual([one.name, three.name]);
    expect(await deploy(client, [one, three])).toEqual([]);
    expect(await rows()).toMatchObject([
      {
        name: one.name,
        checksum: "9411214ef281f6e41950c13393e58dc90b558495c8c0068fe9b6dfa2b49b6775",
        steps: 1,
        logs: null,
      },
      { name: three.name, steps: 1, logs: null, ran: true, rolled_back: false },
    ]);
  });

  it("stops at the first failure, which leaves nothing but its row, and refuses from then on", async () => {
    const failing = deploy(client, [one, two]);
    await expect(failing).rejects.toMatchObject({ code: "P3018", message: expect.stringContaining("42P07") });
    expect(await database.query("select to_regclass('two') as two")).toEqual([{ two: null }]);
    const [, failed] = await rows();
    expect(failed).toMatchObject({ name: two.name, steps: 0, ran: null, rolled_back: false });
    expect(failed?.["logs"]).toMatch(
      /^A migration failed to apply\. [\s\S]+Migration name: 20250102_two\n\nDatabase error code: 42P07\n\nDatabase error:\nERROR: relation "one" already exists\n\nDbError \{ severity: "ERROR", parsed_severity: Some\(Error\), code: SqlState\(E42P07\), message: "relation \\"one\\" already exists"/,
    );
    await expect(deploy(client, [one, two])).rejects.toMatchObject({
      code: "P3009",
      message: expect.stringMatching(
        /^migrate found failed migrations in the target database[\s\S]+`20250102_two` migration started at /,
      ),
    });
    expect(await status(client, [one, two])).toEqual(["applied  20250101_one", "failed   20250102_two"]);
  });

  it("wants a baseline where tables exist without records", async () => {
    await database.sql("create table one (id int)");
    await expect(deploy(client, [one])).rejects.toMatchObject({ code: "P3005" });
  });
});

describe("resolve", () => {
  beforeEach(() => deploy(client, [one, two]).catch(() => {}));

  it("--rolled-back lets the migration run again", async () => {
    await resolveRolledBack(client, two.name);
    await database.sql("drop table one");
    expect(await deploy(client, [one, two])).toEqual([two.name]);
    const states = await rows();
    expect(states.map(({ name, steps, rolled_back }) => [name, steps, rolled_back])).toEqual([
      [one.name, 1, false],
      [two.name, 0, true],
      [two.name, 1, false],
    ]);
  });

  it("--applied records without running: started = finished, no steps, empty logs", async () => {
    await resolveApplied(client, [one, two], two.name);
    const [, failed, recorded] = await rows();
    expect(failed).toMatchObject({ name: two.name, rolled_back: true });
    expect(recorded).toMatchObject({ name: two.name, recorded: true, steps: 0, logs: "", rolled_back: false });
    expect(await deploy(client, [one, two])).toEqual([]);
    expect(await database.query("select to_regclass('two') as two")).toEqual([{ two: null }]);
  });

  it("refuses what makes no sense", async () => {
    await expect(resolveRolledBack(client, "20250109_never")).rejects.toMatchObject({ code: "P3011" });
    await expect(resolveRolledBack(client, one.name)).rejects.toMatchObject({ code: "P3012" });
    await expect(resolveApplied(client, [one], "20250109_never")).rejects.toMatchObject({ code: "P3017" });
    await expect(resolveApplied(client, [one], one.name)).rejects.toMatchObject({ code: "P3008" });
  });
});

describe("the history of the sample application", () => {
  it("fails as it did: 42710, one failed row, four pending", async () => {
    const migrations = await readMigrations(MIGRATIONS);
    const { error } = await buildIncident(client, migrations);
    expect(error.code).toBe("P3018");
    expect(error.message).toContain('constraint "avatars_projectId_fkey" for relation "avatars" already exists');
    expect(await status(client, migrations)).toEqual([
      "applied  20250930134808_init",
      "applied  20251011_avatar_pose_split",
      "failed   20251014_add_avatar_creator_complete",
      "pending  20251015_add_recovery_indexes",
      "pending  20251015_add_variation_key_to_generated_pose",
      "pending  20251016_p2_performance_indexes",
      "pending  20251018_add_user_settings",
    ]);
  });

  it("replays from nothing with the fix, and does not without it", async () => {
    await expect(deploy(client, await readMigrations(MIGRATIONS))).rejects.toMatchObject({ code: "P3018" });
    const empty = await createTestDatabase("replay");
    try {
      expect(await deploy(await empty.connect(), await readMigrations(MIGRATIONS, FIX))).toHaveLength(8);
    } finally {
      await empty.drop();
    }
  });
});
