import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readContractFile } from "../../../src/sources/contract-file.js";
import { readFileWithin } from "../../../src/sources/read-file.js";
import { contractFromSqlFile } from "../../../src/sources/sql-file.js";
import { createFolder } from "../../support/cli-checks.js";

const folder = createFolder();
afterAll(() => folder.remove());
const at = (name: string) => join(folder.path, name);
const isWindows = process.platform === "win32";

describe("reading a file that somebody names", () => {
  it("gives its bytes, up to the limit and not beyond", async () => {
    writeFileSync(at("ten"), "0123456789");
    expect((await readFileWithin(at("ten"), 10)).toString()).toBe("0123456789");
    await expect(readFileWithin(at("ten"), 9)).rejects.toThrow("it is larger than 9 bytes");
    await expect(readFileWithin(at("none"), 9)).rejects.toThrow("there is no such file");
    mkdirSync(at("folder"));
    await expect(readFileWithin(at("folder"), 9)).rejects.toThrow("it is a directory");
  });

  it.skipIf(isWindows)(
    "waits for no pipe and reads no device: both may never end (no such files on Windows)",
    async () => {
      execFileSync("mkfifo", [at("pipe")]);
      for (const path of [at("pipe"), "/dev/zero"]) {
        await expect(readFileWithin(path, 1000)).rejects.toThrow("it is no regular file");
      }
    },
  );

  it.skipIf(isWindows)("reads what is handed over as a descriptor (no such files on Windows)", async () => {
    writeFileSync(at("handed"), "create table a ()");
    const handle = await open(at("handed"));
    try {
      expect((await readFileWithin(`/dev/fd/${handle.fd}`, 100)).toString()).toBe("create table a ()");
    } finally {
      await handle.close();
    }
  });

  it.skipIf(isWindows)("says so in the words of the source (no such files on Windows)", async () => {
    const file = { shown: "zero", directory: "/dev", path: "/dev/zero" };
    await expect(readContractFile(file)).rejects.toMatchObject({ code: "CONTRACT_FILE" });
    const unused = () => Promise.reject(new Error("no server is needed to see that"));
    const context = { scratch: unused, limits: {}, progress: () => {}, warn: () => {}, untilStopped: unused };
    const request = { source: { kind: "sql", file }, schema: null, schemas: null } as const;
    await expect(contractFromSqlFile({ file }, request, context as never)).rejects.toMatchObject({ code: "SQL_FILE" });
  });
});
