import type { AddressInfo, Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import type { RequestStep } from "../../src/model/flow.js";
import type { StepResult } from "../../src/model/report.js";
import { runSmoke } from "../../src/smoke/index.js";
import { ANSWERED, type Handler, send, startApp } from "../support/app-server.js";
import { claims, cleanup, flow, jsonCapture, step, suite } from "../support/flows.js";
import { startRaw } from "../support/raw-server.js";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function app(handler: Handler): Promise<string> {
  const server = await startApp({ "GET /x": handler, "POST /x": handler });
  closers.push(server.close);
  return server.url;
}

async function tcp(onConnection: (socket: Socket) => void): Promise<string> {
  const server = await startRaw(onConnection);
  closers.push(server.close);
  return `http://127.0.0.1:${server.port}`;
}

async function ask(baseUrl: string, parts: Partial<RequestStep> = {}, timeoutMs = 2_000): Promise<StepResult> {
  const one = step("ask", "GET /x", { ...parts, request: { timeoutMs } });
  const result = await runSmoke({ suites: [suite([flow("f", [one])])], baseUrl, env: {}, connection: null });
  const [asked] = result.flows[0]?.steps ?? [];
  if (asked === undefined) throw new Error("no step");
  return asked;
}

const jsonIsFine = { assert: claims({ jsonPath: [{ path: "$.ok", predicate: { equals: true } }] }) };

describe("a run against hostile applications", () => {
  it("does not fall over JSON that nests without end, and takes brackets in text for text", async () => {
    const deep =
      (levels: number): Handler =>
      (_received, response) =>
        send(response, 200, `${"[".repeat(levels)}${"]".repeat(levels)}`, { "content-type": "application/json" });
    const claim = { path: "$", predicate: { equals: [1] } };
    const parts = { capture: [jsonCapture("x", "$")], assert: claims({ jsonPath: [claim], json: { a: 1 } }) };
    expect(await ask(await app(deep(400_000)), parts)).toMatchObject({
      outcome: "failed",
      failures: ["body is nested more than 500 levels deep", "capture x: body is nested more than 500 levels deep"],
    });
    expect((await ask(await app(deep(500)), parts)).failures[0]).toMatch(/^\$\[0\]: expected 1, got \[\[/);
    const text = `\\"${"[".repeat(2_000)}`;
    const fine = { assert: claims({ jsonPath: [{ path: "$.text", predicate: { equals: text } }] }) };
    expect(await ask(await app(() => ({ text })), fine)).toMatchObject({ outcome: "passed" });
  });

  it("stops waiting for headers", async () => {
    const result = await ask(await app(() => ANSWERED), {}, 150);
    expect(result).toMatchObject({
      outcome: "errored",
      status: null,
      failures: ["no answer within 150 ms"],
      body: null,
    });
    expect(result.durationMs).toBeLessThan(1_000);
  });

  it("stops waiting for the end of a body that drips", async () => {
    const url = await app((_received, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
      return ANSWERED;
    });
    const result = await ask(url, {}, 200);
    expect(result).toMatchObject({ outcome: "errored", status: 200 });
    expect(result.failures).toEqual(["status 200 came, but the answer did not end within 200 ms"]);
    expect(result.body).toMatch(/^x+$/);
  });

  it("stops reading an endless body after 1 MiB", async () => {
    let written = 0;
    const url = await app((_received, response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      const chunk = "y".repeat(64 * 1024);
      const more = () => {
        while (!response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
      };
      more();
      return ANSWERED;
    });
    const result = await ask(url, {}, 5_000);
    expect(result.failures).toEqual(["the answer is larger than 1 MiB; reading stopped there"]);
    expect(result.outcome).toBe("errored");
    expect(result.body).toHaveLength(2_000);
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it("accepts an answer of exactly 1 MiB", async () => {
    const url = await app((_received, response) => send(response, 200, "z".repeat(1024 * 1024)));
    expect(await ask(url)).toMatchObject({ outcome: "passed", body: null });
  });

  it("does not follow redirects, and says where they lead", async () => {
    const asked: string[] = [];
    const other = await app((received) => {
      asked.push(received.line);
      return {};
    });
    const url = await app((_received, response) => send(response, 302, "", { location: `${other}/x` }));
    const result = await ask(url);
    expect(result.failures).toEqual([`status: expected 2xx, got 302 (redirect to ${other}/x, not followed)`]);
    expect(asked).toEqual([]);
  });

  it("says what came instead of JSON", async () => {
    const html = await app((_received, response) =>
      send(response, 200, "<html><title>Oops</title><body><script>x()</script><h1>Sign in</h1></body></html>", {
        "content-type": "text/html; charset=utf-8",
      }),
    );
    const result = await ask(html, jsonIsFine);
    expect(result).toMatchObject({
      outcome: "failed",
      failures: ["body is not JSON (content-type text/html; charset=utf-8)"],
    });
    expect(result.body).toBe("Oops\nSign in");
    const broken = await app((_received, response) =>
      send(response, 200, '{"ok":tru', { "content-type": "application/json" }),
    );
    expect((await ask(broken, jsonIsFine)).failures).toEqual(["body is not JSON (content-type application/json)"]);
    const empty = await app((_received, response) => send(response, 200, "", { "content-type": "application/json" }));
    expect((await ask(empty, jsonIsFine)).failures).toEqual(["body is empty (content-type application/json)"]);
  });

  it("tells a refused connection, a reset, a closed one and nonsense apart", async () => {
    const closed = await startApp({});
    await closed.close();
    const host = closed.url.replace("http://", "");
    expect((await ask(closed.url)).failures).toEqual([
      `could not connect: connection refused by ${host}; is the application running?`,
    ]);
    const cut = "the application closed the connection before the answer was complete";
    // The reset may arrive before the client has noticed that it is connected.
    expect((await ask(await tcp((socket) => socket.resetAndDestroy()))).failures[0]).toMatch(
      /closed the connection before/,
    );
    expect((await ask(await tcp((socket) => socket.once("data", () => socket.end())))).failures).toEqual([cut]);
    const half = await tcp((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"));
    expect(await ask(half)).toMatchObject({ outcome: "errored", status: 200, body: "half", failures: [cut] });
    const nonsense = await tcp((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    expect((await ask(nonsense)).failures[0]).toMatch(/^the answer is not HTTP \(HPE_/);
    const unknown = await ask("http://no-such-host.invalid");
    expect(unknown.failures).toEqual(["could not connect: the host name no-such-host.invalid is not known"]);
  });

  it("gives up on oversized headers", async () => {
    const url = await tcp((socket) =>
      socket.once("data", () => socket.write(`HTTP/1.1 200 OK\r\nx: ${"a".repeat(200_000)}`)),
    );
    expect((await ask(url)).failures).toEqual(["the headers of the answer are too large"]);
  });

  it("says what is wrong with TLS", async () => {
    const plain = await app(() => ({}));
    expect((await ask(plain.replace("http:", "https:"))).failures).toEqual([
      `could not connect: TLS: this port does not speak TLS; try ${plain}`,
    ]);
    const server = createTlsServer({ ALPNProtocols: ["http/1.1"] });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => void server.close(() => resolve())));
    const noCertificate = await ask(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(noCertificate.outcome).toBe("errored");
    expect(noCertificate.failures[0]).toMatch(/^could not connect: TLS: (?!this port)/);
  });

  it("does not hang on a server that accepts and never speaks TLS", async () => {
    const silent = (await tcp(() => {})).replace("http:", "https:");
    expect((await ask(silent, {}, 200)).failures).toEqual(["could not connect: no connection within 200 ms"]);
  });

  it("takes control characters and colour out of what it shows", async () => {
    const url = await app((_received, response) =>
      send(response, 500, "\u001b[31mThe column\u001b[39m \u0000`x`\u202e does\u0007 not exist\r\nline"),
    );
    expect((await ask(url)).body).toBe("The column `x` does not exist\nline");
  });

  it("keeps the place of the database error of a long answer", async () => {
    const filler = "at Object.<anonymous> (file.js)\n".repeat(400);
    const url = await app((_received, response) =>
      send(response, 500, `${filler}relation "ai_models" does not exist\n${filler}`),
    );
    const { body } = await ask(url);
    expect(body?.length).toBeLessThanOrEqual(2_000);
    expect(body).toContain('relation "ai_models" does not exist');
  });

  it("does not show binary answers", async () => {
    const url = await app((_received, response) => {
      response.writeHead(500, { "content-type": "image/png" });
      response.end(Buffer.from([137, 80, 78, 71, 0, 1]));
      return ANSWERED;
    });
    expect((await ask(url)).body).toBe("(image/png, 6 characters)");
  });

  it("reads other character sets", async () => {
    const url = await app((_received, response) => {
      response.writeHead(500, { "content-type": "text/plain; charset=iso-8859-1" });
      response.end(Buffer.from("Tür", "latin1"));
      return ANSWERED;
    });
    expect((await ask(url)).body).toBe("Tür");
  });

  it("does not pass on a number that JavaScript has rounded", async () => {
    const url = await app((_received, response) =>
      send(response, 200, '{"id":9007199254740993}', { "content-type": "application/json" }),
    );
    const result = await ask(url, { capture: [jsonCapture("id", "$.id")] });
    expect(result.failures).toEqual([
      "capture id: $.id is a number too large to be kept exactly; the application should send it as a string",
    ]);
  });

  it("breaks off a pattern that an answer keeps busy, hears a signal, and cleans up", async () => {
    const server = await startApp({
      "POST /x": () => ({ id: 1, a: `${"a".repeat(40)}!` }),
      "DELETE /x/1": () => ({}),
    });
    closers.push(server.close);
    const created = step("create", "POST /x", {
      capture: [jsonCapture("id", "$.id")],
      assert: claims({ jsonPath: [{ path: "$.a", predicate: { matches: "^(a+)+$" } }] }),
      cleanup: cleanup("DELETE /x/{{id}}", "x {{id}}"),
    });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const suites = [suite([flow("f", [created, step("after", "GET /x")])])];
    const result = await runSmoke({ suites, baseUrl: server.url, env: {}, connection: null, signal: stop.signal });
    const [first, second] = result.flows[0]?.steps ?? [];
    expect(first?.outcome).toBe("failed");
    expect(first?.failures[0]).toContain("but the pattern took longer than 1 s on this text");
    expect(second?.failures.join()).toMatch(/the run was stopped$/);
    expect(server.lines().at(-1)).toBe("DELETE /x/1");
    expect(result.durationMs).toBeLessThan(5_000);
  });
});
