import { describe, expect, it } from "vitest";
import type { RequestStep } from "../../src/model/flow.js";
import type { Json } from "../../src/model/report.js";
import { type Handler, send } from "../support/app-server.js";
import { cleanup, flow, jsonCapture, step, suite } from "../support/flows.js";
import { outcomeLines, type Routes, testApp } from "../support/test-app.js";

const app = testApp();
const { run } = app;

describe("requests", () => {
  it("send an upload with its length, its parts and its bytes", async () => {
    const picture = new Uint8Array([0x89, 0x50, 0, 0xff, 13, 10]);
    const upload = step("upload", "POST /upload", {
      request: {
        headers: { "content-type": "application/x-wrong" },
        body: {
          kind: "multipart",
          parts: [
            { name: "title", content: "Smoke {{runId}} ü", fileName: null, contentType: null },
            { name: 'pic"ture', content: picture, fileName: "a {{runId}}.png", contentType: "image/png" },
          ],
        },
      },
    });
    let seen: FormData | null = null;
    const handler: Handler = async (received, response) => {
      const { headers } = received;
      expect(headers["transfer-encoding"]).toBeUndefined();
      expect(Number(headers["content-length"])).toBe(received.bytes.length);
      seen = await new Response(received.bytes, {
        headers: { "content-type": headers["content-type"] ?? "" },
      }).formData();
      return send(response, 201, {});
    };
    const { runId, outcome } = await run({ "POST /upload": handler }, [suite([flow("f", [upload])])]);
    expect(outcome).toBe("passed");
    const form: FormData = seen ?? expect.fail("the upload was seen");
    expect(form.get("title")).toBe(`Smoke ${runId} ü`);
    const file = form.get('pic"ture') as File;
    expect([file.name, file.type]).toEqual([`a ${runId}.png`, "image/png"]);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(picture);
  });

  it("send bytes as they are, and lists in query, form and headers", async () => {
    const raw = step("raw", "PUT /raw", {
      request: { body: { kind: "bytes", bytes: new Uint8Array([0, 255]), contentType: "application/zip" } },
    });
    const lists = step("lists", "POST /lists?a=0", {
      request: {
        query: { a: ["1", "{{runId}}"] },
        headers: { "X-List": ["a", "b"], cookie: ["a=1", "b=2"] },
        body: { kind: "form", value: { id: ["1", "2 3"] } },
      },
    });
    const routes = { "PUT /raw": () => ({}), "POST /lists": () => ({}) };
    const { runId } = await run(routes, [suite([flow("f", [raw, lists])])]);
    const [first, second] = app.received;
    expect([...(first?.bytes ?? [])]).toEqual([0, 255]);
    expect(first?.headers).toMatchObject({ "content-type": "application/zip", "content-length": "2" });
    expect(second?.line).toBe(`POST /lists?a=0&a=1&a=${runId}`);
    expect(second?.headers).toMatchObject({ "x-list": "a, b", cookie: "a=1; b=2" });
    expect(second?.body).toBe("id=1&id=2+3");
  });
});

describe("captures", () => {
  const capturing = (capture: RequestStep["capture"]) =>
    suite([
      flow("f", [
        step("a", "GET /a", { capture }),
        step("b", "POST /b", { request: { body: { kind: "json", value: all(capture) } } }),
      ]),
    ]);
  const all = (capture: RequestStep["capture"]): Json =>
    Object.fromEntries(capture.map(({ name }) => [name, `{{${name}}}`]));
  const answer: Handler = (_received, response) => {
    response.setHeader("set-cookie", ['sid="s3cr3t-value"; Path=/', "theme=dark"]);
    return send(response, 201, "<input name=csrf value='abc-123'> <b>7 items</b>", {
      location: "/projects/cm3x?tab=1",
    });
  };

  it("take a cookie, the body, a part of either, the status and the duration", async () => {
    const capture: RequestStep["capture"] = [
      { name: "sid", from: { kind: "cookie", cookie: "sid" }, secret: true },
      { name: "theme", from: { kind: "cookie", cookie: "theme" }, secret: false },
      {
        name: "id",
        from: { kind: "header", header: "Location" },
        pattern: { regex: "/projects/(\\w+)", group: 1 },
        secret: false,
      },
      { name: "csrf", from: { kind: "body" }, pattern: { regex: "value='(?<v>[^']+)'", group: "v" }, secret: true },
      { name: "items", from: { kind: "body" }, pattern: { regex: "\\d+ items", group: 0 }, secret: false },
      { name: "all", from: { kind: "body" }, secret: false },
      { name: "ms", from: { kind: "duration" }, secret: false },
      { name: "code", from: { kind: "status" }, pattern: { regex: "^2", group: 0 }, secret: false },
    ];
    const result = await run({ "GET /a": answer, "POST /b": () => ({}) }, [capturing(capture)]);
    expect(outcomeLines(result)).toEqual(["f passed", "  a passed", "  b passed"]);
    expect(JSON.parse(app.received[1]?.body ?? "")).toEqual({
      sid: "s3cr3t-value",
      theme: "dark",
      id: "cm3x",
      csrf: "abc-123",
      items: "7 items",
      all: "<input name=csrf value='abc-123'> <b>7 items</b>",
      ms: expect.any(Number),
      code: "2",
    });
  });

  it("say what they did not find", async () => {
    const capture: RequestStep["capture"] = [
      { name: "a", from: { kind: "cookie", cookie: "none" }, secret: false },
      {
        name: "b",
        from: { kind: "header", header: "location" },
        pattern: { regex: "/users/(\\d+)", group: 1 },
        secret: false,
      },
      { name: "c", from: { kind: "body" }, pattern: { regex: "(x)?items", group: 1 }, secret: false },
      { name: "d", from: { kind: "body" }, secret: false },
    ];
    const empty: Handler = (_received, response) => send(response, 200, "", { location: "/projects/1" });
    const result = await run({ "GET /a": empty, "POST /b": () => ({}) }, [capturing(capture)]);
    expect(result.flows[0]?.steps[0]?.failures).toEqual([
      "capture a: cookie none was not set",
      "capture b: /\\/users\\/(\\d+)/ found nothing".replaceAll("\\/", "/"),
      "capture c: the body is empty",
      "capture d: the body is empty",
    ]);
  });
});

describe("cookies", () => {
  const sessions = () => {
    const open = new Set<string>();
    const stored = new Set<string>();
    let next = 0;
    const sid = (cookie: string | undefined) => /sid=(\w+)/.exec(cookie ?? "")?.[1] ?? "";
    const guarded =
      (work: (path: string) => Json): Handler =>
      ({ headers, line }, response) =>
        open.has(sid(headers.cookie)) ? work(line) : send(response, 401, { error: "no session" });
    const routes: Routes = {
      "POST /login": (_received, response) => {
        const id = `session${++next}`;
        open.add(id);
        return send(response, 200, {}, { "set-cookie": `sid=${id}; Path=/; HttpOnly` });
      },
      "POST /logout": ({ headers }, response) => {
        open.delete(sid(headers.cookie));
        return send(response, 200, {}, { "set-cookie": "sid=; Max-Age=0; Path=/" });
      },
      "GET /me": guarded(() => ({})),
      "POST /things": guarded(() => {
        stored.add("t1");
        return { id: "t1" };
      }),
      "DELETE /things/*": guarded((line) => (stored.delete(line.split("/").at(-1) ?? "") ? {} : {})),
    };
    return { routes, stored };
  };
  const login = flow("login", [step("login", "POST /login")]);
  const create = step("create", "POST /things", {
    capture: [jsonCapture("id", "$.id")],
    cleanup: cleanup("DELETE /things/{{id}}", "thing {{id}}"),
  });

  it("are not kept unless the suite says so", async () => {
    const result = await run(sessions().routes, [suite([login, flow("f", [step("me", "GET /me")], ["login"])])]);
    expect(outcomeLines(result).at(-1)).toBe("  me failed: status: expected 2xx, got 401");
  });

  it("are kept in a flow, handed to flows that need it, and sent by the clean-up", async () => {
    const { routes, stored } = sessions();
    const flows = [
      login,
      flow("f", [step("me", "GET /me"), create], ["login"]),
      flow("alone", [step("me", "GET /me")]),
    ];
    const result = await run(routes, [suite(flows, { cookies: true })]);
    expect(outcomeLines(result)).toEqual([
      "login passed",
      "  login passed",
      "f passed",
      "  me passed",
      "  create passed",
      "alone failed",
      "  me failed: status: expected 2xx, got 401",
    ]);
    expect(result.cleanup).toMatchObject({ outcome: "passed", leftovers: [] });
    expect([...stored]).toEqual([]);
  });

  it("of a logout do not keep the clean-up from trying, and a header of the flow's own wins", async () => {
    const { routes } = sessions();
    const own = step("own", "GET /me", { request: { headers: { cookie: "sid=other" } } });
    const steps = [step("login", "POST /login"), create, own, step("logout", "POST /logout")];
    const result = await run(routes, [suite([flow("f", steps)], { cookies: true })]);
    expect(app.received.map(({ line, headers }) => `${line} ${headers.cookie ?? "-"}`)).toEqual([
      "POST /login -",
      "POST /things sid=session1",
      "GET /me sid=other",
      "POST /logout sid=session1",
      "DELETE /things/t1 sid=session1",
    ]);
    expect(result.cleanup).toMatchObject({ outcome: "failed", leftovers: ["thing t1"] });
  });
});
