import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { githubActions, smokeSettings } from "../../../src/config/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";

const directory = mkdtempSync(join(tmpdir(), "schemaready-smoke-settings-"));
mkdirSync(join(directory, "checks"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const settingsOf = (flags: Readonly<Record<string, unknown>>) => smokeSettings({ flags, environment: {}, directory });

function problemsOf(flags: Readonly<Record<string, unknown>>): string[] {
  try {
    settingsOf(flags);
  } catch (error) {
    if (error instanceof SchemareadyError) return error.problems.map(({ place, message }) => `${place}: ${message}`);
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("settings of smoke", () => {
  it("have defaults: every flow, one after the other, everything cleaned up", () => {
    expect(settingsOf({})).toMatchObject({
      ...{ only: [], jobs: 1, failFast: false, keep: false, waitFor: [], show: null },
      outputs: [{ format: "text", path: null }],
    });
  });

  it("take events as a format, which verify has not", () => {
    const format = ["ndjson", `html=${join(directory, "smoke.html")}`];
    expect(settingsOf({ format }).outputs).toEqual([
      { format: "ndjson", path: null },
      { format: "html", path: join(directory, "smoke.html") },
    ]);
  });

  it.each<[readonly string[], readonly [url: string, timeoutMs: number][]]>([
    [["/livez", "60s"], [["/livez", 60_000]]],
    [["/livez=1.5s"], [["/livez", 1_500]]],
    [["/livez"], [["/livez", 60_000]]],
    [
      ["http://db:8080/x?a=b", "5s", "/livez", "/readyz", "2m"],
      [
        ["http://db:8080/x?a=b", 5_000],
        ["/livez", 60_000],
        ["/readyz", 120_000],
      ],
    ],
    [["/x?wait=3s"], [["/x?wait", 3_000]]],
    [["/x?a=3=2s"], [["/x?a=3", 2_000]]],
  ])("read what has to answer first: %j", (waitFor, expected) => {
    expect(settingsOf({ waitFor }).waitFor).toEqual(expected.map(([url, timeoutMs]) => ({ url, timeoutMs })));
  });

  it.each(["60s", "livez", "//host/x", "ftp://host/", "http://u:hunter2@host/"])("refuse to wait for %s", (text) => {
    const [problem = ""] = problemsOf({ waitFor: [text] });
    expect(problem).toMatch(/^--wait-for: is ".*", expected an address/);
    expect(problem).not.toContain("hunter2");
  });

  it.each(["0", "65", "two", "-1", "1.5"])("refuse %s jobs", (jobs) => {
    expect(problemsOf({ jobs })).toEqual([`--jobs: is "${jobs}", expected a number between 1 and 64`]);
  });

  it("list or plan as text or JSON, one of the two", () => {
    expect(settingsOf({ list: true }).show).toBe("list");
    expect(settingsOf({ dryRun: true, format: ["json"] }).show).toBe("plan");
    expect(problemsOf({ list: true, dryRun: true, format: ["junit"] })).toEqual([
      "--list: stands beside --dry-run: give one of them",
      "--format: is junit: --list prints text or json",
    ]);
  });
});

it.each([
  [{}, { active: false, stepSummary: null }],
  [
    { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "/s" },
    { active: true, stepSummary: "/s" },
  ],
  [
    { GITHUB_ACTIONS: "1", GITHUB_STEP_SUMMARY: "" },
    { active: false, stepSummary: null },
  ],
])("knows a job of GitHub Actions by its variables: %j", (environment, expected) => {
  expect(githubActions(environment)).toEqual(expected);
});
