import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allPages } from "../../../src/cli/explain/pages.js";
import { toTerminal } from "../../../src/cli/explain/terminal.js";
import { runCli } from "../../../src/cli/index.js";
import { ERRORS } from "../../../src/errors/index.js";
import { LINT_CODES, STATEMENT_CODES } from "../../../src/model/lint.js";
import { MIGRATION_WARNING_CODES } from "../../../src/model/migrations.js";
import { CAUSE_CODES, GAP_CODES } from "../../../src/model/report.js";
import { fakeIo } from "../../support/fake-io.js";

async function explain(...args: readonly string[]) {
  const io = fakeIo({ columns: 80 });
  const code = await runCli(["explain", ...args], io);
  return { code, out: io.out(), err: io.err() };
}

const CODES: readonly string[] = [
  ...new Set([...GAP_CODES, ...CAUSE_CODES, ...LINT_CODES, ...STATEMENT_CODES, ...MIGRATION_WARNING_CODES]),
  ...Object.keys(ERRORS),
];

describe("explain", () => {
  it.each(CODES)("prints the page of %s, fit for a terminal", async (code) => {
    const { code: exit, out, err } = await explain(code);
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out.startsWith(`${code}\n${"=".repeat(code.length)}\n\n`)).toBe(true);
    expect(out.endsWith("\n")).toBe(true);
    expect(out).not.toMatch(/^#+ [A-Z]|\]\(|```|\n\n\n/m);
    // A word that is longer than a line, such as an address, stays whole.
    const long = out
      .split("\n")
      .filter((line) => line.length > 80 && /\S\s+\S/.test(line.trim()) && !line.startsWith("    "));
    expect(long).toEqual([]);
  });

  it.each(["missing_column", " Missing-Column ", "MISSING COLUMN"])("takes %j as it is written", async (asked) => {
    expect((await explain(asked)).out).toBe((await explain("MISSING_COLUMN")).out);
  });

  it("says the nearest code for one that does not exist, exit 2", async () => {
    const { code, out, err } = await explain("MISSING_COLUM");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain('error USAGE: There is no code "MISSING_COLUM"; did you mean "MISSING_COLUMN"?');
    expect((await explain("\u001b[2Jx")).err).not.toContain("\u001b");
  });

  it("lists every code with a line of its own", async () => {
    const { code, out } = await explain();
    expect(code).toBe(0);
    for (const each of CODES) expect(out).toMatch(new RegExp(`^  ${each} +\\S`, "m"));
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("knows what sort of code each page is about", () => {
    expect(allPages().filter(({ kinds, summary }) => kinds.length === 0 || summary === "")).toEqual([]);
    const files = readdirSync(new URL("../../../docs/codes/", import.meta.url)).filter((name) => name !== "README.md");
    expect(allPages().filter(({ kinds }) => !kinds.includes("error"))).toHaveLength(files.length);
  });
});

describe("Markdown in a terminal", () => {
  it("keeps code as it is, wraps text, and takes the marks away", () => {
    const text = toTerminal(
      "# A\n\nSee [the page](a.md) and [the web](https://example.com/x) for `code` and **more**.\n\n- one item that is longer than\n  a line of thirty\n- two\n\n```\nselect  1;   -- as it is, however long it may be\n\n  2\n```\n\n| a | b |\n| --- | --- |\n| x | `y` |\n## Next\nText.\n",
      30,
    );
    expect(text).toBe(
      [
        "A",
        "=",
        "",
        "See the page and the web",
        "(https://example.com/x) for",
        "code and more.",
        "",
        "  - one item that is longer",
        "    than a line of thirty",
        "  - two",
        "",
        "    select  1;   -- as it is, however long it may be",
        "    ",
        "      2",
        "",
        "  x: y",
        "",
        "Next",
        "----",
        "",
        "Text.",
        "",
      ].join("\n"),
    );
  });
});
