import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { block, code, plain, table } from "../../../src/report/markdown-text.js";
import { everyCodeReport } from "../../support/every-code-report.js";
import { expectGolden } from "../../support/golden.js";
import {
  columnSubject,
  failReport,
  featureWith,
  gapWith,
  HOSTILE_NAME,
  hostileReport,
  passReport,
  reportWith,
  smokeReport,
  unreachableReport,
  unverifiedReport,
} from "../../support/report-fixtures.js";

const render = (report: Report) => reporters.markdown(report, { colour: true, width: 80 });
const golden = (name: string) => new URL(`./golden/${name}.md`, import.meta.url);

describe("markdown", () => {
  it.each([
    ["pass", passReport],
    ["fail", failReport],
    ["unverified", unverifiedReport],
    ["unreachable", unreachableReport],
    ["smoke", smokeReport],
    ["hostile", hostileReport],
    ["every-code", everyCodeReport],
  ])("%s", (name, report) => {
    expectGolden(render(report()), golden(name));
  });

  it("has the table of an incident page: table, column, type, impact, resolved by", () => {
    const gap = gapWith({
      code: "MISSING_COLUMN",
      subject: columnSubject("avatar_generations", "projectId"),
      expected: { type: "text", nullable: false, default: null },
      introducedBy: "20251014_add_avatar_creator_complete",
    });
    const report = reportWith({
      verdict: "fail",
      gaps: [gap],
      features: [featureWith({ id: "generate", title: "Generate an avatar", status: "broken", gaps: [gap.id] })],
      history: [
        {
          application: "avatar-creator",
          tool: "prisma",
          table: "public._prisma_migrations",
          state: "behind",
          migrations: [
            {
              name: "20251014_add_avatar_creator_complete",
              status: "pending",
              required: true,
              blocks: false,
              startedAt: null,
              finishedAt: null,
              note: null,
            },
          ],
        },
      ],
    });
    expect(render(report)).toContain(`## Missing columns

| table | column | type | impact | resolved by |
| --- | --- | --- | --- | --- |
| \`public.avatar_generations\` | \`projectId\` | \`text not null\` | breaks Generate an avatar | \`20251014_add_avatar_creator_complete\` (pending) |
`);
  });

  it("has tables whose rows have as many cells as their heads, for any name", () => {
    const cells = (line: string) => line.replace(/\\\|/g, "").split("|").length;
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.constant(HOSTILE_NAME)), (name) => {
        const gap = gapWith({
          code: "MISSING_COLUMN",
          subject: columnSubject(name, name),
          expected: { type: name },
          introducedBy: name,
          message: name,
        });
        const other = gapWith({
          code: "MISSING_TABLE",
          subject: { kind: "table", schema: name, relation: null, name },
          message: name,
        });
        const text = render(
          reportWith({
            verdict: "fail",
            gaps: [gap, other],
            features: [featureWith({ id: name, title: name, status: "broken", gaps: [gap.id] })],
          }),
        );
        const heads = text.split("\n").filter((line) => line.startsWith("| ---"));
        expect(heads).toHaveLength(3);
        let width = 0;
        for (const line of text.split("\n")) {
          if (!line.startsWith("|")) width = 0;
          else if (width === 0) width = cells(line);
          else expect(cells(line)).toBe(width);
        }
      }),
    );
  });
});

describe("markdown text", () => {
  it.each([
    ["a|b", "a\\|b"],
    ["**bold** _it_ `code`", "\\*\\*bold\\*\\* \\_it\\_ \\`code\\`"],
    ["<img src=x> & [a](b)", "&lt;img src=x&gt; &amp; \\[a\\](b)"],
    ["see https://example.com and www.example.com", "see https:\\//example.com and www\\.example.com"],
    ["ask @admins, not a@b.c", "ask `@admins`, not a@b.c"],
    ["one\ntwo", "one\\\\ntwo"],
  ])("plain %j", (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it.each([
    ["name", "`name`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["a|b", "`a\\|b`"],
    ["", "` `"],
  ])("code %j", (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it("keeps a statement in one block, whatever it quotes", () => {
    expect(block("sql", "select '```'")).toEqual(["````sql", "select '```'", "````"]);
    expect(table(["a"], [])).toEqual([]);
  });
});
