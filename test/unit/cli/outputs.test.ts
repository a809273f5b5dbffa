import { execFileSync } from "node:child_process";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeOutputs } from "../../../src/cli/outputs.js";
import { fakeIo } from "../../support/fake-io.js";
import { failReport } from "../../support/report-fixtures.js";

const directory = mkdtempSync(join(tmpdir(), "schemaready-outputs-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const request = { quiet: false, flags: {} };
const FIRST_LINE = "FAIL  2 of 6 features broken: Create an avatar and List avatars; 1 degraded";

describe("writeOutputs", () => {
  it("leaves stdout to a machine format alone", async () => {
    const io = fakeIo();
    await writeOutputs(failReport(), { ...request, outputs: [{ format: "json", path: null }] }, io);
    expect(JSON.parse(io.out())).toEqual(failReport());
    expect(io.err()).toBe("");
  });

  it("writes files whole, replaces old ones, leaves nothing else behind", async () => {
    const json = join(directory, "report.json");
    writeFileSync(json, "old");
    const outputs = [
      { format: "json", path: json },
      { format: "junit", path: join(directory, "report.xml") },
    ] as const;
    const io = fakeIo();
    await writeOutputs(failReport(), { ...request, outputs }, io);
    expect(JSON.parse(readFileSync(json, "utf8"))).toEqual(failReport());
    expect(readdirSync(directory).sort()).toEqual(["report.json", "report.xml"]);
    expect(io.out()).toBe("");
  });

  it("writes through a symbolic link, and into a pipe without putting a file in its place", async () => {
    const place = mkdtempSync(join(directory, "links-"));
    const [real, link, pipe] = ["real.json", "link.json", "pipe"].map((name) => join(place, name));
    if (real === undefined || link === undefined || pipe === undefined) throw new Error("three names");
    writeFileSync(real, "old");
    symlinkSync(real, link);
    execFileSync("mkfifo", [pipe]);
    await writeOutputs(failReport(), { ...request, quiet: true, outputs: [{ format: "json", path: link }] }, fakeIo());
    expect(JSON.parse(readFileSync(real, "utf8"))).toEqual(failReport());
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    const reader = readFile(pipe, "utf8");
    await writeOutputs(failReport(), { ...request, quiet: true, outputs: [{ format: "json", path: pipe }] }, fakeIo());
    expect(JSON.parse(await reader)).toEqual(failReport());
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    rmSync(place, { recursive: true });
  });

  it("says the verdict on stderr when nothing goes to stdout, unless quiet", async () => {
    const outputs = [{ format: "text", path: join(directory, "report.txt") }] as const;
    const loud = fakeIo();
    await writeOutputs(failReport(), { ...request, outputs }, loud);
    expect(loud.err()).toBe(`${FIRST_LINE}\n`);
    const quiet = fakeIo();
    await writeOutputs(failReport(), { ...request, outputs, quiet: true }, quiet);
    expect(quiet.err()).toBe("");
  });

  it("explains a file that cannot be written", async () => {
    const outputs = [{ format: "text", path: join(directory, "gone", "report.txt") }] as const;
    await expect(writeOutputs(failReport(), { ...request, outputs }, fakeIo())).rejects.toMatchObject({
      code: "OUTPUT_FILE",
      message: expect.stringContaining("ENOENT"),
    });
  });

  it.each([
    ["a terminal", { tty: true }, {}, true],
    ["a pipe", {}, {}, false],
    ["a terminal with NO_COLOR", { tty: true, environment: { NO_COLOR: "1" } }, {}, false],
    ["a terminal with --no-color", { tty: true }, { color: false }, false],
    ["a pipe with FORCE_COLOR", { environment: { FORCE_COLOR: "1" } }, {}, true],
  ])("colours for %s: %#", async (_, surroundings, flags, coloured) => {
    const io = fakeIo(surroundings);
    await writeOutputs(failReport(), { quiet: false, flags, outputs: [{ format: "text", path: null }] }, io);
    expect(io.out().includes("\u001b[")).toBe(coloured);
  });

  it("fits the terminal", async () => {
    const io = fakeIo({ tty: true, columns: 60, environment: { NO_COLOR: "1" } });
    await writeOutputs(failReport(), { ...request, outputs: [{ format: "text", path: null }] }, io);
    const first = io.out().split("\n")[0] ?? "";
    expect(first.length).toBeLessThanOrEqual(60);
    expect(FIRST_LINE.startsWith(first.trimEnd())).toBe(true);
  });
});
