/** Servers that break HTTP, send too much, or send what nobody can read. */
import type { Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { RequestStep } from "../../src/model/flow.js";
import type { StepResult } from "../../src/model/report.js";
import { runSmoke } from "../../src/smoke/index.js";
import { claims, flow, step, suite } from "../support/flows.js";
import { OK, startRaw } from "../support/raw-server.js";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Asks a server that does this with every request. */
async function ask(
  answer: (socket: Socket) => void,
  parts: Partial<RequestStep> = {},
  timeoutMs = 3_000,
): Promise<StepResult> {
  const server = await startRaw((socket) => socket.once("data", () => answer(socket)));
  closers.push(server.close);
  const one = step("ask", "GET /x", { ...parts, request: { timeoutMs } });
  const baseUrl = `http://127.0.0.1:${server.port}`;
  const result = await runSmoke({ suites: [suite([flow("f", [one])])], baseUrl, env: {}, connection: null });
  const [asked] = result.flows[0]?.steps ?? [];
  if (asked === undefined) throw new Error("no step");
  return asked;
}

/** Sends the bytes and ends the connection. */
const bytes =
  (head: string, body: Buffer | string = "") =>
  (socket: Socket) => {
    socket.write(`${head}\r\n\r\n`);
    socket.end(body);
  };
const ok = { assert: claims({ jsonPath: [{ path: "$.ok", predicate: { equals: true } }] }) };
const CUT = "the application closed the connection before the answer was complete";

describe("packed answers", () => {
  const packed = (coding: string, body: Buffer) =>
    bytes(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: ${coding}\r\ncontent-length: ${body.length}`,
      body,
    );
  const json = Buffer.from('{"ok":true}');

  it.each([
    ["gzip", gzipSync(json)],
    ["x-gzip", gzipSync(json)],
    ["GZIP", gzipSync(json)],
    ["deflate", deflateSync(json)],
    ["br", brotliCompressSync(json)],
    ["gzip, br", brotliCompressSync(gzipSync(json))],
    ["identity", json],
  ])("are unpacked, although nobody asked for %s", async (coding, body) => {
    expect(await ask(packed(coding, body), ok)).toMatchObject({ outcome: "passed" });
  });

  it.each([
    ["gzip", (body: Buffer) => gzipSync(body)],
    ["br", (body: Buffer) => brotliCompressSync(body)],
    ["gzip, gzip", (body: Buffer) => gzipSync(gzipSync(body))],
  ])("that become very large are not unpacked further: %s", async (coding, pack) => {
    const bomb = pack(Buffer.alloc(64 * 1024 * 1024));
    const result = await ask(packed(coding, bomb));
    expect(result).toMatchObject({ outcome: "errored", status: 200, body: null });
    expect(result.failures).toEqual(["unpacked, the answer is larger than 1 MiB"]);
  });

  it("that are something else are said to be so", async () => {
    const result = await ask(packed("gzip", Buffer.from("not gzip at all")), ok);
    expect(result.failures).toEqual(["the answer is not gzip, as it says"]);
    const unknown = await ask(packed("zstd", Buffer.from("(zstd)")), ok);
    expect(unknown.failures).toEqual([
      "body is not JSON (content-type application/json, sent as zstd although that was not asked for)",
    ]);
    const often = await ask(packed("gzip, gzip, gzip", gzipSync(gzipSync(gzipSync(json)))), ok);
    expect(often.failures[0]).toContain("sent as gzip, gzip, gzip although that was not asked for");
  });

  it("that are cut off are unpacked as far as they go", async () => {
    const whole = gzipSync(Buffer.from(`relation "x" does not exist\n${"y".repeat(10_000)}${Math.PI}`));
    const half = whole.subarray(0, whole.length - 12);
    const result = await ask(
      bytes(`HTTP/1.1 500 X\r\ncontent-encoding: gzip\r\ncontent-length: ${whole.length}`, half),
    );
    expect(result).toMatchObject({ outcome: "errored", failures: [CUT] });
    expect(result.body).toMatch(/^relation "x" does not exist/);
  });
});

describe("lengths that are wrong", () => {
  it.each([
    ["longer than the body", "100", "{}"],
    ["no number", "many", "{}"],
    ["negative", "-5", "{}"],
  ])("%s", async (_, length, body) => {
    expect(await ask(bytes(`HTTP/1.1 200 OK\r\ncontent-length: ${length}`, body))).toMatchObject({
      outcome: "errored",
    });
  });

  it("shorter than the body: what follows is no part of the answer", async () => {
    const result = await ask(
      bytes("HTTP/1.1 200 OK\r\ncontent-length: 11", '{"ok":true}HTTP/1.1 200 OK\r\n\r\nmore'),
      ok,
    );
    expect(result).toMatchObject({ outcome: "passed" });
  });

  it("two of them, or one beside chunks: smuggled answers are no answers", async () => {
    for (const head of ["content-length: 2\r\ncontent-length: 4", "content-length: 2\r\ntransfer-encoding: chunked"]) {
      const result = await ask(bytes(`HTTP/1.1 200 OK\r\n${head}`, "2\r\n{}\r\n0\r\n\r\n"));
      expect([head, result.outcome]).toEqual([head, "errored"]);
      expect(result.failures[0]).toMatch(/the answer is (?:not HTTP|shorter or longer than its content-length says)/);
    }
  });

  it("chunks that are no chunks, or never end", async () => {
    const chunked = (body: string) => bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked", body);
    expect((await ask(chunked("zz\r\n{}\r\n0\r\n\r\n"))).failures[0]).toMatch(/the answer is not HTTP/);
    expect((await ask(chunked("2\r\n{}\r\n"))).failures).toEqual([CUT]);
    expect((await ask(chunked("ffffffffffffffffff\r\n{}"))).outcome).toBe("errored");
  });
});

describe("floods", () => {
  it("of body: a gigabyte is not read, and its memory is not taken", async () => {
    const chunk = Buffer.alloc(1024 * 1024, "y");
    let written = 0;
    const before = process.memoryUsage().rss;
    const result = await ask((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${1024 ** 3}\r\n\r\n`);
      const more = () => {
        while (!socket.destroyed && written < 1024 ** 3) {
          written += chunk.length;
          if (!socket.write(chunk)) return void socket.once("drain", more);
        }
      };
      more();
    });
    expect(result.failures).toEqual(["the answer is larger than 1 MiB; reading stopped there"]);
    expect(written).toBeLessThan(64 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });

  it.each([
    ["one endless header", () => `x: ${"a".repeat(100_000)}`],
    ["a hundred thousand headers", () => Array.from({ length: 100_000 }, (_, index) => `x-${index}: y`).join("\r\n")],
  ])("of headers: %s", async (_, headers) => {
    const result = await ask((socket) => socket.write(`HTTP/1.1 200 OK\r\n${headers()}`));
    expect(result).toMatchObject({ outcome: "errored", failures: ["the headers of the answer are too large"] });
  });

  it("of headers that drip one by one end with the time of the step", async () => {
    const result = await ask(
      (socket) => {
        socket.write("HTTP/1.1 200 OK\r\n");
        const timer = setInterval(() => socket.write("x: y\r\n"), 10);
        socket.on("close", () => clearInterval(timer));
      },
      {},
      200,
    );
    expect(result.failures).toEqual(["no answer within 200 ms"]);
  });

  it("of interim answers: a few are passed over, endless ones end with the time of the step", async () => {
    const few = await ask(
      bytes(
        `${"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n".repeat(5)}${OK.trimEnd().replace(/\r\n\r\n.*$/s, "")}`,
        "{}",
      ),
    );
    expect(few.outcome).toBe("passed");
    const endless = await ask(
      (socket) => {
        const timer = setInterval(() => socket.write("HTTP/1.1 102 Processing\r\n\r\n".repeat(100)), 5);
        socket.on("close", () => clearInterval(timer));
      },
      {},
      200,
    );
    expect(endless).toMatchObject({ outcome: "errored", status: null });
    expect(endless.failures).toEqual(["no answer within 200 ms"]);
  });

  it("of protocols: a switch that nobody asked for is refused", async () => {
    const result = await ask(bytes("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade"));
    expect(result).toMatchObject({ outcome: "errored", status: null });
  });
});

describe("connections that break at each phase", () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n";
  it.each([
    ["before the status line", ""],
    ["in the status line", "HTTP/1.1 2"],
    ["in a header", "HTTP/1.1 200 OK\r\ncontent-le"],
    ["after the headers", head],
    ["in the body", `${head}{"ok`],
  ])("%s, by a reset or by an end", async (_, sent) => {
    const end = await ask((socket) => void socket.end(sent));
    expect([end.outcome, end.failures]).toEqual(["errored", [expect.stringMatching(/closed the connection|not HTTP/)]]);
    const reset = await ask((socket) => {
      socket.write(sent, () => socket.resetAndDestroy());
    });
    expect(reset.outcome).toBe("errored");
    expect(reset.failures).toEqual([expect.stringMatching(/closed the connection|not HTTP/)]);
  });
});

describe("texts that nobody can read", () => {
  const failing = (body: Buffer, type = "text/plain") =>
    ask(bytes(`HTTP/1.1 500 X\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}`, body));

  it("NUL bytes are taken out", async () => {
    expect((await failing(Buffer.from('relation "x\0y" does\0 not exist'))).body).toBe('relation "xy" does not exist');
  });

  it("bytes that are no UTF-8 become the replacement character, also half a character at the end", async () => {
    expect((await failing(Buffer.from([0x61, 0xff, 0xfe, 0x62, 0xc3]))).body).toBe("a\ufffd\ufffdb\ufffd");
    expect((await failing(Buffer.from([0xed, 0xa0, 0x80, 0x21]))).body).toMatch(/^\ufffd+!$/);
  });

  it("character sets that do not exist are read as UTF-8", async () => {
    expect((await failing(Buffer.from("é"), "text/plain; charset=klingon")).body).toBe("é");
  });

  it("headers hold what they hold: no line of them becomes a line of ours", async () => {
    const result = await ask(bytes("HTTP/1.1 302 Found\r\nlocation: /\x1b[31mred\x85::error::x"));
    for (const control of ["\u001b", "\u0085"]) expect(result.failures.join()).not.toContain(control);
  });

  it("JSON that is deeper than anybody needs is JSON, or says that it is none", async () => {
    const deep = Buffer.from(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    const result = await ask(bytes(`HTTP/1.1 200 OK\r\ncontent-length: ${deep.length}`, deep), ok);
    expect(["failed", "errored"]).toContain(result.outcome);
  });
});
