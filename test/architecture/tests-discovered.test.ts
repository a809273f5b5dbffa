import { describe, expect, it } from "vitest";
import config from "../../vitest.config.js";
import { lineOf, listFiles, memberName, parse, readSources, type SourceFile, textOf, walk } from "./source.js";

interface Project {
  readonly test: { readonly name: string; readonly include: readonly string[] };
}

const projects = (config as { readonly test: { readonly projects: readonly Project[] } }).test.projects;
const files = listFiles("test");
const tests = files.filter((path) => /[._-](test|spec)\.[cm]?[jt]sx?$/.test(path));

/** `test/unit/**\/*.test.ts` as a regular expression: the only two wildcards that vitest.config.ts uses. */
function matcher(glob: string): RegExp {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("**/", "(?:.+/)?")
    .replaceAll("*", "[^/]*");
  return new RegExp(`^${pattern}$`);
}

/** Calls that leave a test out of a run, or everything else out: `it.skip`, `describe.only`, `test.todo`. */
function leftOut(file: SourceFile): string[] {
  const found: string[] = [];
  walk(file.program, (node) => {
    const name = memberName(node);
    if (name === null || !/^(skip|only|todo)$/.test(name)) return;
    if (!/^(it|test|describe|suite)$/.test(textOf(node["object"]) ?? "")) return;
    found.push(`${file.path}:${lineOf(file, node.start)}: ${textOf(node["object"])}.${name}`);
  });
  return found;
}

describe("test files", () => {
  it("each belong to exactly one vitest project", () => {
    const homes = (path: string) =>
      projects.filter(({ test }) => test.include.some((glob) => matcher(glob).test(path)));
    expect(tests.length).toBeGreaterThan(3);
    expect(tests.filter((path) => homes(path).length !== 1)).toEqual([]);
  });

  it("exist for every vitest project", () => {
    const empty = projects.filter(
      ({ test }) => !test.include.some((glob) => tests.some((path) => matcher(glob).test(path))),
    );
    expect(empty.map(({ test }) => test.name)).toEqual([]);
  });

  it("leave no test out", () => {
    expect(readSources("test").flatMap(leftOut)).toEqual([]);
  });
});

describe("incident folders", () => {
  const NEEDED = ["incident.yaml", "state.sql", "expected.json", "expected.txt"];
  // states/ holds what several incidents start from.
  const folders = new Set(files.flatMap((path) => /^test\/incidents\/((?!states\/)[^/]+)\//.exec(path)?.[1] ?? []));

  it("hold what their runner reads", () => {
    expect(folders.size).toBeGreaterThan(0);
    const missing = [...folders].flatMap((folder) =>
      NEEDED.map((name) => `test/incidents/${folder}/${name}`).filter((path) => !files.includes(path)),
    );
    expect(missing).toEqual([]);
  });
});

describe("the rules for test files", () => {
  it("understand the globs", () => {
    const unit = matcher("test/unit/**/*.test.ts");
    expect(["test/unit/a.test.ts", "test/unit/b/c/d.test.ts"].every((path) => unit.test(path))).toBe(true);
    expect(["test/a.test.ts", "test/unit/a.ts", "test/unity/a.test.ts"].some((path) => unit.test(path))).toBe(false);
  });

  it.each(["it.skip('a', f)", "describe.only('a', f)", "test.todo('a')", "it.skip.each([])('a', f)"])(
    "find %s",
    (text) => {
      expect(leftOut(parse("test/a.test.ts", text))).toHaveLength(1);
    },
  );
});
