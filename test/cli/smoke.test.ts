import type { ChildProcess } from "node:child_process";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportSchema } from "../../src/report/index.js";
import { createFolder, NOTES_CHECK } from "../support/cli-checks.js";
import { createTestDatabase, serverUrl, type TestDatabase } from "../support/postgres.js";
import { type CliOptions, runCli } from "../support/run-cli.js";

const FLOWS = `${NOTES_CHECK}smoke:
  flows:
    notes:
      title: Write and read
      steps:
        write:
          feature: write-note
          request: { method: POST, path: /notes, json: { title: hello } }
          capture: { noteId: $.id }
          assert: { status: 201 }
          cleanup: { request: "DELETE /notes/{{noteId}}", describes: "note {{noteId}}" }
        read:
          feature: read-notes
          request: GET /notes/{{noteId}}
          assert: { jsonPath: { $.title: hello } }
`;

const folder = createFolder();
const checks = folder.file("notes.yaml", FLOWS);
const state = { mode: "works" as "works" | "broken" | "keeps" | "echoes" };
let application: Server;
let baseUrl = "";
let broken: TestDatabase;

beforeAll(async () => {
  application = createServer((request, response) => {
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (request.url?.startsWith("/lost") === true) return json(404, { error: "no such page" });
    if (state.mode === "echoes") return json(500, { error: "service-canary and scratch-canary" });
    if (request.method === "POST" && state.mode === "broken") {
      return json(500, { error: 'column "title" of relation "notes" does not exist', code: "42703" });
    }
    if (request.method === "POST") return json(201, { id: 7 });
    if (request.method === "DELETE") return json(state.mode === "keeps" ? 500 : 204, {});
    return json(200, { id: 7, title: "hello" });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => application.once("listening", resolve));
  baseUrl = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
  broken = await createTestDatabase("smoke");
  await broken.sql("create table notes (id integer primary key, tags text[])");
});
afterAll(async () => {
  application.close();
  folder.remove();
  await broken.drop();
});

function smoke(mode: typeof state.mode, args: readonly string[] = [], options: CliOptions = {}) {
  state.mode = mode;
  // What a run leaves behind is listed in a file of its working directory.
  return runCli(["smoke", "--checks", checks, "--base-url", baseUrl, ...args], { cwd: folder.path, ...options });
}

describe("without a database", () => {
  it("passes with exit 0, says that the schema was not looked at, and shows each step in a job's log", async () => {
    const { code, stdout, stderr } = await smoke("works");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PASS {2}smoke run against http:\/\/127\.0\.0\.1:\d+: 2 steps passed\n/);
    expect(stderr).toContain("no database was given");
    expect(stderr).toContain("passed");
  });

  it("hides what the command line and the environment hold", async () => {
    const env = { SCHEMAREADY_TOKEN: "service-canary" };
    const scratch = ["--scratch-url", "postgresql://u:scratch-canary@127.0.0.1:1/d"];
    const { stdout, stderr } = await smoke("echoes", [...scratch, "--format", "json"], { env });
    expect(stdout).toContain("[redacted] and [redacted]");
    expect(stdout + stderr).not.toContain("canary");
  });

  it("tells what the check file should say better, and runs all the same", async () => {
    const { code, stderr } = await smoke("works");
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^warning: \S*notes\.yaml:\d+:\d+: this creates something, and no name in the flow holds \{\{runId\}\}/m,
    );
  });

  it("ends with 0 when only a warning failed, with --strict with 1, and shows it as what it is", async () => {
    const text = FLOWS.replace("feature: read-notes", "severity: warning").replace("$.title: hello", "$.title: bye");
    const file = folder.file("warned.yaml", text);
    state.mode = "works";
    const run = (...more: string[]) => runCli(["smoke", "--checks", file, "--base-url", baseUrl, ...more]);
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^WARN {2}smoke run against \S+: 1 step passed, 1 warning\n/);
    expect(stdout).toMatch(/^ +WARNING +read {2}GET/m);
    expect((await run("--strict")).code).toBe(1);
    const junit = (await run("--format", "junit")).stdout;
    expect(junit).toContain('failures="0"');
    expect(junit).toContain("this step only warns, and failed; $.title: expected");
  });

  it("is silent with --quiet", async () => {
    expect((await smoke("works", ["--quiet"])).stderr).toBe("");
  });

  it("fails with exit 1 and quotes the application", async () => {
    const { code, stdout } = await smoke("broken");
    expect(code).toBe(1);
    expect(stdout).toContain("does not exist");
  });

  it("has exit 4 when something was left behind, and lists it", async () => {
    const { code, stdout } = await smoke("keeps");
    expect(code).toBe(4);
    expect(stdout).toContain("left behind: note 7");
  });

  it("has exit 3 when the application never answers", async () => {
    const { code, stdout } = await runCli(["smoke", "--checks", checks, "--base-url", "http://127.0.0.1:1"]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^FAIL/);
  });

  it("has exit 2 for a flow that is not there, and stdout stays empty", async () => {
    const { code, stdout, stderr } = await smoke("works", ["--only", "nothing", "--format", "json"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("error SMOKE_SETUP");
    expect(stderr).toContain("there is no flow nothing; flows: ");
  });

  it("suggests the command with a flow that is there, before the schema is looked at", async () => {
    const env = { DATABASE_URL: "postgresql://app@127.0.0.1:1/app" };
    const { code, stderr } = await runCli(["smoke", "--checks", checks, "--base-url", baseUrl, "--only", "note"], {
      env,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(`Try \`schemaready smoke --checks ${checks} --base-url ${baseUrl} --only notes\`; `);
  });

  it("gives machine formats: a valid Report, valid JUnit", async () => {
    const { stdout } = await smoke("broken", ["--format", "json"]);
    expect(reportSchema.parse(JSON.parse(stdout)).smoke).toMatchObject({ outcome: "failed" });
    const junit = await smoke("broken", ["--format", "junit"]);
    expect(junit.code).toBe(1);
    expect(XMLValidator.validate(junit.stdout)).toBe(true);
  });
});

describe("a run that cannot do much", () => {
  it("doubts the base URL when the first request is answered 404, and shows the whole address", async () => {
    const { code, stdout, stderr } = await smoke("works", ["--base-url", `${baseUrl}/lost`]);
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, " ")).toContain(`is the base URL right? asked ${baseUrl}/lost/notes`);
    expect(stderr).toContain(`(POST ${baseUrl}/lost/notes)`);
  });

  it.each(["smoke", "verify"])(
    "%s says in one line that it was stopped before anything was looked at",
    async (name) => {
      let child: ChildProcess | undefined;
      // Stands for the throwaway server: it accepts, and when somebody is there the command is stopped.
      const slow = createTcpServer((socket) => {
        socket.on("error", () => {});
        child?.kill("SIGINT");
        setTimeout(() => socket.destroy(), 200);
      }).listen(0, "127.0.0.1");
      await new Promise((resolve) => slow.once("listening", resolve));
      const scratch = `postgresql://app@127.0.0.1:${(slow.address() as AddressInfo).port}/scratch`;
      const env = { DATABASE_URL: broken.url, SCHEMAREADY_SCRATCH_URL: scratch, SCHEMAREADY_BASE_URL: baseUrl };
      const onStart = (started: ChildProcess) => {
        child = started;
      };
      const { code, stdout, stderr } = await runCli([name, "--checks", checks], { env, onStart });
      slow.close();
      expect({ code, stdout, stderr }).toEqual({
        code: 130,
        stdout: "",
        stderr: "stopped before anything was looked at\n",
      });
    },
  );
});

describe("with a database", () => {
  const env = () => ({ DATABASE_URL: broken.url, SCHEMAREADY_SCRATCH_URL: serverUrl() });

  it("ties the failure to the gap behind it", async () => {
    const { code, stdout } = await smoke("broken", ["--format", "json"], { env: env() });
    expect(code).toBe(1);
    const report = reportSchema.parse(JSON.parse(stdout));
    const step = report.smoke?.flows[0]?.steps[0];
    const gap = report.gaps.find(({ subject }) => subject.name === "title");
    expect(step?.attribution).toMatchObject({ kind: "proved", gaps: [gap?.id] });
  });

  it("judges the run alone: a schema with gaps does not fail steps that pass", async () => {
    const { code, stdout } = await smoke("works", ["--format", "json"], { env: env() });
    expect(code).toBe(0);
    expect(reportSchema.parse(JSON.parse(stdout)).verdict).toBe("fail");
  });
});
