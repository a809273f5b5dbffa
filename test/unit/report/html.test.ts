import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { STYLE, STYLE_DIGEST } from "../../../src/report/html/style.js";
import { reporters } from "../../../src/report/index.js";
import { REPORT_VOCABULARY, textOfHtml } from "../../support/html-text.js";
import { HOSTILE_NAME, smokeReport } from "../../support/report-fixtures.js";
import { REPORTS, smokeReportSaying } from "../../support/report-set.js";

const page = (report: Report) => reporters.html(report, { colour: true, width: 80 });

const DANGEROUS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

const textOf = (html: string) => textOfHtml(html, REPORT_VOCABULARY, [STYLE]);

describe("html", () => {
  it.each(Object.entries(REPORTS))("%s is well-formed and holds nothing but our own elements", (_, report) => {
    expect(textOf(page(report)).length).toBeGreaterThan(100);
  });

  it("allows its own style sheet and nothing else: no script, no image, no other host", () => {
    expect(createHash("sha256").update(STYLE).digest("base64")).toBe(STYLE_DIGEST);
    const html = page(smokeReport());
    expect(html).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${STYLE_DIGEST}&#39;`);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|\bstyle=|\bon[a-z]+=|url\(|@import/i);
  });

  it("can be read on a phone, in the dark and on paper", () => {
    expect(page(smokeReport())).toContain("width=device-width");
    for (const query of ["prefers-color-scheme:dark", "max-width:40rem", "@media print"])
      expect(STYLE).toContain(query);
  });

  it("tells the verdict, the cause, each step with its duration, the answer, the request and the next steps", () => {
    const text = textOf(page(smokeReport()));
    for (const part of [
      "2 of 4 steps failed",
      "schema: fail, 2 of 6 features broken",
      "Create an avatar is broken because table public.avatars is missing.",
      "88 ms",
      "does not exist in the current database",
      "\\u{1b}[31mP2021",
      `authorization: Bearer '"$TOKEN"`,
      "checks/avatars.yaml:42",
      "blocked by generate",
      "left behind: \nproject p1",
      "is recorded as applied, but it never ran.",
      "npx prisma migrate deploy",
      "hazards: ",
      "20251012_add_avatars",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("makes text of every name, error and answer", () => {
    const texts = fc.oneof(
      fc.constantFrom(
        HOSTILE_NAME,
        "<script>alert(1)</script>",
        "</style><img src=x onerror=y>",
        '" onclick="x',
        "&lt;b&gt;",
        "'",
      ),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const html = page(smokeReportSaying(text));
        expect(textOf(html)).toContain("FAILED");
        expect(html).not.toMatch(DANGEROUS);
      }),
      { numRuns: 150 },
    );
  });
});
