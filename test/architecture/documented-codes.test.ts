import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { CAUSE_CODES, GAP_CODES } from "../../src/model/report.js";
import { listFiles, readText } from "./source.js";

const FOLDER = "docs/codes";
const HEADINGS = ["What it means", "What users see", "How schemaready decides", "What to do"];
const codes: readonly string[] = [...GAP_CODES, ...CAUSE_CODES];
const pages = listFiles(FOLDER).filter((path) => path.endsWith(".md") && !path.endsWith("/README.md"));

const headingsOf = (text: string): string[] => [...text.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading);
const sectionsOf = (text: string): string[] => text.split(/^## .+$/m).slice(1);

describe("docs/codes", () => {
  it("has a page for every gap code and cause code, and for nothing else", () => {
    expect(pages.map((path) => basename(path, ".md")).sort()).toEqual([...codes].sort());
  });

  it("has no code twice: a gap code is no cause code", () => {
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(pages)("%s has its title, says what kind of code it is, and fills every section", (path) => {
    const text = readText(path);
    const code = basename(path, ".md");
    expect(text.startsWith(`# ${code}\n\n`)).toBe(true);
    const isGap = GAP_CODES.some((each) => each === code);
    expect(text).toContain(isGap ? "\nA gap code; severity: " : "\nA cause code.\n");
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
    expect(rows.map(([, name]) => name).sort()).toEqual([...codes].sort());
    expect(rows.filter(([, name, file]) => name !== file)).toEqual([]);
  });
});
