/** `schemaready repair` as a user runs it: the plan, its exit code, and psql with the plan. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childEnvironment } from "../../src/config/index.js";
import { reportSchema } from "../../src/report/index.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";
import { runCli } from "../support/run-cli.js";

const WANTED = `create type mood as enum ('sad', 'ok', 'happy');
create table orgs (id int primary key, name text not null);
create table users (id int primary key, email text not null unique, mood mood not null default 'ok',
  org int references orgs (id), "createdAt" timestamptz not null default now());
create index on users (mood);`;
const BROKEN = `create type mood as enum ('sad', 'happy');
create table users (id int primary key, email text, org int);`;

const folder = mkdtempSync(join(tmpdir(), "schemaready-repair-"));
const path = (name: string) => join(folder, name);
const databases: TestDatabase[] = [];

async function databaseWith(script: string): Promise<TestDatabase> {
  const database = await createTestDatabase("repair");
  databases.push(database);
  await database.sql(script);
  return database;
}

beforeAll(async () => {
  const reference = await databaseWith(WANTED);
  const compiled = await runCli(["compile", "--from-database", reference.url, "-o", path("contract.json")]);
  expect(compiled.code, compiled.stderr).toBe(0);
});
afterAll(async () => {
  for (const database of databases) await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const repair = (database: TestDatabase | null, ...args: string[]) =>
  runCli(["repair", "--contract", path("contract.json"), ...args], {
    env: database === null ? {} : { DATABASE_URL: database.url },
    timeoutMs: 120_000,
  });
const verify = (database: TestDatabase, ...args: string[]) =>
  runCli(["verify", "--contract", path("contract.json"), ...args], { env: { DATABASE_URL: database.url } });

const hasPsql = spawnSync("psql", ["--version"]).status === 0;
if (!hasPsql) process.stderr.write("skipped: there is no psql here, so that no plan is given to it\n");

/** As the first line of the plan says it. */
function psql(database: TestDatabase, file: string): string {
  const { status, stderr } = spawnSync("psql", [database.url, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file], {
    encoding: "utf8",
    env: childEnvironment(),
  });
  return `${status} ${stderr.split("\n").filter((line) => /ERROR|FATAL/.test(line))}`.trim();
}

describe.runIf(hasPsql)("the plan in psql", () => {
  it("brings the schema to what is needed, and does no harm when it is run again", async () => {
    const database = await databaseWith(BROKEN);
    const plan = await repair(database, "--format", "sql");
    expect([plan.code, plan.stderr]).toEqual([0, ""]);
    expect(plan.stdout).toMatch(/-- Proved: run on a copy of the schema/);
    writeFileSync(path("plan.sql"), plan.stdout);
    expect((await verify(database)).code).toBe(1);
    expect(psql(database, path("plan.sql"))).toBe("0");
    expect((await verify(database)).stdout).toMatch(/^PASS/);
    expect(psql(database, path("plan.sql"))).toBe("0");
    expect((await verify(database)).code).toBe(0);
    const again = await repair(database);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("nothing to repair")]);
  });

  it("does so with rows, when nothing in them is in the way", async () => {
    const database = await databaseWith(
      `${BROKEN} insert into users select n, n || '@x.org' from generate_series(1, 500) n`,
    );
    const plan = await repair(database, "--format", `sql=${path("rows.sql")}`);
    expect(plan.code, plan.stderr).toBe(0);
    expect(psql(database, path("rows.sql"))).toBe("0");
    expect((await verify(database)).code).toBe(0);
    expect(await database.query("select count(*)::int as n from users where mood = 'ok'")).toEqual([{ n: 500 }]);
  });
});

describe("rows that are in the way", () => {
  const ROWS = `insert into users values (1, null, null), (2, 'a@x.org', null), (3, 'a@x.org', 7)`;

  it("are counted before the statement fails, and what they refuse is left to people", async () => {
    const database = await databaseWith(`${BROKEN} ${ROWS}`);
    const { code, stdout } = await repair(database, "--format", "json");
    expect(code).toBe(1);
    const { notDone, proved, steps } = JSON.parse(stdout).repair;
    expect(proved).toBe(true);
    const whys = notDone.map(({ why }: { why: string }) => why).join("\n");
    expect(whys).toMatch(/1 row/);
    expect(steps.length).toBeGreaterThan(2);
    if (!hasPsql) return;
    // What is in the plan runs, although the rows are what they are.
    writeFileSync(path("some.sql"), (await repair(database, "--format", "sql")).stdout);
    expect(psql(database, path("some.sql"))).toBe("0");
  });

  it("get the value that the user gives", async () => {
    const database = await databaseWith(`${BROKEN} insert into users values (1, null, null)`);
    const asked = JSON.parse((await repair(database, "--format", "json")).stdout).repair;
    expect(asked.notDone.map(({ option }: { option: string | null }) => option)).toEqual([
      expect.stringContaining("--backfill 'public.users.email="),
    ]);
    const plan = await repair(database, "--backfill", "public.users.email='nobody@x.org'", "--format", "sql");
    expect(plan.code, plan.stdout).toBe(0);
    if (!hasPsql) return;
    writeFileSync(path("filled.sql"), plan.stdout);
    expect(psql(database, path("filled.sql"))).toBe("0");
    expect(await database.query("select email from users")).toEqual([{ email: "nobody@x.org" }]);
    expect((await verify(database)).code).toBe(0);
  });
});

describe("what is given", () => {
  it("is refused when no column takes it, all of it at once, with the nearest name", async () => {
    const database = await databaseWith(BROKEN);
    const { code, stdout, stderr } = await repair(
      database,
      ...["--backfill", "public.users.emial='x'", "--backfill", "public.users.email=1); drop table users; --"],
      ...["--backfill", "nothing"],
    );
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/BACKFILL/);
    expect(stderr).toMatch(/no column public.users.emial; did you mean public.users.email\?/);
    expect(stderr).toMatch(/is not one SQL expression/);
    expect(stderr).toMatch(/is "nothing", expected/);
  });

  it("may be a saved report, without a database: then nothing is tried, and the plan says so", async () => {
    const database = await databaseWith(BROKEN);
    await verify(database, "--format", `json=${path("report.json")}`);
    const { code, stdout } = await repair(null, "--report", path("report.json"));
    expect(stdout).toMatch(/Not tried: no database was given/);
    expect(stdout).toMatch(/CREATE TABLE IF NOT EXISTS "public"."orgs"/);
    expect([0, 1]).toContain(code);
    const live = await repair(database, "--report", path("report.json"), "--format", "json");
    expect(JSON.parse(live.stdout).repair.proved).toBe(true);
  });

  it("must be a report, of this contract", async () => {
    const other = await databaseWith("create table x (id int primary key)");
    const compiled = await runCli(["compile", "--from-database", other.url, "-o", path("other.json")]);
    expect(compiled.code).toBe(0);
    await runCli(["verify", "--contract", path("other.json"), "--format", `json=${path("of-other.json")}`], {
      env: { DATABASE_URL: other.url },
    });
    const wrong = await repair(null, "--report", path("of-other.json"));
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("was made with contract")]);
    const noReport = await repair(null, "--report", path("contract.json"));
    expect([noReport.code, noReport.stderr]).toEqual([2, expect.stringContaining("is a contract, not a report")]);
    const nothing = await repair(null, "--report", path("nowhere.json"));
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining("there is no such file")]);
  });

  it("may say that nothing is to be tried", async () => {
    const database = await databaseWith(BROKEN);
    const { code, stdout } = await repair(database, "--no-proof");
    expect([code, stdout]).toEqual([0, expect.stringContaining("Not tried: --no-proof was given")]);
  });
});

it("a database that does not answer has no plan, and says nothing of the schema", async () => {
  const { code, stdout } = await runCli(["repair", "--contract", path("contract.json"), "--timeout", "3s"], {
    env: { DATABASE_URL: "postgresql://app:secret@127.0.0.1:1/app" },
  });
  expect(code).toBe(3);
  expect(stdout).toMatch(/Let somebody look at the database|could not/);
  expect(stdout).not.toContain("secret");
});

describe("migrations that wait", () => {
  const MIGRATION = (name: string, sql: string) => {
    mkdirSync(path(`migrations/${name}`), { recursive: true });
    writeFileSync(path(`migrations/${name}/migration.sql`), sql);
  };
  const RECORD = `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
    migration_name varchar(255) not null, logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0);
    insert into _prisma_migrations values ('1', repeat('a', 64), now(), '1_init', null, null, now() - interval '1 s', 1);`;

  it("are deployed, unless they lose data: then a person looks first", async () => {
    const init = "create table notes (id int primary key, old text);";
    MIGRATION("1_init", init);
    MIGRATION("2_title", "alter table notes add column title text;");
    const database = await databaseWith(`${init} insert into notes values (1, 'precious'); ${RECORD}`);
    const planned = async () => {
      const compiled = await runCli(["compile", "--migrations", path("migrations"), "-o", path("notes.json")]);
      expect(compiled.code, compiled.stderr).toBe(0);
      const args = ["repair", "--contract", path("notes.json"), "--migrations", path("migrations"), "--format", "json"];
      const { code, stdout } = await runCli(args, { env: { DATABASE_URL: database.url }, timeoutMs: 120_000 });
      const { repair: plan } = reportSchema.parse(JSON.parse(stdout));
      const runs = plan.steps.flatMap((step) => (step.kind === "command" ? [step.run] : [step.statement]));
      return { code, runs, left: plan.notDone.map(({ what, why }) => `${what}: ${why}`), proof: plan.proof.kind };
    };
    expect(await planned()).toEqual({ code: 0, runs: ["npx prisma migrate deploy"], left: [], proof: "proved" });
    MIGRATION("2_title", "alter table notes add column title text;\nalter table notes drop column old;");
    const { code, runs, left } = await planned();
    expect({ code, runs }).toEqual({ code: 1, runs: [] });
    expect(left).toEqual([
      expect.stringMatching(/^Deploy 2_title: It loses data, so look first .*old.*\(2_title\/migration\.sql:2\)/),
    ]);
  });
});
