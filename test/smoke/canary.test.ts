/**
 * A canary: one secret goes everywhere a secret can go, in every spelling, and whatever the command line prints or
 * writes is searched for it. New reporters are covered by being in the map.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runCli } from "../../src/cli/index.js";
import { spellings } from "../../src/config/spellings.js";
import { reporters } from "../../src/report/index.js";
import { ANSWERED, type AppServer, type Handler, send, startApp } from "../support/app-server.js";
import { type ChecksFolder, createFolder } from "../support/cli-checks.js";
import { type FakeIo, fakeIo } from "../support/fake-io.js";

/** With everything that encoders treat specially. */
const PASSWORD = `can"ary/pass word+&<é>'\\%`;
const TOKEN = "canary.token~with=all/of+it";
/** Fragments that give it away, however it is spelled. */
const NEEDLES = [PASSWORD, TOKEN].flatMap(spellings).filter((text) => text.length >= 8);

const CHECK = `version: 1
application: canary
schema: public
relations:
  things: { columns: { id: text } }
smoke:
  secrets: { password: "{{env.CANARY}}" }
  flows:
    f:
      title: A flow
      steps:
        login:
          request: { path: /login, json: { password: "{{password}}" } }
          capture: { token: $.token }
        create:
          request: { method: POST, path: /things, headers: { authorization: "Bearer {{token}}" } }
          capture: { id: $.id }
          cleanup:
            request: { method: DELETE, path: "/things/{{id}}", query: { p: "{{password}}" }, headers: { authorization: "Bearer {{token}}" } }
            describes: "thing of {{password}}"
        never:
          request: { method: PUT, path: /never, timeoutMs: 100, json: { p: "{{password}}" } }
          cleanup: { request: "DELETE /never/{{token}}", describes: "never {{token}}" }
        echo:
          title: Echo
          request: { path: "/echo/{{token}}", query: { p: "{{password}}" }, headers: { cookie: "sid={{token}}" } }
        form:
          request: { path: /echo, form: { p: "{{password}}" }, headers: { x-api-key: "{{password}}" } }
        redirect:
          request: { path: /redirect, redirects: 1 }
          assert: { status: 200 }
        compare:
          request: GET /compare
          assert: { jsonPath: { $.a: { equals: "{{password}}" }, $.b: { matches: "^{{token}}$" } }, body: { contains: "{{password}}" } }
        wait:
          request: GET /compare
          poll: { until: { jsonPath: { $.a: "{{password}}" } }, everyMs: 10, timeoutMs: 50 }
        cut:
          request: "GET /cut"
        far:
          request: { path: "/far/{{password}}" }
`;

const everything = [PASSWORD, TOKEN].flatMap(spellings).join("\n");
const echo: Handler = ({ line, headers, body }, response) =>
  send(response, 500, `${line}\n${JSON.stringify(headers)}\n${body}\n${everything}`);
const ROUTES: Record<string, Handler> = {
  "POST /login": () => ({ token: TOKEN }),
  "POST /things": () => ({ id: "t1" }),
  "DELETE /things/*": echo,
  "PUT /never": () => ANSWERED,
  "GET /echo*": echo,
  "POST /echo": echo,
  "GET /redirect": (_received, response) =>
    send(response, 302, "", {
      location: `http://elsewhere.example/${encodeURIComponent(PASSWORD)}?t=${encodeURIComponent(TOKEN)}`,
    }),
  "GET /compare": () => ({ a: TOKEN, b: PASSWORD }),
  // Ends in the middle of the secret.
  "GET /cut": (_received, response) => {
    response.writeHead(500, { "content-type": "text/plain", "content-length": "1000" });
    response.write(`here it comes: ${TOKEN.slice(0, -4)}`, () => response.destroy());
    return ANSWERED;
  },
  "GET /far/*": echo,
};

let app: AppServer;
let folder: ChecksFolder;
beforeEach(async () => {
  app = await startApp(ROUTES);
  folder = createFolder();
  folder.file("checks/canary.yaml", CHECK);
});
afterEach(async () => {
  await app.close();
  folder.remove();
});

async function cli(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<{ io: FakeIo; code: number }> {
  const io = fakeIo({
    directory: folder.path,
    environment: { ...environment, SCHEMAREADY_CHECKS: join(folder.path, "checks") },
    tty: true,
  });
  return { io, code: await runCli(["smoke", ...args], io) };
}

/** Everything that a run has written, by where. */
function written(io: FakeIo): Record<string, string> {
  const files = (readdirSync(folder.path, { recursive: true, encoding: "utf8" }) as string[])
    .filter((name) => !name.startsWith("checks") && /\.\w+$/.test(name) && name !== ".schemaready")
    .map((name) => [name, readFileSync(join(folder.path, name), "utf8")] as const);
  return { ...Object.fromEntries(files), stdout: io.out(), stderr: io.err() };
}

function expectNoCanary(io: FakeIo): void {
  for (const [place, text] of Object.entries(written(io))) {
    const found = NEEDLES.filter((needle) => text.includes(needle));
    expect([place, found]).toEqual([place, []]);
  }
}

it("is in no report, log, progress line or run file, nor in what the clean-up says later", async () => {
  const names = [...Object.keys(reporters).filter((name) => name !== "health"), "ndjson"];
  const formats = names.flatMap((name) => ["--format", `${name}=${join(folder.path, `report.${name}`)}`]);
  const { io, code } = await cli(["--base-url", app.url, ...formats], { CANARY: PASSWORD });
  expect(code, io.err()).toBe(1);
  const places = written(io);
  expect(Object.keys(places).length).toBe(names.length + 3);
  expect(places["report.json"]).toContain("here it comes: [redacted]");
  expectNoCanary(io);
  // The application did get them.
  expect(app.received[0]?.body).toContain(JSON.stringify(PASSWORD).slice(1, -1));
  const [runFile = ""] = Object.keys(places).filter((name) => name.endsWith(".jsonl"));
  expect(places[runFile]).toContain('"describes":"thing of [redacted]"');
  const later = await cli(["--cleanup-only", join(folder.path, runFile), "--format", "json"], { CANARY: PASSWORD });
  expect(later.code).toBe(4);
  expectNoCanary(later.io);
});

it("is in no error: wrong settings, wrong check files, values that cannot be used", async () => {
  for (const args of [
    ["--base-url", `http://u:${TOKEN}@127.0.0.1`],
    ["--base-url", app.url, "--only", "nothing"],
    ["--base-url", app.url, "--allow-origin", `https://u:${TOKEN}@auth.example`],
    ["--base-url", app.url, "--scratch-url", `postgresql://u:${TOKEN}@127.0.0.1:1/d`, "--only", "nothing"],
    ["--cleanup-only", "no-such-file"],
  ]) {
    const { io, code } = await cli(args, { CANARY: PASSWORD, SCHEMAREADY_TOKEN: TOKEN });
    expect([args, code]).toEqual([args, 2]);
    expectNoCanary(io);
  }
});

it("that is empty or short hides nothing else", async () => {
  for (const secret of ["x", "no", "abc"]) {
    const { io } = await cli(["--base-url", app.url, "--only", "f"], { CANARY: secret });
    expect(io.out(), io.err()).toContain("expected 2xx");
    expect(io.out()).toContain("A flow");
  }
});
