import { describe, expect, it } from "vitest";
import { parseYaml } from "../../../src/expect/load/yaml.js";

function parse(text: string) {
  const { value, problems, locate } = parseYaml("f.yaml", text);
  const at = (path: readonly (string | number)[], part: "key" | "value") => {
    const { line, column } = locate(path, part);
    return `${line}:${column}`;
  };
  return { value, at, problems: problems.map(({ place, message }) => `${place.line}:${place.column} ${message}`) };
}

describe("YAML as a check file means it", () => {
  it("keeps keys as text and mappings in order", () => {
    const { value, problems } = parse("10: no\n9: yes\nnull: ~\ntrue: 0x10\n__proto__: 1.5\n1_0: '1'\n");
    expect(problems).toEqual([]);
    expect([...(value as Map<string, unknown>)]).toEqual([
      ["10", "no"],
      ["9", "yes"],
      ["null", null],
      ["true", 16],
      ["__proto__", 1.5],
      ["1_0", "1"],
    ]);
  });

  it("expands anchors", () => {
    const { value, problems } = parse("a: &x { b: 1 }\nc: *x\nd: [*x, *x]\n");
    expect(problems).toEqual([]);
    expect((value as Map<string, unknown>).get("d")).toEqual([new Map([["b", 1]]), new Map([["b", 1]])]);
  });

  it("reads a file with a byte order mark and Windows line ends", () => {
    const { value, at } = parse("a: 1\r\nb:\r\n  c: 2\r\n");
    expect(value).toEqual(
      new Map<string, unknown>([
        ["a", 1],
        ["b", new Map([["c", 2]])],
      ]),
    );
    expect(at(["b", "c"], "key")).toBe("3:3");
  });
});

describe("what is not YAML, or not meant", () => {
  it.each([
    ["a: 1\nb: 2\na: 3\n", "3:1 this key stands here for the second time"],
    ["a:\n\tb: 1\n", "2:1 a tab cannot indent YAML: use spaces"],
    ["a: 1\n---\nb: 2\n", "2:1 one file is one document: remove the second `---`"],
    ["a: 1\n...\nb: 2\n", "3:1 one file is one document: remove the second `---`"],
    ["a: !secret x\n", "1:4 Unresolved tag: !secret"],
    ["a: *nowhere\n", "1:4 there is no anchor &nowhere above"],
    ["a: &x [1, *x]\n", "1:11 *x stands inside of its own anchor"],
    ["a: &x { b: 1 }\nc: { <<: *x }\n", "2:6 merge keys (<<) are not supported: write the keys out"],
    ["[a, b]: 1\n", "1:1 a key is text: put it in quotes"],
    ["'': 1\n", "1:1 a key cannot be empty"],
    ['a: "x\\0y"\n', "1:4 PostgreSQL cannot store the character NUL (\\0)"],
    ['a: "\\ud800"\n', "1:4 half of a surrogate pair is not a character"],
    [
      "a: 9007199254740993\n",
      "1:4 9007199254740993 is too large to be kept exactly: put it in quotes if text is meant",
    ],
    ["%YAML 1.1\n---\na: yes\n", "1:1 YAML 1.1 reads words differently: remove the %YAML directive"],
    ["", "1:1 the file is empty"],
    ["# only a comment\n", "1:1 the file is empty"],
  ])("%j", (text, problem) => {
    expect(parse(text).problems).toContain(problem);
  });

  it("looks no further after a syntax error, but does after a repeated key", () => {
    expect(parse("a: [1\nb: 2\n").value).toBeUndefined();
    expect(parse("a: 1\na: 2\n").value).toEqual(new Map([["a", 2]]));
  });

  it.each([
    ["flow lists", "[".repeat(30_000)],
    ["flow mappings", "{a: ".repeat(5_000)],
    ["block lists", `${"- ".repeat(20_000)}x`],
    ["indented mappings", Array.from({ length: 1_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
  ])("refuses to follow %s down", (_what, text) => {
    const { problems, value } = parse(text);
    expect(value).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(/^\d+:\d+ nested more than 200 levels deep$/)]);
  });

  it("takes ordinary nesting, and text that looks deep", () => {
    const list = "a:\n".concat(Array.from({ length: 500 }, (_, i) => `  - k${i}: { x: [1, 2] }`).join("\n"));
    expect(parse(list).problems).toEqual([]);
    expect(parse(`a: "${"[{".repeat(500)}"\n`).problems).toEqual([]);
    expect(
      parse(`a: |\n${Array.from({ length: 300 }, (_, i) => `  ${" ".repeat(i)}x`).join("\n")}\n`).problems,
    ).toEqual([]);
  });

  it.each([
    ["documents", "---\n".repeat(130_000), "2:1 one file is one document: remove the second `---`"],
    ["anchors", "&a ".repeat(170_000), "1:150001 the file is too large"],
    ["colons", ": ".repeat(260_000), "1:100001 the file is too large"],
    ["directives", "%a b\n".repeat(100_000), "50001:1 the file is too large"],
    ["document ends", "...\n".repeat(130_000), "50001:1 the file is too large"],
    ["repeated keys", "a: 1\n".repeat(100_000), "16667:4 the file is too large"],
  ])("refuses a text of nothing but %s before it is parsed", (_what, text, problem) => {
    const { problems, value } = parse(text);
    expect(value).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it("takes a document with a beginning and an end, and much white space", () => {
    expect(parse(`%YAML 1.2\n---\na: 1\n...\n# end\n`).problems).toEqual([]);
    expect(parse(`a: 1\n${" # x\n\n".repeat(80_000)}b: 2\n`).problems).toEqual([]);
    expect(parse(`a: "${"x\n ".repeat(170_000)}"\n`).problems).toEqual([]);
  });

  it("finds every repeated key of a long mapping", () => {
    expect(parse("a: 1\n".repeat(16_000)).problems).toHaveLength(15_999);
  });

  it("bounds what aliases can become", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
      );
    const { value, problems } = parse(lines.join("\n"));
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/aliases/);
  });
});

describe("places", () => {
  const text = "a:\n  b: [x, { c: 1 }]\nempty:\nd: &anchor\n  e: 1\nf: *anchor\n";

  it.each<[(string | number)[], string, string]>([
    [["a"], "1:1", "2:3"],
    [["a", "b"], "2:3", "2:6"],
    [["a", "b", 0], "2:7", "2:7"],
    [["a", "b", 1, "c"], "2:12", "2:15"],
    [["empty"], "3:1", "3:1"],
    [["f", "e"], "5:3", "5:6"],
    [["a", "missing", "deeper"], "2:3", "2:3"],
    [[], "1:1", "1:1"],
  ])("%j", (path, key, value) => {
    const { at } = parse(text);
    expect([at(path, "key"), at(path, "value")]).toEqual([key, value]);
  });
});
