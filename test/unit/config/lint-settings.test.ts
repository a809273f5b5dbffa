import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintSettings } from "../../../src/config/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";

const directory = tmpdir();
const read = (flags: Record<string, unknown>, environment: Record<string, string> = {}) =>
  lintSettings({ flags, environment, directory });

function problemsOf(flags: Record<string, unknown>): string[] {
  try {
    read(flags);
  } catch (error) {
    if (error instanceof SchemareadyError)
      return [error.code, ...error.problems.map(({ place, message }) => `${place}: ${message}`)];
    throw error;
  }
  return [];
}

describe("settings of lint", () => {
  it("are quiet by default and replay", () => {
    expect(read({ migrations: "m" })).toEqual({
      ...{
        migrations: "m",
        tool: null,
        schema: null,
        scratchUrl: null,
        scratchVersion: null,
        scratchBinaries: null,
        contract: null,
      },
      outputs: [{ format: "text", path: null }],
      ...{ strict: false, replay: true, notes: false, everything: false, quiet: false },
    });
  });

  it("take options and variables; a contract for verify is none for lint", () => {
    const flags = {
      contract: "old.json",
      format: ["json", "github=a.txt"],
      replay: false,
      all: true,
      notes: true,
      strict: true,
      tool: "goose",
    };
    expect(read(flags, { SCHEMAREADY_MIGRATIONS: "m", SCHEMAREADY_SCHEMA: "app" })).toMatchObject({
      ...{ migrations: "m", tool: "goose", schema: "app", contract: "old.json" },
      outputs: [
        { format: "json", path: null },
        { format: "github", path: join(directory, "a.txt") },
      ],
      ...{ strict: true, replay: false, notes: true, everything: true },
    });
    expect(read({ migrations: "m" }, { SCHEMAREADY_CONTRACT: "c.json" }).contract).toBeNull();
  });

  it("list everything that is wrong at once", () => {
    expect(problemsOf({ format: ["junit", "text", "json"], tool: "make", scratchUrl: "nonsense" })).toEqual([
      "SETTINGS",
      "--migrations: no directory of migrations: give one",
      expect.stringContaining('--tool: is "make", expected one of prisma,'),
      expect.stringContaining("--scratch-url: "),
      '--format: is "junit", expected one of text, json, github, with =PATH for a file',
      "--format: two formats for stdout: write one of them to a file with =PATH",
    ]);
    expect(problemsOf({ migrations: "m", format: ["github=no/such/dir/x"] })[0]).toBe("OUTPUT_FILE");
  });
});
