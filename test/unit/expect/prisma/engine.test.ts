import { describe, expect, it } from "vitest";
import { locateEngine, sqlFromEngine } from "../../../../src/expect/prisma/engine.js";
import { ENGINE_PROGRAM } from "../../../../src/expect/prisma/engine-program.js";

const FILES = [
  { path: "a.prisma", text: 'datasource db {\n  provider = "postgresql"\n}\nmodel A {\n  id Int @id\n}\n' },
];

/** The program with another call in place of the last. */
function instead(of: string, call: string): string {
  expect(ENGINE_PROGRAM).toContain(of);
  return ENGINE_PROGRAM.replace(of, call);
}

function brokenBy(reason: string) {
  return { code: "PRISMA_ENGINE_UNAVAILABLE", message: expect.stringContaining(reason) };
}

describe("the engine", () => {
  it("is an optional dependency: where it is not, the error says how to get it", () => {
    expect(() => locateEngine("file:///nowhere/at/all.js")).toThrow(
      expect.objectContaining({
        code: "PRISMA_ENGINE_UNAVAILABLE",
        message: expect.stringContaining("MODULE_NOT_FOUND"),
        fix: expect.stringContaining("npm install --include=optional"),
      }),
    );
  });

  it("that panics is an error, and the next one answers", async () => {
    const panics = instead("return engine.diff(", "await engine.debugPanic(); return engine.diff(");
    await expect(sqlFromEngine(FILES, "public", panics)).rejects.toMatchObject(brokenBy("debugPanic artificial panic"));
    expect(await sqlFromEngine(FILES, "public")).toContain("CREATE TABLE");
  });

  it("that panics where no promise sees it is an error, too", async () => {
    const panics = instead(
      "return engine.diff(",
      "queueMicrotask(() => engine.debugPanic()); await new Promise(() => {}); (",
    );
    await expect(sqlFromEngine(FILES, "public", panics)).rejects.toMatchObject(brokenBy("debugPanic artificial panic"));
  });

  it.each([
    ["throws", 'throw new Error("no reason")', "no reason"],
    ["ends", "process.exit(0)", "ended without an answer"],
    [
      "cannot be loaded",
      instead("await import(glue)", 'await import("no-such-package-at-all")'),
      "no-such-package-at-all",
    ],
  ])("that %s is an error", async (_, program, reason) => {
    await expect(sqlFromEngine(FILES, "public", program)).rejects.toMatchObject(brokenBy(reason));
  });

  it("asks its adapter nothing but whether the schema is there", async () => {
    const counted = instead(
      "/server_version_num/.test(sql) ? connected",
      "/server_version_num/.test(sql) ? (globalThis.asked ? refused(sql) : (globalThis.asked = connected))",
    );
    expect(await sqlFromEngine(FILES, "core", counted)).toContain('CREATE SCHEMA IF NOT EXISTS "core"');
  });
});
