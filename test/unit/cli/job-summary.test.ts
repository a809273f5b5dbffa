import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { appendJobSummary, fitting, MOST_BYTES } from "../../../src/cli/job-summary.js";
import { writeOutputs } from "../../../src/cli/outputs.js";
import { reporters } from "../../../src/report/index.js";
import { fakeIo } from "../../support/fake-io.js";
import { smokeReport } from "../../support/report-fixtures.js";

const directory = mkdtempSync(join(tmpdir(), "schemaready-summary-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const MARKDOWN = reporters.markdown(smokeReport(), { colour: false, width: 100 });

describe("the job summary", () => {
  it("is appended to what earlier commands have written", async () => {
    const summary = join(directory, "summary.md");
    writeFileSync(summary, "before\n");
    const io = fakeIo({ environment: { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary } });
    const outputs = [{ format: "github", path: null }] as const;
    await writeOutputs(smokeReport(), { outputs, quiet: false, flags: {} }, io);
    expect(readFileSync(summary, "utf8")).toBe(`before\n${MARKDOWN}\n`);
    expect(io.out()).toMatch(/^::error file=checks\/avatars\.yaml,line=42,/);
    expect(io.out()).toMatch(/::stop-commands::([\da-f-]{36})\n[\s\S]*\n::\1::\n/);
  });

  it("is not written for another format, nor without the variable", async () => {
    const summary = join(directory, "other.md");
    writeFileSync(summary, "");
    const environment = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const json = [{ format: "json", path: null }] as const;
    await writeOutputs(smokeReport(), { outputs: json, quiet: true, flags: {} }, fakeIo({ environment }));
    expect(readFileSync(summary, "utf8")).toBe("");
  });

  it("says on stderr when it cannot be written, and nothing else changes", () => {
    const io = fakeIo();
    appendJobSummary(join(directory, "gone", "summary.md"), smokeReport(), io);
    expect(io.err()).toMatch(/^the job summary could not be written: .*ENOENT.*\n$/);
  });

  it("stays below the limit, ends with a whole line and leaves no block of code open", () => {
    const page = `# T\n\n\`\`\`\n${"é line of an answer\n".repeat(100_000)}\`\`\`\n`;
    const cut = fitting(page, MOST_BYTES);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(MOST_BYTES);
    expect(Buffer.byteLength(cut)).toBeGreaterThan(MOST_BYTES - 200);
    expect(cut).toMatch(/é line of an answer\n```\n\n_The rest did not fit/);
    expect(cut).not.toContain("\ufffd");
    expect(fitting("short\n", 6)).toBe("short\n");
    expect(fitting(page, 10)).toBe("");
  });
});

describe("text in a job's log", () => {
  it("stands where the runner obeys no command, and only there", async () => {
    const outputs = [{ format: "text", path: null }] as const;
    const request = { outputs, quiet: false, flags: {} };
    const inJob = fakeIo({ environment: { GITHUB_ACTIONS: "true" } });
    await writeOutputs(smokeReport(), request, inJob);
    expect(inJob.out()).toMatch(/^::stop-commands::([\da-f-]{36})\nFAIL {2}[\s\S]*\n::\1::\n$/);
    const elsewhere = fakeIo();
    await writeOutputs(smokeReport(), request, elsewhere);
    expect(elsewhere.out()).toMatch(/^FAIL {2}/);
  });
});
