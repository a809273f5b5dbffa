import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ERRORS } from "../../src/errors/index.js";
import { loadCheckFiles } from "../../src/expect/index.js";
import { PROBLEM_CODES } from "../../src/http/problem.js";
import {
  type AstNode,
  isNode,
  listFiles,
  memberName,
  parse,
  ROOT,
  readSources,
  readText,
  type SourceFile,
  textOf,
  walk,
} from "./source.js";

const { scripts } = JSON.parse(readText("package.json")) as { scripts: Record<string, string> };
const pages = ["README.md", "CHANGELOG.md", ...listFiles("docs").filter((path) => path.endsWith(".md"))];

/** Names of the commands that a file registers with commander: `program.command("verify")`, `new Command("verify")`. */
function commandsOf(file: SourceFile): string[] {
  const names: string[] = [];
  walk(file.program, (node) => {
    const made = node.type === "NewExpression" && textOf(node["callee"]) === "Command";
    if (made || (node.type === "CallExpression" && isCommandOfProgram(node["callee"]))) names.push(firstWord(node));
  });
  return names.filter((name) => name !== "" && name !== "schemaready");
}

const isCommandOfProgram = (callee: unknown): boolean =>
  isNode(callee) && memberName(callee) === "command" && textOf(callee["object"]) === "program";

function firstWord(call: AstNode): string {
  const [first]: unknown[] = Array.isArray(call["arguments"]) ? call["arguments"] : [];
  return textOf(first)?.split(" ")[0] ?? "";
}

const headings = (text: string): string[] =>
  [...text.matchAll(/^#{2,4} `?(?:schemaready )?([\w-]+)`?/gm)].map(([, name = ""]) => name);

describe("README.md", () => {
  it("shows the two commands, and they exist", () => {
    const readme = readText("README.md");
    expect(readme).toContain("npm ci && npm run demo");
    expect(readme).toContain("npm ci && npm test");
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["demo", "test"]));
  });
});

describe("the check file in README.md", () => {
  const folder = mkdtempSync(join(tmpdir(), "schemaready-readme-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is valid", async () => {
    const [, yaml = ""] = /^```yaml\n(.*?)^```/ms.exec(readText("README.md")) ?? [];
    const path = join(folder, "readme.yaml");
    writeFileSync(path, yaml);
    const { files } = await loadCheckFiles([path]);
    expect(files[0]?.content.features?.has("generate-avatar")).toBe(true);
  });
});

describe("every page", () => {
  it.each(pages)("%s names only npm scripts that exist", (page) => {
    const named = [...readText(page).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it.each(pages)("%s links only to files that exist", (page) => {
    const links = [...readText(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
  });

  // The pages of single codes have an index of their own: documented-codes.test.ts.
  it.each(pages.filter((page) => /^docs\/(?!README|codes\/[A-Z_]+\.md)/.test(page) || page === "docs/codes/README.md"))(
    "%s is in the index",
    (page) => {
      expect(readText("docs/README.md")).toContain(`](${page.slice("docs/".length)})`);
    },
  );
});

describe("docs/cli.md", () => {
  it("has a section for every command, and for no other", () => {
    const commands = readSources("src/cli").flatMap(commandsOf);
    expect(commands.length).toBeGreaterThan(0);
    const sections = headings(readText("docs/cli.md")).filter((name) => /^[a-z-]+$/.test(name));
    expect(sections.sort()).toEqual(commands.sort());
  });

  it("is compared with commands that are really found", () => {
    const text =
      'program.command("verify [x]"); new Command("serve"); new Command("schemaready"); screen.command("no");';
    expect(commandsOf(parse("src/cli/a.ts", text))).toEqual(["verify", "serve"]);
  });
});

describe("docs/errors.md", () => {
  const [text = "", overHttp = ""] = readText("docs/errors.md").split("\n## Problems over HTTP\n");

  it("has a heading for every error code, and for no other", () => {
    expect(headings(text).sort()).toEqual(Object.keys(ERRORS).sort());
  });

  it("has a heading for every code of a problem over HTTP that is no error code, and for no other", () => {
    const codes = PROBLEM_CODES.filter((code) => !Object.hasOwn(ERRORS, code));
    expect(headings(overHttp).sort()).toEqual([...codes].sort());
  });

  it.each(Object.entries(ERRORS))("says the exit code and the HTTP status of %s", (code, { exit, http }) => {
    expect(text).toContain(`## ${code}\n\nExit code ${exit}, HTTP ${http}.\n`);
  });
});

describe("the source", () => {
  it("names only pages that exist", () => {
    const named = readSources("src", "demo").flatMap(({ path, text }) =>
      [...text.matchAll(/(?<![\w/.-])docs\/[\w-]+\.md/g)].map(([page]) => ({ path, page })),
    );
    expect(named.filter(({ page }) => !existsSync(join(ROOT, page)))).toEqual([]);
  });
});
