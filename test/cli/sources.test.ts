import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportSchema } from "../../src/report/index.js";
import { createFolder } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { runCli } from "../support/run-cli.js";

const DUMP = `SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.notes (id integer NOT NULL, title text NOT NULL);
ALTER TABLE public.notes OWNER TO somebody;
ALTER TABLE ONLY public.notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);
`;
const FEATURES = `features:
  read-notes: { title: Read notes, endpoints: ["GET /notes"], reads: { notes: [id, title] } }
smoke: { flows: { a: { steps: { one: { feature: read-notes, request: GET /notes } } } } }
`;
const NO_SCRATCH = "postgresql://nobody:canary-password@127.0.0.1:1/none?sslmode=disable";

const folder = createFolder();
let good: TestDatabase;
let broken: TestDatabase;

beforeAll(async () => {
  good = await createTestDatabase("good");
  await good.sql("create table notes (id integer primary key, title text not null)");
  broken = await createTestDatabase("broken");
  await broken.sql("create table notes (id integer primary key)");
  folder.file("dump.sql", DUMP);
  mkdirSync(join(folder.path, "checks"));
  writeFileSync(
    join(folder.path, "checks", "notes.yaml"),
    `version: 1\napplication: notes\nexpect: { sql: ../dump.sql }\n${FEATURES}`,
  );
});
afterAll(async () => {
  folder.remove();
  await Promise.all([good.drop(), broken.drop()]);
});

function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runCli(args, { env: { SCHEMAREADY_SCRATCH_URL: serverUrl(), ...env }, cwd: folder.path });
}

describe("compile --sql", () => {
  it("expects what the file makes, byte for byte the same each time, and says where a line is refused", async () => {
    const { code, stderr } = await cli(["compile", "--sql", "dump.sql", "-o", "sql.json"]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^(?:note: the role of --scratch-url is a superuser.*\n)?contract of application from sql: 1 relation, 0 features; sha256:/,
      ),
    });
    const again = await cli(["compile", "-o", "-"], { SCHEMAREADY_SQL: "dump.sql" });
    expect(again.stdout).toBe(readFileSync(join(folder.path, "sql.json"), "utf8"));
    const env = { SCHEMAREADY_SCRATCH_URL: NO_SCRATCH };
    const pass = await cli(["verify", "--contract", "sql.json"], { ...env, DATABASE_URL: good.url });
    const fail = await cli(["verify", "--contract", "sql.json"], { ...env, DATABASE_URL: broken.url });
    expect([pass.code, fail.code]).toEqual([0, 1]);
    expect(fail.stdout).toContain("notes.title is missing");
    folder.file("bad.sql", "create table a (id int);\ncreate table b (id int references c);\n");
    const bad = await cli(["compile", "--sql", "bad.sql", "-o", "never.json"]);
    expect(bad).toMatchObject({ code: 2, stdout: "" });
    expect(bad.stderr).toContain(
      "error SQL_FILE: PostgreSQL refuses a statement of bad.sql.\n  bad.sql:2: PostgreSQL says: ",
    );
  });

  it("is one source beside others, not two, and all of them are named", async () => {
    const { code, stderr } = await cli(["compile", "--sql", "a.sql", "--migrations", "m", "--from-contract", "c.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("  --sql: another source beside --migrations");
    expect(stderr).toContain("  --from-contract: another source beside --migrations");
  });

  it("is not joined with check files that name a source themselves", async () => {
    const { code, stderr } = await cli(["compile", "--sql", "dump.sql", "--checks", "checks"]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "  --sql: another source beside the `expect` of checks/notes.yaml:3: leave out one of them",
    );
  });
});

describe("compile --from-contract", () => {
  it("needs no throwaway server by itself, and takes features from check files", async () => {
    expect((await cli(["compile", "--sql", "dump.sql", "-o", "base.json", "--quiet"])).code).toBe(0);
    const same = await cli(["compile", "--from-contract", "base.json", "-o", "-"], {
      SCHEMAREADY_SCRATCH_URL: NO_SCRATCH,
    });
    expect(same.stdout).toBe(readFileSync(join(folder.path, "base.json"), "utf8"));
    folder.file("features.yaml", `version: 1\napplication: notes\n${FEATURES}`);
    const joined = await cli([
      "compile",
      "--from-contract",
      "base.json",
      "--checks",
      "features.yaml",
      "-o",
      "joined.json",
    ]);
    expect(joined).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("contract of notes from sql: 1 relation, 1 feature;"),
    });
    const missing = await cli(["compile", "--from-contract", "none.json"]);
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("error CONTRACT_FILE: none.json cannot be read"),
    });
  });
});

describe("a check file with `expect`", () => {
  it("is compiled at the start of verify", async () => {
    const look = async (url: string) => {
      const { code, stdout } = await cli(["verify", "--format", "json"], { DATABASE_URL: url });
      const { contract, gaps, features } = reportSchema.parse(JSON.parse(stdout));
      return {
        code,
        source: contract.source,
        gaps: gaps.map((gap) => gap.code),
        broken: features.map(({ status }) => status),
      };
    };
    expect(await look(good.url)).toEqual({ code: 0, source: "sql", gaps: [], broken: ["working"] });
    expect(await look(broken.url)).toEqual({ code: 1, source: "sql", gaps: ["MISSING_COLUMN"], broken: ["broken"] });
  });

  it("is the source of compile as well", async () => {
    const { code, stderr } = await cli(["compile", "-o", "from-checks.json"]);
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("contract of notes from sql: 1 relation, 1 feature;"),
    });
  });

  it("gives smoke its flows, with a database and without", async () => {
    const server = createServer((_, response) => response.writeHead(200).end("{}")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const args = ["smoke", "--base-url", url, "--format", "json"];
      const without = await cli(args, { SCHEMAREADY_SCRATCH_URL: NO_SCRATCH });
      expect(without.code, without.stderr).toBe(0);
      const { code, stdout, stderr } = await cli(args, { DATABASE_URL: broken.url });
      expect(code, stderr).toBe(0);
      expect(reportSchema.parse(JSON.parse(stdout))).toMatchObject({ verdict: "fail", smoke: { outcome: "passed" } });
    } finally {
      server.close();
    }
  });

  it("never shows the password of the database that a variable names", async () => {
    folder.file(
      "reference.yaml",
      'version: 1\napplication: notes\nexpect: { database: "{{env.REFERENCE_DATABASE_URL}}" }\n',
    );
    const unset = await cli(["compile", "--checks", "reference.yaml"]);
    expect(unset).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("reference.yaml:3:21: the variable REFERENCE_DATABASE_URL is not set"),
    });
    const nobody = await cli(["compile", "--checks", "reference.yaml"], { REFERENCE_DATABASE_URL: NO_SCRATCH });
    expect(nobody).toMatchObject({
      code: 3,
      stdout: "",
      stderr: expect.stringContaining("error DATABASE_UNREACHABLE"),
    });
    expect(nobody.stderr).not.toContain("canary-password");
    const { code } = await cli(["verify", "--checks", "reference.yaml"], {
      REFERENCE_DATABASE_URL: good.url,
      DATABASE_URL: broken.url,
    });
    expect(code).toBe(1);
  });
});

it("says that --schema counts for nothing beside a check file or a contract that names a schema", async () => {
  folder.file(
    "own.yaml",
    "version: 1\napplication: notes\nschema: public\nrelations: { notes: { columns: { id: integer not null, title: text not null } } }\n",
  );
  const verify = (args: readonly string[], env = {}) => cli(["verify", ...args], { DATABASE_URL: good.url, ...env });
  const compiled = await cli(["compile", "--checks", "own.yaml", "-o", "own.json"]);
  expect(compiled.code).toBe(0);
  for (const source of [
    ["--checks", "own.yaml"],
    ["--contract", "own.json"],
  ]) {
    const refused = await verify([...source, "--schema", "tenant"]);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain('--schema: is "tenant", but notes has its objects in schema "public"');
    const told = await verify(source, { SCHEMAREADY_SCHEMA: "tenant" });
    expect(told.code).toBe(0);
    expect(told.stderr).toContain('note: SCHEMAREADY_SCHEMA is "tenant", but notes has its objects in schema "public"');
    expect((await verify([...source, "--schema", "public"])).stderr).not.toContain("--schema");
  }
});
