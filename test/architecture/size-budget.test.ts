import { describe, expect, it } from "vitest";
import { type AstNode, lineOf, parse, readSources, type SourceFile, textOf, walk } from "./source.js";

const FILE_LINES = 350;
const MEDIAN_LINES = 120;
const P90_LINES = 250;
const FUNCTION_LINES = 60;

/** Functions that may be longer, because they hold SQL text or a table of routes: `file name` and the reason. */
const LONGER: Readonly<Record<string, string>> = {};

interface Sized {
  readonly name: string;
  readonly lines: number;
}

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** Every function of a file with its length in lines, named `file name` after what it is assigned to. */
function functionsOf(file: SourceFile): Sized[] {
  const found: Sized[] = [];
  walk(file.program, (node, parents) => {
    if (!FUNCTIONS.has(node.type)) return;
    const start = lineOf(file, node.start);
    found.push({
      name: `${file.path} ${functionName(node, parents, start)}`,
      lines: lineOf(file, node.end) - start + 1,
    });
  });
  return found;
}

function functionName(node: AstNode, parents: readonly AstNode[], line: number): string {
  const parent = parents.at(-1);
  return textOf(node["id"]) ?? textOf(parent?.["id"]) ?? textOf(parent?.["key"]) ?? `line ${line}`;
}

const fileSize = ({ path, text }: SourceFile): Sized => ({ name: path, lines: text.trimEnd().split("\n").length });

const tooLong = (sized: readonly Sized[], limit: number): string[] =>
  sized
    .filter(({ name, lines }) => lines > limit && LONGER[name] === undefined)
    .map(({ name, lines }) => `${name}: ${lines} lines, at most ${limit}`);

/** The smallest value that at least this share of all values does not exceed. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}

describe("size budget", () => {
  const everything = readSources("src", "demo", "test", "scripts");
  const product = everything.filter(({ path }) => path.startsWith("src/"));
  const functions = everything.filter(({ path }) => /^(src|demo)\//.test(path)).flatMap(functionsOf);
  const lines = product.map((file) => fileSize(file).lines);

  it(`files have at most ${FILE_LINES} lines`, () => {
    expect(tooLong(everything.map(fileSize), FILE_LINES)).toEqual([]);
  });

  it(`half of the files in src have at most ${MEDIAN_LINES} lines, nine in ten at most ${P90_LINES}`, () => {
    expect(percentile(lines, 0.5)).toBeLessThanOrEqual(MEDIAN_LINES);
    expect(percentile(lines, 0.9)).toBeLessThanOrEqual(P90_LINES);
  });

  it(`functions have at most ${FUNCTION_LINES} lines`, () => {
    expect(functions.length).toBeGreaterThan(10);
    expect(tooLong(functions, FUNCTION_LINES)).toEqual([]);
  });

  it("keeps no exception that is not needed", () => {
    const needed = new Set(functions.filter(({ lines: length }) => length > FUNCTION_LINES).map(({ name }) => name));
    expect(Object.keys(LONGER).filter((name) => !needed.has(name))).toEqual([]);
  });
});

describe("the counter", () => {
  const body = (count: number): string => Array.from({ length: count }, (_, index) => `  f(${index});`).join("\n");

  it.each([
    ["function long() {\n@\n}", "src/a.ts long"],
    ["const long = () => {\n@\n};", "src/a.ts long"],
    ["const table = { long() {\n@\n} };", "src/a.ts long"],
    ["class C { long(): void {\n@\n} }", "src/a.ts long"],
    ["f(() => {\n@\n});", "src/a.ts line 1"],
  ])("finds %j", (text, name) => {
    const sized = (count: number) => functionsOf(parse("src/a.ts", text.replace("@", body(count))));
    expect(tooLong(sized(FUNCTION_LINES - 1), FUNCTION_LINES)).toEqual([
      `${name}: ${FUNCTION_LINES + 1} lines, at most ${FUNCTION_LINES}`,
    ]);
    expect(tooLong(sized(FUNCTION_LINES - 2), FUNCTION_LINES)).toEqual([]);
  });

  it("counts lines of files and takes percentiles", () => {
    expect(tooLong([fileSize(parse("src/a.ts", `${body(351)}\n`))], FILE_LINES)).toEqual([
      "src/a.ts: 351 lines, at most 350",
    ]);
    expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 0.9)).toBe(9);
  });
});
