import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportSchema } from "../../src/report/index.js";
import { createFolder, NOTES_CHECK, NOTES_SQL } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { runCli } from "../support/run-cli.js";
import { runServe } from "../support/run-serve.js";

/** Names no relation of its own: what its features use is in the reference database. */
const FEATURES_ONLY = `version: 1
application: notes
schema: public
features:
  write-note: { title: Write a note, writes: { notes: { insert: [id, title] } } }
  read-notes: { title: Read notes, reads: { notes: "*" }, rows: [{ table: notes, where: "id > 0", atLeast: 0 }] }
`;

const folder = createFolder();
const checks = folder.file("notes.yaml", NOTES_CHECK);
const features = folder.file("features.yaml", FEATURES_ONLY);
let good: TestDatabase;
let broken: TestDatabase;

/** Nobody listens on port 1: whatever needs a throwaway server fails. */
const NO_SCRATCH = "postgresql://nobody:canary-password@127.0.0.1:1/none?sslmode=disable";

beforeAll(async () => {
  good = await createTestDatabase("good");
  await good.sql(NOTES_SQL);
  broken = await createTestDatabase("broken");
  await broken.sql("create table notes (id integer primary key, tags text[])");
});
afterAll(async () => {
  folder.remove();
  await Promise.all([good.drop(), broken.drop()]);
});

function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runCli(args, { env: { SCHEMAREADY_SCRATCH_URL: serverUrl(), ...env }, cwd: folder.path });
}

async function compiled(name: string, args: readonly string[]): Promise<string> {
  const file = join(folder.path, name);
  const { code, stdout, stderr } = await cli(["compile", ...args, "-o", file]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toMatch(/^contract of \S+ from [a-z ]+: \d+ relations?, \d+ features?; sha256:[0-9a-f]{64}\n$/);
  return file;
}

describe("compile", () => {
  it("writes the same bytes each time, to a file and to stdout, and leaves nothing else behind", async () => {
    const file = await compiled("a.json", ["--checks", checks]);
    const { code, stdout, stderr } = await cli(["compile", "--checks", checks, "--output", "-"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(readFileSync(file, "utf8"));
    expect(stdout).not.toContain(folder.path);
    expect(readdirSync(folder.path).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("writes contract.json unless told otherwise", async () => {
    const { code } = await cli(["compile", "--checks", checks, "--quiet"]);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder.path, "contract.json"), "utf8"))).toMatchObject({ formatVersion: 1 });
  });

  it("leaves the old contract alone when the check files are wrong", async () => {
    const file = folder.file("old.json", "old");
    const bad = folder.file(
      "bad.yaml",
      "version: 1\napplication: x\nrelations: { a: { columns: { id: nonsense } } }\n",
    );
    const { code, stdout, stderr } = await cli(["compile", "--checks", bad, "-o", file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("error CHECK_FILE_SQL");
    expect(readFileSync(file, "utf8")).toBe("old");
  });

  it("refuses a place that cannot be written before anything runs", async () => {
    const { code, stderr } = await cli(["compile", "--checks", checks, "-o", "no/such/c.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("  --output: the directory of ");
  });
});

describe("compile --from-database", () => {
  it("needs no throwaway server, and the database satisfies its own contract", async () => {
    const file = join(folder.path, "reference.json");
    const env = { SCHEMAREADY_SCRATCH_URL: NO_SCRATCH };
    const { code } = await cli(["compile", "--from-database", good.url, "-o", file], env);
    expect(code).toBe(0);
    expect(readFileSync(file, "utf8")).not.toMatch(/password|postgresql:/);
    const same = await cli(["verify", "--contract", file, "--format", "json"], { ...env, DATABASE_URL: good.url });
    expect(reportSchema.parse(JSON.parse(same.stdout))).toMatchObject({ verdict: "pass", gaps: [], unverified: [] });
    const other = await cli(["verify", "--contract", file], { ...env, DATABASE_URL: broken.url });
    expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining("notes.title is missing") });
  });

  it("takes the features from check files, which may name what only the database has", async () => {
    const file = await compiled("joined.json", ["--from-database", good.url, "--checks", features]);
    const { code, stdout } = await cli(["verify", "--contract", file, "--format", "json"], {
      DATABASE_URL: broken.url,
      SCHEMAREADY_SCRATCH_URL: NO_SCRATCH,
    });
    expect(code).toBe(1);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.contract.source).toBe("database");
    expect(report.features.map(({ id, status }) => [id, status])).toEqual([
      ["write-note", "broken"],
      ["read-notes", "broken"],
    ]);
  });

  it("lists what features name and nobody has, with its place", async () => {
    const text = FEATURES_ONLY.replace("insert: [id, title]", "insert: [id, titel]").replace(
      'notes: "*"',
      "note: [id]",
    );
    const wrong = folder.file("wrong.yaml", text);
    const { code, stderr } = await cli(["compile", "--from-database", good.url, "--checks", wrong, "-o", "-"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.yaml:5:\d+: relation "notes" names no column "titel"; did you mean "title"\?/);
    expect(stderr).toMatch(/wrong\.yaml:6:\d+: this file has no relation "note", nor has the schema it is joined with/);
  });

  it.each([
    ["nowhere", 'there is no schema "nowhere"'],
    ["empty", 'schema "empty" has no relation'],
  ])("refuses schema %s, of which nothing would be expected", async (schema, message) => {
    await good.sql("create schema if not exists empty");
    const { code, stderr } = await cli(["compile", "--from-database", good.url, "--schema", schema, "-o", "x.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(join(folder.path, "x.json"))).toBe(false);
  });

  it("does not write a contract with holes: a locked table is exit 3", async () => {
    const locked = await createTestDatabase("locked");
    try {
      await locked.sql("create table a (b int check (b > 0))");
      const client = await locked.connect();
      await client.query("begin; lock table a in access exclusive mode");
      const { code, stderr } = await cli(["compile", "--from-database", locked.url, "-o", "x.json"]);
      expect(code).toBe(3);
      expect(stderr).toContain("error CONTRACT_SOURCE");
      expect(stderr).toContain("public.a: ");
      expect(existsSync(join(folder.path, "x.json"))).toBe(false);
    } finally {
      await locked.drop();
    }
  });

  it("never shows the password, and says that nothing answers with exit 3", async () => {
    const { code, stdout, stderr } = await cli(["compile", "--from-database", NO_SCRATCH]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("error DATABASE_UNREACHABLE");
    expect(stderr).not.toContain("canary-password");
  });
});

describe("compile --migrations", () => {
  const INIT = `create type mood as enum ('sad', 'happy');
create table users (id serial primary key, feeling mood, state varchar(9) check (state in ('on', 'off')));\n`;
  const EMAIL = "alter table users add column email text not null;\ncreate unique index on users (lower(email));\n";

  /** A directory of Prisma migrations, called by number. */
  function migrations(name: string, ...scripts: readonly string[]): string {
    const directory = join(folder.path, name);
    for (const [i, sql] of scripts.entries()) {
      mkdirSync(join(directory, `2025010${i + 1}000000_m`), { recursive: true });
      writeFileSync(join(directory, `2025010${i + 1}000000_m`, "migration.sql"), sql);
    }
    writeFileSync(join(directory, "migration_lock.toml"), 'provider = "postgresql"\n');
    return directory;
  }

  it("expects what the migrations make, and says which migration brings what is missing", async () => {
    const directory = migrations("good", INIT, EMAIL);
    const file = join(folder.path, "migrations.json");
    const args = ["compile", "--migrations", directory, "--tool", "prisma", "-o", file];
    const { code, stderr } = await cli(args);
    expect(code, stderr).toBe(0);
    expect(readFileSync(file, "utf8")).not.toContain(folder.path);
    const again = await cli(["compile", "--migrations", directory, "--quiet", "-o", "-"]);
    expect(again).toEqual({ code: 0, signal: null, stderr: "", stdout: readFileSync(file, "utf8") });
    const database = await createTestDatabase("migrated");
    try {
      await database.sql(INIT + EMAIL);
      const env = { DATABASE_URL: database.url, SCHEMAREADY_SCRATCH_URL: NO_SCRATCH };
      const gaps = async () => {
        const { stdout } = await cli(["verify", "--contract", file, "--format", "json"], env);
        return reportSchema
          .parse(JSON.parse(stdout))
          .gaps.filter((gap) => gap.code !== "MIGRATION_NOT_APPLIED")
          .map((gap) => [gap.code, gap.subject.name, gap.introducedBy]);
      };
      expect(await gaps()).toEqual([]);
      await database.sql("drop index users_lower_idx; alter table users drop column feeling");
      expect(await gaps()).toEqual([
        ["MISSING_COLUMN", "feeling", "20250101000000_m"],
        ["MISSING_INDEX", "users_lower_idx", "20250102000000_m"],
      ]);
    } finally {
      await database.drop();
    }
  });

  it("says why a migration does not replay, with file and line, and writes nothing", async () => {
    const directory = migrations("bad", INIT, "-- two\nalter table nobody add column a text;\n");
    const { code, stdout, stderr } = await cli(["compile", "--migrations", directory, "-o", "never.json"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("error MIGRATION_REPLAY: Migration 20250102000000_m cannot be replayed.");
    expect(stderr).toMatch(/20250102000000_m\/migration\.sql:2: .*42P01.* NO_MIGRATION_CREATES_IT: /);
    expect(existsSync(join(folder.path, "never.json"))).toBe(false);
  });

  it("is one source beside --from-database, not two", async () => {
    const { code, stderr } = await cli(["compile", "--migrations", "m", "--from-database", good.url]);
    expect(code).toBe(2);
    expect(stderr).toContain("  --from-database: another source beside --migrations");
  });
});

describe("--contract", () => {
  let file = "";
  beforeAll(async () => {
    file = await compiled("notes.json", ["--checks", checks]);
  });

  it("gives verify the verdict of the check files, without a throwaway server", async () => {
    const env = { DATABASE_URL: broken.url, SCHEMAREADY_SCRATCH_URL: NO_SCRATCH };
    const fromChecks = await cli(["verify", "--checks", checks], env);
    expect(fromChecks.code).toBe(3);
    const json = async (args: string[], more = {}) => {
      const { code, stdout } = await cli(["verify", ...args, "--format", "json"], { ...env, ...more });
      const { checkedAt, durationMs, ...rest } = reportSchema.parse(JSON.parse(stdout));
      return { code, ...rest };
    };
    const report = await json(["--contract", file]);
    expect(report).toEqual(await json(["--checks", checks], { SCHEMAREADY_SCRATCH_URL: serverUrl() }));
    expect(report).toMatchObject({ code: 1, verdict: "fail" });
    expect((await cli(["verify"], { ...env, SCHEMAREADY_CONTRACT: file })).code).toBe(1);
    expect((await cli(["verify", "--contract", file, "--feature", "read-notes"], env)).code).toBe(1);
  });

  it("gives serve its contract", async () => {
    const env = { DATABASE_URL: good.url, SCHEMAREADY_SCRATCH_URL: NO_SCRATCH };
    const { url, child, end } = await runServe(["--contract", file], { env });
    const status = await poll(`${url}/schema/health`);
    child.kill("SIGTERM");
    const { code, stderr } = await end;
    expect({ code, status }, stderr).toEqual({ code: 143, status: 200 });
  });

  it("gives smoke the schema, and the check files the flows", async () => {
    const server = createServer((_, response) => response.writeHead(200).end("{}")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const flows =
        "smoke: { flows: { a: { title: A, steps: { one: { feature: read-notes, request: GET /notes } } } } }\n";
      const flow = folder.file("flow.yaml", `${FEATURES_ONLY}${flows}`);
      const env = { DATABASE_URL: good.url, SCHEMAREADY_SCRATCH_URL: NO_SCRATCH };
      const args = ["smoke", "--contract", file, "--checks", flow, "--base-url", url, "--format", "json"];
      const { code, stdout, stderr } = await cli(args, env);
      expect(code, stderr).toBe(0);
      expect(reportSchema.parse(JSON.parse(stdout))).toMatchObject({ verdict: "pass", smoke: { outcome: "passed" } });
    } finally {
      server.close();
    }
  });

  it("is refused beside --checks for verify, and a flag wins over a variable", async () => {
    const env = { DATABASE_URL: good.url };
    const both = await cli(["verify", "--contract", file, "--checks", checks], env);
    expect(both).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("  --contract: a contract and check files"),
    });
    const flag = await cli(["verify", "--contract", file], { ...env, SCHEMAREADY_CHECKS: "no/such.yaml" });
    expect(flag.code).toBe(0);
    const other = await cli(["verify", "--checks", checks], { ...env, SCHEMAREADY_CONTRACT: "no/such.json" });
    expect(other.code).toBe(0);
  });

  it.each([
    ["no-such.json", null, "no-such.json cannot be read: there is no such file."],
    ["a-folder", "", "a-folder cannot be read: it is a directory."],
    ["broken.json", "{ nope", "broken.json is not JSON."],
    ["future.json", '{ "formatVersion": 9 }', "future.json has format version 9; this schemaready reads version 1."],
  ])("that cannot be used is exit 2: %s", async (name, text, message) => {
    if (text === "") mkdirSync(join(folder.path, name));
    else if (text !== null) writeFileSync(join(folder.path, name), text);
    const { code, stdout, stderr } = await cli(["verify", "--contract", name], { DATABASE_URL: good.url });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`error CONTRACT_FILE: ${message}`);
  });

  it("that was changed by hand is exit 2", async () => {
    const text = readFileSync(file, "utf8").replace('"complete": false', '"complete": true');
    const edited = folder.file("edited.json", text);
    const { code, stderr } = await cli(["verify", "--contract", edited], { DATABASE_URL: good.url });
    expect(code).toBe(2);
    expect(stderr).toContain("was changed after it was compiled.");
  });
});

async function poll(url: string): Promise<number> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const { status } = await fetch(url);
    if (status !== 503 || Date.now() > deadline) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
