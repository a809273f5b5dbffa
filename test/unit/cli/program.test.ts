import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../../../src/cli/index.js";
import { fakeIo } from "../../support/fake-io.js";

const directory = mkdtempSync(join(tmpdir(), "schemaready-cli-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function run(argv: readonly string[], environment: Record<string, string> = {}) {
  const io = fakeIo({ environment, directory });
  const code = await runCli(argv, io);
  return { code, out: io.out(), err: io.err() };
}

describe("help", () => {
  it.each([
    ["verify", ["--database-url <url>", "--strict", "DATABASE_URL", "--format"]],
    ["serve", ["--port <port>", "PORT", "SCHEMAREADY_TOKEN", "--max-stale", "READY_REQUIRES"]],
    ["smoke", ["--base-url <url>", "--only <flow>", "  4  ", "SCHEMAREADY_BASE_URL"]],
    ["compile", ["--migrations <directory>", "-o, --output <path>", "SCHEMAREADY_FROM_DATABASE", "  --from-database"]],
    ["lint", ["--migrations <directory>", "text, json or github", "--no-replay", "SCHEMAREADY_MIGRATIONS", "--notes"]],
    ["explain", ["Without a code"]],
    ["demo", ["--keep"]],
  ])("of %s has description, options, environment, exit codes and an example", async (command, expected) => {
    const { code, out, err } = await run([command, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const part of [...expected, "Exit codes:", "Example:", `schemaready ${command} `, "130", "143"]) {
      expect(out).toContain(part);
    }
  });

  it("lists the commands", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    for (const command of ["verify", "serve", "smoke", "compile", "demo"])
      expect(out).toMatch(new RegExp(`^  ${command}\\b`, "m"));
  });

  it("is printed to stderr when no command was given, and that is wrong usage", async () => {
    const { code, out, err } = await run([]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: schemaready");
  });

  it("has no option that takes a token from the command line", async () => {
    const { out } = await run(["serve", "--help"]);
    expect(out).not.toContain("--token <");
  });
});

it("prints the version", async () => {
  const { code, out } = await run(["--version"]);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) });
});

describe("wrong usage", () => {
  it.each([
    [["verfy"], "Unknown command 'verfy' (Did you mean verify?)"],
    [["verify", "--chekcs", "x"], "Unknown option '--chekcs' (Did you mean --checks?)"],
    [["verify", "--timeout"], "Option '--timeout <duration>' argument missing"],
    [["verify", "extra"], "Too many arguments"],
  ])("%j", async (argv, expected) => {
    const { code, out, err } = await run(argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`error USAGE: ${expected}`);
    expect(err).toContain("what to do:");
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe("wrong settings", () => {
  it.each(["verify", "serve"])("of %s are listed at once, on stderr", async (command) => {
    const { code, out, err } = await run([command, "--timeout", "5", "--scratch-url", "x"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    for (const option of ["--timeout", "--scratch-url", "--database-url", "--checks"])
      expect(err).toContain(`  ${option}: `);
  });

  it("never show the password of a URL that cannot be used", async () => {
    const url = "postgresql://app:hunter2#secret@db:notaport/x";
    const { code, err } = await run(["verify", "--checks", "."], { DATABASE_URL: url });
    expect(code).toBe(2);
    expect(err).toContain("DATABASE_URL: ");
    expect(err).not.toContain("hunter2");
  });
});
