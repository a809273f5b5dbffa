import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ROOT } from "./source.js";

const folder = mkdtempSync(join(tmpdir(), "schemaready-ci-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface TestFile {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

/** Runs the summary over a report in vitest's JSON form and returns its last line and its exit code. */
function summary(testResults: readonly TestFile[] | null, vitestExit: number) {
  const path = join(folder, "report.json");
  rmSync(path, { force: true });
  if (testResults !== null) writeFileSync(path, JSON.stringify({ testResults }));
  const script = join(ROOT, "scripts", "ci-summary.mjs");
  const run = spawnSync(process.execPath, [script, path, String(vitestExit)], { encoding: "utf8" });
  return { line: run.stdout.trimEnd().split("\n").at(-1), exit: run.status };
}

const file = (status: string, ...tests: string[]): TestFile => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

describe(".ci/run", () => {
  it("can be executed", () => {
    expect(statSync(join(ROOT, ".ci", "run")).mode & 0o111).toBe(0o111);
  });
});

describe("the last line of a CI run", () => {
  it.each([
    ["all passed", [file("passed", "passed", "passed")], 0, "2 passed, 0 failed", 0],
    ["skipped ones do not count", [file("passed", "passed", "skipped")], 0, "1 passed, 0 failed", 0],
    ["one failed", [file("failed", "passed", "failed")], 1, "1 passed, 1 failed", 1],
    ["a file that does not load", [file("failed"), file("passed", "passed")], 1, "1 passed, 1 failed", 1],
    ["a clean-up that fails after its tests", [file("failed", "passed")], 1, "1 passed, 1 failed", 1],
    ["a worker that died", [file("passed", "passed", "pending")], 1, "1 passed, 1 failed", 1],
    ["an error outside of the tests", [file("passed", "passed")], 1, "1 passed, 1 failed", 1],
    ["nothing ran", [], 0, "0 passed, 0 failed", 1],
    ["everything was skipped", [file("passed", "skipped")], 0, "0 passed, 0 failed", 1],
    ["no report, because the time was up", null, 124, "0 passed, 1 failed", 1],
  ] as const)("%s", (_, testResults, vitestExit, line, exit) => {
    expect(summary(testResults, vitestExit)).toEqual({ line, exit });
  });
});
