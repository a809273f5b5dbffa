import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lintSchema } from "../../src/report/index.js";
import { createFolder } from "../support/cli-checks.js";
import { serverUrl } from "../support/postgres.js";
import { runCli } from "../support/run-cli.js";

const folder = createFolder();
afterAll(() => folder.remove());

/** Nobody listens on port 1: whatever needs a throwaway server fails. */
const NO_SCRATCH = "postgresql://nobody:canary-password@127.0.0.1:1/none?sslmode=disable";

function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runCli(args, { env: { SCHEMAREADY_SCRATCH_URL: serverUrl(), ...env }, cwd: folder.path });
}

/** A directory of Prisma migrations, called by number. */
function migrations(name: string, ...scripts: readonly string[]): string {
  for (const [at, sql] of scripts.entries()) {
    const directory = join(folder.path, name, `2025010${at + 1}000000_m`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "migration.sql"), sql);
  }
  writeFileSync(join(folder.path, name, "migration_lock.toml"), 'provider = "postgresql"\n');
  return name;
}

const INIT = "create table users (id int primary key, email varchar(50));\n";
const HAZARDS = "-- two\nalter table users drop column email;\ncreate index on users (id);\n";
const good = migrations("good", INIT, "create table if not exists posts (id int);\n");
const risky = migrations("risky", INIT, HAZARDS);
const bad = migrations(
  "bad",
  INIT,
  "alter table nobody add a int;\n",
  "select 1;\ncreate table users (id int);\n",
  "create table fine (id int);\n",
);

mkdirSync(join(folder.path, "nothing"));
mkdirSync(join(folder.path, "notes"));
writeFileSync(join(folder.path, "notes", "a.txt"), "");
writeFileSync(join(folder.path, "README.md"), "");

describe("lint", () => {
  it("says that nothing is wrong, exit 0", async () => {
    const { code, stdout, stderr } = await cli(["lint", "--migrations", good]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      "PASS  good: nothing found in 2 migrations of prisma (replayed)\n\n2 notes not shown (--notes).\n",
    );
  });

  it("takes warnings for no failure, unless --strict", async () => {
    const { code, stdout } = await cli(["lint", "--migrations", risky]);
    expect(code).toBe(0);
    expect(stdout).toContain("WARN  risky: 2 warnings in 2 migrations of prisma (replayed)");
    expect(stdout).toContain(
      "risky/20250102000000_m/migration.sql\n  warning  DROP_COLUMN\n           line 2: users.email",
    );
    expect((await cli(["lint", "--migrations", risky, "--strict", "--no-replay"])).code).toBe(1);
  });

  it("goes on behind a migration that fails, and says why each does, exit 1", async () => {
    const { code, stdout } = await cli(["lint", "--migrations", bad, "--tool", "prisma", "--format", "json"]);
    const result = lintSchema.parse(JSON.parse(stdout));
    expect({ code, summary: result.summary, replayed: result.replayed }).toMatchObject({
      code: 1,
      summary: { errors: 2 },
      replayed: true,
    });
    expect(result.findings.filter(({ severity }) => severity === "error")).toMatchObject([
      {
        ...{ code: "NO_MIGRATION_CREATES_IT", file: "20250102000000_m/migration.sql", line: 1, sqlstate: "42P01" },
        statement: "alter table nobody add a int",
      },
      {
        ...{ code: "DUPLICATE_OBJECT", file: "20250103000000_m/migration.sql", line: 2, sqlstate: "42P07" },
        why: expect.stringContaining(
          "created at 20250101000000_m/migration.sql:1 and again at 20250103000000_m/migration.sql:2",
        ),
      },
    ]);
  });

  it("prints workflow commands and nothing else, and other formats into files", async () => {
    const args = ["--format", "github", "--format", "json=lint.json", "--format", "text=lint.txt"];
    const { code, stdout, stderr } = await cli(["lint", "--migrations", join(folder.path, bad), ...args]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .every((line) => /^::(error|warning) file=bad\/2025/.test(line)),
    ).toBe(true);
    expect(stdout).toContain("::error file=bad/20250103000000_m/migration.sql,line=2,title=DUPLICATE_OBJECT::");
    expect(lintSchema.parse(JSON.parse(readFileSync(join(folder.path, "lint.json"), "utf8"))).directory).toBe("bad");
    expect(readFileSync(join(folder.path, "lint.txt"), "utf8")).toMatch(/^FAIL {2}bad: 2 errors/);
    const files = await cli(["lint", "--migrations", risky, "--no-replay", "--format", "json=only.json"]);
    expect(files).toMatchObject({
      stdout: "",
      stderr: "WARN  risky: 2 warnings in 2 migrations of prisma (not replayed)\n",
    });
  });

  it("needs no server without the replay, and says how when there is none, exit 3", async () => {
    const env = { SCHEMAREADY_SCRATCH_URL: NO_SCRATCH };
    expect((await cli(["lint", "--migrations", bad, "--no-replay"], env)).code).toBe(0);
    const { code, stdout, stderr } = await cli(["lint", "--migrations", bad], env);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("error SCRATCH_UNAVAILABLE");
    expect(stderr).toContain("Or only read the migrations: --no-replay.");
    expect(stderr).not.toContain("canary-password");
  });

  it.each([
    [[], "  --migrations: no directory of migrations: give one"],
    [["--migrations", "no-such-directory"], "no-such-directory: there is no such directory"],
    [["--migrations", "README.md"], "README.md: this is a file, and a directory is expected"],
    [["--migrations", "nothing"], "nothing: the directory is empty"],
    [["--migrations", "notes"], "notes: does not show which tool its migrations belong to"],
    [["--migrations", "no-such-directory", "--tool", "prisma"], "error MIGRATIONS"],
    [["--migrations", "good", "--contract", "none.json"], "none.json cannot be read: there is no such file"],
  ])("of what cannot be read is exit 2: %#", async (args, message) => {
    const { code, stdout, stderr } = await cli(["lint", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});

describe("lint --contract", () => {
  it("looks at what the contract does not know, and compares the rest", async () => {
    const directory = migrations("grown", INIT, HAZARDS);
    expect((await cli(["compile", "--migrations", directory, "-o", "old.json"])).code).toBe(0);
    migrations("grown", INIT, HAZARDS, "create index on users (id);\n");
    const args = ["lint", "--migrations", directory, "--contract", "old.json"];
    const { code, stdout } = await cli(args);
    expect(code).toBe(0);
    expect(stdout).toContain("WARN  grown: 1 warning in 3 migrations of prisma, 1 of them new (replayed)");
    expect((await cli([...args, "--all", "--no-replay"])).stdout).toContain("3 warnings in 3 migrations");
    migrations("grown", INIT.replaceAll("\n", "\r\n"), `${HAZARDS}-- edited\n`);
    const edited = await cli([...args, "--notes"]);
    expect(edited.code).toBe(1);
    expect(edited.stdout).toMatch(/20250101000000_m\/migration.sql\n {2}note {5}LINE_ENDS_DIFFER\n/);
    expect(edited.stdout).toMatch(/20250102000000_m\/migration.sql\n {2}error {4}EDITED_FILE\n/);
  });

  it("refuses a contract that knows no migrations", async () => {
    const checks = folder.file(
      "a.yaml",
      "version: 1\napplication: a\nschema: public\nrelations: { t: { columns: { id: int } } }\n",
    );
    expect((await cli(["compile", "--checks", checks, "-o", "checks.json"])).code).toBe(0);
    const { code, stderr } = await cli(["lint", "--migrations", good, "--contract", "checks.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("error CONTRACT_FILE: checks.json does not know any directory of migrations.");
  });
});

describe("compile --keep-going", () => {
  it("lists every migration that fails, and writes nothing", async () => {
    const { code, stdout, stderr } = await cli(["compile", "--migrations", bad, "--keep-going", "-o", "never.json"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("error MIGRATION_REPLAY: 2 migrations cannot be replayed.");
    expect(stderr).toMatch(/20250102000000_m\/migration\.sql:1: .* NO_MIGRATION_CREATES_IT: /);
    expect(stderr).toMatch(/20250103000000_m\/migration\.sql:2: .* DUPLICATE_OBJECT: /);
    expect(existsSync(join(folder.path, "never.json"))).toBe(false);
    const first = await cli(["compile", "--migrations", bad, "-o", "never.json"]);
    expect(first.stderr).not.toContain("DUPLICATE_OBJECT");
  });
});

describe("explain", () => {
  it("finds its pages from anywhere", async () => {
    const { code, stdout } = await cli(["explain", "drop-column"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^DROP_COLUMN\n=+\n\nA column is dropped with its values\.\n/);
  });
});
