/** Bytes on a socket: not quite HTTP, not HTTP at all, too slow, too much. The service answers or hangs up, and goes on. */
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createService, type TestService, TOKEN } from "../support/http-service.js";
import { failReport } from "../support/report-fixtures.js";

const SETTINGS = { seed: Number(process.env["FUZZ_SEED"] ?? 7), numRuns: Number(process.env["FUZZ_RUNS"] ?? 200) };
const GET = "GET /livez HTTP/1.1\r\nhost: localhost\r\n";
const LAST = "GET /livez HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
const NAMES = /avatar|projectId|db\.internal|15\.18/i;

let service: TestService;
let port: number;

beforeAll(async () => {
  service = await createService({ token: TOKEN, host: "0.0.0.0" });
  await service.give(failReport());
  await service.app.listen({ host: "127.0.0.1", port: 0 });
  const address = service.app.server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  port = address.port;
});
afterAll(async () => {
  service.app.server.closeAllConnections();
  await service.app.close();
});

const alive = async () => statusesOf(await exchange(LAST))[0];
const statusesOf = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

function open(bytes: string | Buffer): Promise<{ readonly socket: Socket; readonly text: Promise<string> }> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(bytes);
      resolve({ socket, text: closed });
    });
    const closed = new Promise<string>((done) => {
      socket.setEncoding("latin1").on("data", (chunk: string) => {
        text += chunk;
      });
      socket.on("close", () => done(text));
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") reject(error);
    });
  });
}

/** Sends, says that nothing more will come, and reads to the end. */
async function exchange(bytes: string | Buffer): Promise<string> {
  const { socket, text } = await open(bytes);
  socket.end();
  return text;
}

describe("one connection", () => {
  it.each([
    ["a request line with NUL", "GET /\0livez HTTP/1.1\r\nhost: x\r\n\r\n", [400]],
    ["a header with NUL", `${GET}x: a\0b\r\n\r\n`, [400]],
    ["a header without a name", `${GET}: b\r\n\r\n`, [400]],
    ["two lengths", `${GET}content-length: 1\r\ncontent-length: 2\r\n\r\nab`, [400]],
    [
      "a length and chunks, as smugglers send them",
      `${GET}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      [400],
    ],
    ["chunks that are none", `POST /livez HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`, [405, 400]],
    ["no host", "GET /livez HTTP/1.1\r\n\r\n", [400]],
    ["HTTP/1.0", "GET /livez HTTP/1.0\r\n\r\n", [200]],
    ["HTTP/0.9", "GET /livez\r\n\r\n", [200]],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]],
    ["TLS", Buffer.from("1603010200010001fc0303", "hex"), [400]],
    ["too many headers", `${GET}${"x: y\r\n".repeat(5_000)}\r\n`, [431]],
    ["a long path", `GET /${"a".repeat(9_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, [431]],
    ["OPTIONS for the server as a whole", "OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", [204]],
    ["an upgrade", `${GET}upgrade: websocket\r\nconnection: upgrade, close\r\n\r\n`, [200]],
    ["a tunnel", "CONNECT db.internal:5432 HTTP/1.1\r\nhost: x\r\n\r\n", []],
    ["a whole URL", "GET http://localhost/schema/verify HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", [401]],
  ])("%s", async (_name, bytes, statuses) => {
    const text = await exchange(bytes);
    expect(statusesOf(text)).toEqual(statuses);
    expect(text).not.toMatch(NAMES);
    expect(await alive()).toBe(200);
  });

  it("answers what is pipelined, in order", async () => {
    const paths = ["/livez", "/schema/health", "/nope", "/schema/verify"];
    const requests = Array.from({ length: 200 }, (_, at) => `GET ${paths[at % 4]} HTTP/1.1\r\nhost: x\r\n\r\n`);
    const text = await exchange(requests.join("") + LAST);
    expect(statusesOf(text)).toEqual([...requests.map((_, at) => [200, 503, 404, 401][at % 4]), 200]);
  });

  it("with a body that nobody reads gets its answer", async () => {
    const body = "x".repeat(5_000_000);
    const { socket, text } = await open(
      `POST /schema/verify HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    expect(statusesOf(await text)).toEqual([405]);
    socket.destroy();
    expect(await alive()).toBe(200);
  });
});

it("any bytes are answered with an error or not at all", async () => {
  const good = fc.constantFrom(
    "GET",
    " ",
    "/livez",
    "/schema/verify",
    "HTTP/1.1",
    "\r\n",
    "host: x",
    "\r\n\r\n",
    "\0",
    ":",
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all)),
    fc
      .array(fc.oneof(good, fc.string({ maxLength: 5 })), { maxLength: 20 })
      .map((parts) => Buffer.from(parts.join(""))),
    fc.tuple(fc.nat(LAST.length - 1), fc.nat(255)).map(([at, byte]) => {
      const changed = Buffer.from(LAST);
      changed[at] = byte;
      return changed;
    }),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      const text = await exchange(sent);
      expect(statusesOf(text).filter((status) => status >= 500)).toEqual([]);
      expect(text).not.toMatch(NAMES);
      expect(text === "" || text.startsWith("HTTP/1.1 ")).toBe(true);
    }),
    SETTINGS,
  );
  expect(await alive()).toBe(200);
}, 120_000);

it("who sends headers one byte at a time is told so in the end, and keeps nobody waiting", async () => {
  const slow = await Promise.all(Array.from({ length: 50 }, () => open("GET /livez HTTP/1.1\r\nx:")));
  const dripping = setInterval(() => {
    for (const { socket } of slow) if (socket.writable) socket.write("y");
  }, 500);
  try {
    const ends = Promise.all(slow.map(({ text }) => text));
    for (let round = 0; round < 20; round++) expect(await alive()).toBe(200);
    expect((await ends).flatMap(statusesOf)).toEqual(slow.map(() => 408));
  } finally {
    clearInterval(dripping);
    for (const { socket } of slow) socket.destroy();
  }
}, 60_000);

it("who hangs up in the middle leaves nothing behind", async () => {
  for (let round = 0; round < 50; round++) {
    const { socket } = await open(round % 2 === 0 ? GET : `${GET}\r\n`);
    socket.destroy();
  }
  const count = () =>
    new Promise<number>((resolve) => service.app.server.getConnections((_error, all) => resolve(all)));
  for (let round = 0; (await count()) > 0 && round < 400; round++) await sleep(25);
  expect(await count()).toBe(0);
});
