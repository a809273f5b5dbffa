/** Secrets that no check file names: schemaready's own, the environment's, and those that only an answer holds. */
import { describe, expect, it } from "vitest";
import { parseConnectionString } from "../../src/config/index.js";
import type { Step } from "../../src/model/flow.js";
import { describeSmokeEvent, runSmoke, type SmokeEvent, type SmokeInput } from "../../src/smoke/index.js";
import { type Handler, send } from "../support/app-server.js";
import { claims, flow, poll, step, suite } from "../support/flows.js";
import { testApp } from "../support/test-app.js";

const app = testApp();

interface Ran {
  readonly printed: string;
  readonly body: string;
  readonly failures: readonly string[];
}

/** Runs one step; `printed` is everything that leaves the run. */
async function run(handler: Handler, one: Step, parts: Partial<SmokeInput> = {}, variables = {}): Promise<Ran> {
  await app.start({ "GET /x": handler });
  const events: SmokeEvent[] = [];
  const result = await runSmoke({
    ...{ suites: [suite([flow("f", [one])], { variables })], baseUrl: app.url, env: {}, connection: null },
    ...parts,
    onEvent: (event) => events.push(structuredClone(event)),
  });
  const printed = [JSON.stringify(result), JSON.stringify(events), ...events.map(describeSmokeEvent)].join("\n");
  const [asked] = result.flows[0]?.steps ?? [];
  return { printed, body: asked?.body ?? "", failures: asked?.failures ?? [] };
}

describe("secrets of schemaready itself", () => {
  it.each<[string, string, Partial<SmokeInput>]>([
    [
      "the connection's password",
      "db canary/1",
      { connection: parseConnectionString("postgresql://u:db%20canary%2F1@h/d") },
    ],
    [
      "as it is encoded",
      "db%20canary%2F1",
      { connection: parseConnectionString("postgresql://u:db%20canary%2F1@h/d") },
    ],
    ["PGPASSWORD", "pg-canary", { env: { PGPASSWORD: "pg-canary" } }],
    ["the service's token", "token-canary", { env: { SCHEMAREADY_TOKEN: "token-canary" } }],
    ["the password of a URL", "url-canary", { env: { QUEUE: "amqp://q:url-canary@queue" } }],
    ["what the command line knows", "scratch-canary", { secrets: ["scratch-canary"] }],
  ])("%s", async (_, secret, parts) => {
    const echo: Handler = (_received, response) => send(response, 500, `before ${secret} after`);
    const { printed, body } = await run(echo, step("s", "GET /x"), parts);
    expect(body).toBe("before [redacted] after");
    expect(printed).not.toContain("canary");
  });

  it("environment variables that sound secret, also behind a variable of the flow", async () => {
    const echo: Handler = ({ line }, response) => send(response, 500, line);
    const one = step("s", "GET /x", { request: { query: { a: "{{p}}", b: "{{env.API_KEY}}", c: "{{env.REGION}}" } } });
    const env = { MY_DB_PASSWORD: "canary one", API_KEY: "canary-two", REGION: "eu-west" };
    const { printed, body } = await run(echo, one, { env }, { p: "{{env.MY_DB_PASSWORD}}" });
    expect(body).toBe("GET /x?a=[redacted]&b=[redacted]&c=eu-west");
    expect(printed).not.toContain("canary");
  });
});

describe("secrets that only an answer holds", () => {
  it("in bodies, also in such that were cut off", async () => {
    const text = JSON.stringify({ error: "relation does not exist", tokenCount: 3, data: [{ accessToken: "canary" }] });
    for (const part of [text, text.slice(0, -5)]) {
      const { printed, body } = await run((_received, response) => send(response, 500, part), step("s", "GET /x"));
      expect(printed).not.toContain("canar");
      expect(body).toContain('"error":"relation does not exist","tokenCount":3');
      await app.close();
    }
  });

  it("in redirects, cookies and claims about them", async () => {
    const headers = { location: "http://h/cb?access_token=canary-a&n=1", "set-cookie": "sid=canary-b-long; HttpOnly" };
    const answer: Handler = (_received, response) => send(response, 302, "hello canary-b-long", headers);
    const header = { header: "set-cookie", predicate: { contains: "Secure" } };
    const one = step("s", "GET /x", { assert: claims({ headers: [header] }) });
    const { printed, body, failures } = await run(answer, one);
    expect(body).toBe("hello [redacted]");
    expect(failures).toEqual([
      "status: expected 2xx, got 302 (redirect to http://h/cb?access_token=[redacted]&n=1, not followed)",
      'header set-cookie: expected to contain "Secure", got "sid=[redacted]; HttpOnly"',
    ]);
    expect(printed).not.toContain("canary");
  });

  it("in claims about properties, and while waiting for them", async () => {
    const token = { path: "$.user.token", predicate: { equals: "x" } };
    const whole = { path: "$.user", predicate: { type: "string" } } as const;
    const answer: Handler = () => ({ user: { token: "canary", name: "Ada" } });
    const one = step("s", "GET /x", { poll: poll({ jsonPath: [token, whole] }, { timeoutMs: 60 }) });
    const { printed } = await run(answer, one);
    expect(printed).not.toContain("canary");
    expect(printed).toContain("Ada");
  });

  it("in headers of the request whose names sound secret", async () => {
    const echo: Handler = ({ headers }, response) =>
      send(response, 500, `${headers["x-auth-token"]} ${headers["apikey"]} ${headers["x-region"]}`);
    const headers = { "X-Auth-Token": "canary-a", apikey: "canary-b", "X-Region": "eu-west" };
    const { printed, body } = await run(echo, step("s", "GET /x", { request: { headers } }));
    expect(body).toBe("[redacted] [redacted] eu-west");
    expect(printed).not.toContain("canary");
  });
});
