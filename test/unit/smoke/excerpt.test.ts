import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/config/index.js";
import { excerpt, MAX_EXCERPT } from "../../../src/smoke/excerpt.js";
import { cut, htmlToText, printable } from "../../../src/smoke/text.js";

function redactorFor(...secrets: string[]) {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

describe("excerpts of answers", () => {
  it("take secrets out before anything else is taken out or cut off", () => {
    const tagged = "pass<b>word";
    expect(excerpt(`<p>${tagged}</p>`, "text/html", redactorFor(tagged))).toBe("[redacted]");
    expect(excerpt("pass\u0000word\u001b[0m!", "", redactorFor("password!"))).toBe("[redacted]");
    expect(excerpt("<p>pass&#119;ord</p>", "text/html", redactorFor("password"))).toBe("[redacted]");
    const straddling = excerpt(`${"x".repeat(MAX_EXCERPT - 5)}password-password`, "", redactorFor("password-password"));
    expect(straddling).not.toContain("pass");
  });

  it("are never longer than 2,000 characters", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6_000 }), fc.nat(3_000), (text, at) => {
        const long = `${"a ".repeat(at)}${text}relation "x" does not exist${text}`;
        expect(excerpt(long, "", redactorFor()).length).toBeLessThanOrEqual(MAX_EXCERPT);
      }),
    );
  });

  it("never cut the stand-in of a secret", () => {
    for (let before = 0; before < 30; before += 1) {
      const hidden = "token-token ".repeat(300);
      const start = excerpt(`${"x".repeat(before)}${hidden}`, "", redactorFor("token-token"));
      const middle = excerpt(`${"x".repeat(before)}${hidden}does not exist${hidden}`, "", redactorFor("token-token"));
      for (const text of [start, middle]) {
        expect(text.length).toBeGreaterThan(MAX_EXCERPT - 30);
        expect(text.replaceAll("[redacted]", "")).not.toMatch(/[[\]]|red|act/);
      }
    }
  });

  it("turn a page into its text", () => {
    const page = `<!doctype html><html><head><style>p{}</style><title>Error</title></head><body>
      <!-- hidden --><pre>error: relation &quot;ai_models&quot; does not exist<br> &nbsp; at a&lt;b&gt;</pre></body></html>`;
    expect(htmlToText(page)).toBe('Error\nerror: relation "ai_models" does not exist\nat a<b>');
    expect(excerpt(page, "", redactorFor())).toContain('relation "ai_models" does not exist');
  });

  it("are quick with pages made to be slow", () => {
    const started = performance.now();
    for (const part of ["<", "<a", "<!--", "<script", "<p <p", "&#", "</"]) {
      excerpt(part.repeat((1024 * 1024) / part.length), "text/html", redactorFor("secret"));
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("print nothing that moves a cursor, rings or hides", () => {
    expect(printable("a\u001b]0;title\u0007b\u001b[2Jc\u202ed\u0085e\r\nf\tg\rh")).toBe("abcde\nf\tg\nh");
  });

  it("never cut a character in half", () => {
    expect(cut("abc😀", 5)).toBe("abc😀");
    expect(cut("abc😀d", 5)).toBe("abc…");
  });
});
