import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { DIRECTORY_CODES, LINT_CODES, STATEMENT_CODES } from "../../src/model/lint.js";
import { MIGRATION_WARNING_CODES } from "../../src/model/migrations.js";
import { CAUSE_CODES, GAP_CODES } from "../../src/model/report.js";
import { listFiles, readText } from "./source.js";

const FOLDER = "docs/codes";
const HEADINGS = ["What it means", "What users see", "How schemaready decides", "What to do"];
const lintCodes: readonly string[] = [
  ...LINT_CODES,
  ...STATEMENT_CODES,
  ...DIRECTORY_CODES,
  ...MIGRATION_WARNING_CODES,
];
const codes: readonly string[] = [...GAP_CODES, ...CAUSE_CODES, ...new Set(lintCodes)];
/** What is one thing wherever it is found: in the directory, in the replay, in a database. */
const SHARED = ["NO_MIGRATION_CREATES_IT", "ORDER_DIFFERS"];
const pages = listFiles(FOLDER).filter((path) => path.endsWith(".md") && !path.endsWith("/README.md"));

const headingsOf = (text: string): string[] => [...text.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading);
const sectionsOf = (text: string): string[] => text.split(/^## .+$/m).slice(1);

describe("docs/codes", () => {
  it("has a page for every code of a gap, a cause, lint or a warning about migrations, and for nothing else", () => {
    expect(pages.map((path) => basename(path, ".md")).sort()).toEqual([...new Set(codes)].sort());
  });

  it("has no code for two things", () => {
    const lists = [GAP_CODES, CAUSE_CODES, LINT_CODES, STATEMENT_CODES, DIRECTORY_CODES, MIGRATION_WARNING_CODES];
    const all: readonly string[] = lists.flat();
    const twice = all.filter((code, at) => all.indexOf(code) !== at);
    expect(twice.filter((code) => !SHARED.includes(code))).toEqual([]);
  });

  it.each(pages)("%s has its title, says what kind of code it is, and fills every section", (path) => {
    const text = readText(path);
    const code = basename(path, ".md");
    expect(text.startsWith(`# ${code}\n\n`)).toBe(true);
    const kinds = [
      ...(GAP_CODES.some((each) => each === code) ? ["\nA gap code; severity: "] : []),
      ...(CAUSE_CODES.some((each) => each === code) ? ["\nA cause code.\n"] : []),
      ...(lintCodes.includes(code) ? ["\nA lint code; severity: "] : []),
    ];
    expect(kinds).not.toEqual([]);
    for (const kind of kinds) expect(text).toContain(kind);
    expect(headingsOf(text)).toEqual(HEADINGS);
    for (const section of sectionsOf(text)) expect(section.trim().length).toBeGreaterThan(3);
  });

  it.each(pages)("%s names no code that does not exist", (path) => {
    // In backticks and with an underscore: that is how pages name codes; settings of PostgreSQL are lower case.
    const named = [...readText(path).matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !codes.includes(name))).toEqual([]);
  });

  it("lists each page once in its index", () => {
    const rows = [...readText(`${FOLDER}/README.md`).matchAll(/^\| \[([A-Z_]+)\]\(([A-Z_]+)\.md\) \|/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual([...new Set(codes)].sort());
    expect(rows.filter(([, name, file]) => name !== file)).toEqual([]);
  });
});
