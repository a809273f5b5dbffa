import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { chooseListening, listenSettings, urlOf } from "../../../src/scratch/listen.js";

const directory = mkdtempSync(join(tmpdir(), "listen-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe.skipIf(process.platform === "win32")("on a system with sockets, a server listens", () => {
  it("in a folder that nobody else may enter, and on no port", async () => {
    const listening = await chooseListening(directory, null, "any");
    expect(statSync(listening.host).mode & 0o777).toBe(0o700);
    expect(listenSettings(listening)).toMatchObject({
      listen_addresses: "",
      unix_socket_directories: join(directory, "socket"),
    });
    const url = urlOf(listening, "a b", "p@ss/word", "db");
    expect(parseConnectionString(url)).toMatchObject({
      host: join(directory, "socket"),
      port: 5432,
      user: "a b",
      password: "p@ss/word",
      database: "db",
    });
  });

  it("on loopback when the path is too long for a socket, and makes no folder then", async () => {
    const long = join(directory, "x".repeat(90));
    const listening = await chooseListening(long, null, "any");
    expect(listening).toMatchObject({ host: "127.0.0.1", socketFolder: null });
    expect(existsSync(long)).toBe(false);
  });
});

describe("on loopback", () => {
  it("a server listens on a free port and has no socket", async () => {
    const listening = await chooseListening(directory, null, "loopback");
    expect(listening.port).toBeGreaterThan(1023);
    expect(listenSettings(listening)).toMatchObject({ listen_addresses: "127.0.0.1", unix_socket_directories: "" });
    expect(parseConnectionString(urlOf(listening, "u", "p", "db"))).toMatchObject({
      host: "127.0.0.1",
      port: listening.port,
      ssl: { mode: "disable" },
    });
  });
});
