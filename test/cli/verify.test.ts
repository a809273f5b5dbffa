import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportSchema } from "../../src/report/index.js";
import { createFolder, NOTES_CHECK, NOTES_SQL } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { type CliOptions, runCli } from "../support/run-cli.js";

const folder = createFolder();
const checks = folder.file("notes.yaml", NOTES_CHECK);
let good: TestDatabase;
let broken: TestDatabase;

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

function verify(url: string, args: readonly string[] = [], options: CliOptions = {}) {
  const env = { DATABASE_URL: url, SCHEMAREADY_SCRATCH_URL: serverUrl(), ...options.env };
  return runCli(["verify", "--checks", checks, ...args], { ...options, env });
}

const stackTrace = /^\s+at .+:\d+/m;

describe("a schema that fits", () => {
  it("passes with exit 0 and says so on one page", async () => {
    const { code, stdout, stderr } = await verify(good.url);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^PASS {2}notes is served by this schema: all 2 features work\n/);
  });

  it("gives a Report as JSON, and nothing else on stdout", async () => {
    const { code, stdout } = await verify(good.url, ["--format", "json"]);
    expect(code).toBe(0);
    expect(reportSchema.parse(JSON.parse(stdout))).toMatchObject({ verdict: "pass", gaps: [], unverified: [] });
  });

  it("warns about a missing index: exit 0, with --strict 1", async () => {
    const database = await createTestDatabase("warn");
    await database.sql("create table notes (id integer primary key, title text not null, tags text[])");
    try {
      const lax = await verify(database.url);
      expect(lax).toMatchObject({ code: 0, stdout: expect.stringMatching(/^WARN {2}/) });
      expect((await verify(database.url, ["--strict"])).code).toBe(1);
    } finally {
      await database.drop();
    }
  });
});

describe("a schema with a gap", () => {
  it("fails with exit 1 in every format", async () => {
    const json = join(folder.path, "report.json");
    const xml = join(folder.path, "report.xml");
    const both = ["--format", "text", "--format", `json=${json}`, "--format", `junit=${xml}`];
    const { code, stdout } = await verify(broken.url, both);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^FAIL {2}2 of 2 features broken: Write a note and Read notes: column notes\.title is missing\n/,
    );
    expect(stdout).toContain("notes.title");
    expect(reportSchema.parse(JSON.parse(readFileSync(json, "utf8")))).toMatchObject({ verdict: "fail" });
    expect(XMLValidator.validate(readFileSync(xml, "utf8"))).toBe(true);
    for (const format of ["json", "junit", "markdown"])
      expect((await verify(broken.url, ["--format", format])).code).toBe(1);
  });

  it("judges only the features that were asked for", async () => {
    const tags = folder.file(
      "tags.yaml",
      `${NOTES_CHECK}  list-tags: { title: List tags, reads: { notes: [id, tags] } }\n`,
    );
    const env = { DATABASE_URL: broken.url, SCHEMAREADY_SCRATCH_URL: serverUrl() };
    const args = ["verify", "--checks", tags, "--format", "json", "--feature", "list-tags"];
    const { code, stdout } = await runCli(args, { env });
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.features.map(({ id, status }) => [id, status])).toEqual([
      ["list-tags", expect.not.stringMatching("broken")],
    ]);
    expect(code).toBe(0);
  });

  it("refuses a feature that is not there", async () => {
    const { code, stdout, stderr } = await verify(broken.url, ["--feature", "raed-notes"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("read-notes");
  });

  it("does not mind a reader that has seen enough", async () => {
    const { code, stderr } = await verify(broken.url, [], { onStart: (child) => child.stdout?.destroy() });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });
});

describe("a database that cannot be looked at", () => {
  const secret = "canary-password";
  const at = (change: (url: URL) => void) => {
    const url = new URL(good.url);
    url.password = secret;
    change(url);
    return url.href;
  };

  it.each([
    ["an unreachable server", (url: URL) => (url.port = "1"), /cannot be reached/],
    ["a missing database", (url: URL) => (url.pathname = "/no_such_database"), /.*/],
    ["a role that does not exist", (url: URL) => (url.username = "nobody_knows"), /.*/],
  ])("%s: exit 3, a Report, no stack, no secret", async (_, change, reason) => {
    const { code, stdout, stderr } = await verify(at(change), ["--format", "json"]);
    expect(code).toBe(3);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.verdict).toBe("unverified");
    expect(report.unverified[0]?.reason).toMatch(reason);
    expect(`${stdout}${stderr}`).not.toContain(secret);
    expect(`${stdout}${stderr}`).not.toMatch(stackTrace);
  });

  it("a server that accepts and then says nothing: exit 3 within the timeout", async () => {
    const { server, port } = await listenSilently();
    try {
      const started = performance.now();
      const { code } = await verify(`postgresql://app@127.0.0.1:${port}/app?sslmode=disable`, ["--timeout", "1500ms"]);
      expect(code).toBe(3);
      expect(performance.now() - started).toBeLessThan(15_000);
    } finally {
      server.close();
    }
  });
});

describe("what is wrong before anything is looked at", () => {
  it("a broken check file: exit 2, file, line and column, stdout stays empty", async () => {
    const bad = folder.file(
      "bad.txt.yaml",
      "version: 1\napplication: x\nfeatures:\n  a: { reads: { nothing: [id] } }\nsurprise: 1\n",
    );
    const env = { DATABASE_URL: good.url, SCHEMAREADY_SCRATCH_URL: serverUrl() };
    const { code, stdout, stderr } = await runCli(["verify", "--checks", bad, "--format", "json"], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/bad\.txt\.yaml:\d+:\d+: /);
    expect(stderr).not.toMatch(stackTrace);
  });

  it("a directory that does not exist, before a server is started", async () => {
    const { code, stderr } = await verify(good.url, ["--format", "json=no/such/place.json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("does not exist");
  });
});

it("shows a hostile name as what it is", async () => {
  const name = '"; drop table x; --\\nPASS \\u001b[2J😀';
  const hostile = folder.file(
    "hostile.yaml",
    `version: 1\napplication: hostile\nrelations:\n  "${name.replaceAll('"', '\\"')}": { columns: { id: text } }\n`,
  );
  const env = { DATABASE_URL: good.url, SCHEMAREADY_SCRATCH_URL: serverUrl() };
  const { code, stdout } = await runCli(["verify", "--checks", hostile], { env });
  expect(code).toBe(1);
  expect(stdout).toContain('"; drop table x; --\\nPASS \\u{1b}[2J😀');
  expect(stdout).not.toMatch(/^PASS/m);
  expect(stdout.includes("\u001b")).toBe(false);
});

describe("signals", () => {
  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)(
    "%s ends a verification that hangs with %d, and nothing of the throwaway database stays",
    async (signal, code) => {
      const role = await good.createRole({ attributes: "createdb" });
      const silent = await listenSilently();
      let process: ChildProcess | undefined;
      silent.server.once("connection", () => process?.kill(signal));
      try {
        const result = await verify(`postgresql://app@127.0.0.1:${silent.port}/app?sslmode=disable`, [], {
          env: { SCHEMAREADY_SCRATCH_URL: role.url },
          onStart: (child) => {
            process = child;
          },
        });
        expect(result).toEqual({ code, signal: null, stdout: "", stderr: "stopped before there was a report\n" });
        const left = await good.query(
          `select datname from pg_database join pg_roles on pg_roles.oid = datdba where rolname = '${role.name}'`,
        );
        expect(left).toEqual([]);
      } finally {
        silent.server.close();
      }
    },
  );
});

/** Accepts connections and says nothing, like a frozen server. */
async function listenSilently(): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 };
}
