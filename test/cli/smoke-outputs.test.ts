/** The outputs of a smoke run as a user gets them: streams, files, a terminal's own lines, lists and plans. */
import { type ChildProcess, execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SmokeEvent } from "../../src/model/smoke-event.js";
import { smokeEventSchema } from "../../src/report/index.js";
import { foldSmokeEvents } from "../../src/smoke/index.js";
import { type AppServer, send, startApp } from "../support/app-server.js";
import { createFolder, NOTES_CHECK } from "../support/cli-checks.js";
import { junitProblems } from "../support/junit/validate.js";
import { type CliOptions, runCli } from "../support/run-cli.js";

const CHECK = `${NOTES_CHECK}smoke:
  flows:
    notes:
      title: Write and read
      steps:
        write:
          feature: write-note
          request: { method: POST, path: /notes, headers: { authorization: "Bearer {{env.API_TOKEN}}" }, json: { title: "smoke {{runId}}" } }
          capture: { noteId: $.id }
          assert: { status: 201 }
          cleanup: { request: "DELETE /notes/{{noteId}}", describes: "note {{noteId}}" }
        refused:
          request: { method: POST, path: /refused, headers: { authorization: "Bearer {{env.API_TOKEN}}" }, json: { a: 1 } }
        read:
          request: GET /notes/{{noteId}}
`;
const TOKEN = "canary-of-the-api";
const folder = createFolder();
const checks = folder.file("notes.yaml", CHECK);
let app: AppServer;
let held: (() => void) | null = null;

beforeAll(async () => {
  app = await startApp({
    "POST /notes": (_received, response) => send(response, 201, { id: 7 }),
    "POST /refused": (received, response) => send(response, 500, `::add-mask::x\nno ${received.headers.authorization}`),
    "GET /notes/7": async (_received, response) => {
      if (held !== null) {
        held();
        return new Promise(() => {});
      }
      return send(response, 200, { id: 7 });
    },
    "DELETE /notes/7": (_received, response) => send(response, 204),
    "GET /livez": (_received, response) => send(response, 200, "ok"),
    "GET /never": (_received, response) => send(response, 503, "starting"),
  });
});
afterAll(async () => {
  await app.close();
  folder.remove();
});

function smoke(args: readonly string[], { env = {}, ...options }: CliOptions = {}) {
  return runCli(["smoke", "--checks", checks, "--base-url", app.url, ...args], {
    ...options,
    env: { API_TOKEN: TOKEN, ...env },
  });
}

function eventsIn(text: string): SmokeEvent[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => smokeEventSchema.parse(JSON.parse(line)) as SmokeEvent);
}

describe("events", () => {
  it("are the only thing on stdout, and fold into the JSON report", async () => {
    const json = join(folder.path, "report.json");
    const { code, stdout } = await smoke(["--format", "ndjson", "--format", `json=${json}`]);
    expect(code).toBe(1);
    const { smoke: run } = JSON.parse(readFileSync(json, "utf8")) as { smoke: unknown };
    expect(foldSmokeEvents(eventsIn(stdout))).toEqual(run);
  });

  it("are in the file as they happen, also of a run that is killed", async () => {
    const file = join(folder.path, "killed.ndjson");
    let child: ChildProcess | undefined;
    held = () => child?.kill("SIGKILL");
    const { signal } = await smoke(["--format", `ndjson=${file}`], {
      onStart: (started) => {
        child = started;
      },
    });
    held = null;
    expect(signal).toBe("SIGKILL");
    const result = foldSmokeEvents(eventsIn(readFileSync(file, "utf8")));
    expect(result?.flows[0]?.steps.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["write", "passed"],
      ["refused", "failed"],
    ]);
  });
});

describe("formats", () => {
  it("hold no secret, each of them, and what they should", async () => {
    const formats = ["text", "json", "junit", "markdown", "github", "html", "tap", "metrics", "ndjson"];
    const files = formats.map((format) => join(folder.path, `all.${format}`));
    const args = formats.flatMap((format, at) => ["--format", `${format}=${files[at]}`]);
    const { code, stdout, stderr } = await smoke(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const texts = files.map((file) => readFileSync(file, "utf8"));
    for (const text of [...texts, stderr]) expect(text).not.toContain("canary");
    const byFormat = new Map(formats.map((format, at) => [format, texts[at] ?? ""]));
    for (const format of ["text", "json", "markdown", "html", "github"]) {
      expect(byFormat.get(format)).toContain("curl -sS -i -X ");
    }
    expect(byFormat.get("text")).toContain(`'authorization: Bearer '"$TOKEN" --data-raw '{"a":1}'`);
    expect(junitProblems(byFormat.get("junit") ?? "")).toEqual([]);
    expect(byFormat.get("metrics")).toContain("schemaready_smoke_success 0\n");
    expect(byFormat.get("tap")).toMatch(/^TAP version 14\n1\.\.4\n/);
  });

  it("annotate the line of the check file, relative to where the command runs", async () => {
    const { stdout } = await smoke(["--format", "github"], { cwd: folder.path });
    const line = CHECK.split("\n").findIndex((each) => each.trim() === "refused:") + 1;
    expect(stdout).toMatch(new RegExp(`^::error file=notes\\.yaml,line=${line},title=notes / notes / refused::`));
    expect(stdout).toMatch(/::stop-commands::(\S+)\n[\s\S]*::add-mask::x[\s\S]*\n::\1::\n/);
  });

  it("write metrics so that a collector never reads half a file", async () => {
    const file = join(folder.path, "schemaready.prom");
    await smoke(["--format", `metrics=${file}`]);
    expect(readFileSync(file, "utf8")).toContain("schemaready_smoke_step_duration_seconds{");
    expect(execFileSync("ls", [folder.path]).toString()).not.toContain(".tmp");
  });
});

describe("options", () => {
  it("--list prints the flows without an environment, a base URL or a request", async () => {
    const before = app.received.length;
    const { code, stdout } = await runCli(["smoke", "--checks", checks, "--list"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^notes\/notes {2}Write and read\n {2}write +POST \/notes\n/);
    const json = await runCli(["smoke", "--checks", checks, "--list", "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ formatVersion: 1, flows: [{ id: "notes", steps: [{}, {}, {}] }] });
    expect(app.received.length).toBe(before);
  });

  it("--dry-run finds what is wrong and sends nothing", async () => {
    const before = app.received.length;
    const good = await smoke(["--dry-run"]);
    expect(good.code).toBe(0);
    expect(good.stdout).toContain(`at ${app.url}`);
    const bad = await runCli(["smoke", "--checks", checks, "--base-url", app.url, "--dry-run"]);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain("API_TOKEN");
    expect(app.received.length).toBe(before);
  });

  it("--fail-fast begins no step after the first failure, and cleans up", async () => {
    const before = app.received.length;
    const { code } = await smoke(["--fail-fast"]);
    expect(code).toBe(1);
    expect(app.lines().slice(before)).toEqual(["POST /notes", "POST /refused", "DELETE /notes/7"]);
  });

  it("--keep removes nothing and says what stays", async () => {
    const before = app.received.length;
    const { code, stdout } = await smoke(["--keep"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/kept +no clean-up, because everything was to stay\n +stays: note 7\n/);
    expect(app.lines().slice(before)).not.toContain("DELETE /notes/7");
  });

  it("--wait-for goes on when there is an answer, and is exit 3 when there is none", async () => {
    expect((await smoke(["--wait-for", "/livez", "20s", "--fail-fast"])).code).toBe(1);
    const before = app.received.length;
    const { code, stdout, stderr } = await smoke(["--wait-for", "/never", "300ms"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/error NOT_READY.*\n?.*last: answered 503/);
    expect(
      app
        .lines()
        .slice(before)
        .every((line) => line === "GET /never"),
    ).toBe(true);
  });
});

describe("a terminal", () => {
  const script = ["/usr/bin/script", "/bin/script"].find((path) => existsSync(path));

  it.skipIf(script === undefined)(
    `shows a spinner there, and gives the cursor back (needs the program \`script\`${script === undefined ? ", which is not here" : ""})`,
    async () => {
      const command = `${process.execPath} dist/cli.js smoke --checks ${checks} --base-url ${app.url}`;
      const env = { ...process.env, API_TOKEN: TOKEN, TERM: "xterm", NO_COLOR: "1" };
      const { spawn } = await import("node:child_process");
      const child = spawn(script ?? "", ["-qec", command, "/dev/null"], { env });
      let shown = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        shown += text;
      });
      await new Promise((resolve) => child.once("close", resolve));
      expect(shown.split("\u001b[?25l")).toHaveLength(2);
      expect(shown.split("\u001b[?25h")).toHaveLength(2);
      expect(shown).toContain("\r\u001b[2K  passed write in ");
      expect(shown).not.toContain("\u001b[32m");
    },
  );
});
