import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeRecord } from "../../../src/http/changes.js";
import { spansOf, timeText, totals, WINDOW_MS } from "../../../src/http/page/spans.js";
import { verdictsPart } from "../../../src/http/page/verdicts.js";
import type { Verdict } from "../../../src/model/report.js";

const NOW = Date.parse("2026-11-20T10:00:00.000Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const change = (msAgo: number, to: Verdict, from: Verdict | null = null): ChangeRecord => ({
  at: new Date(NOW - msAgo).toISOString(),
  from,
  to,
  summary: to === "pass" ? null : "1 of 4 features broken, 3 gaps",
});

describe("spans", () => {
  it("are the stretches between changes, the oldest first, up to now", () => {
    const spans = spansOf([change(10 * MINUTE, "fail", "pass"), change(HOUR, "pass")], NOW);
    expect(spans).toEqual([
      { verdict: "pass", fromMs: NOW - HOUR, toMs: NOW - 10 * MINUTE },
      { verdict: "fail", fromMs: NOW - 10 * MINUTE, toMs: NOW },
    ]);
    expect([...totals(spans)]).toEqual([
      ["pass", 50 * MINUTE],
      ["fail", 10 * MINUTE],
    ]);
  });

  it("end at the window's edge, and there are none before the first verdict", () => {
    expect(spansOf([change(30 * HOUR, "warn"), change(50 * HOUR, "pass")], NOW)).toEqual([
      { verdict: "warn", fromMs: NOW - WINDOW_MS, toMs: NOW },
    ]);
    expect(spansOf([], NOW)).toEqual([]);
  });

  it("follow each other without gaps inside the window, whatever the clock did", () => {
    const verdicts = fc.constantFrom<Verdict>("pass", "warn", "fail", "unverified");
    const records = fc.array(fc.tuple(fc.integer({ min: -HOUR, max: 40 * HOUR }), verdicts), { maxLength: 100 });
    fc.assert(
      fc.property(records, (made) => {
        const spans = spansOf(
          made.map(([ago, to]) => change(ago, to)),
          NOW,
        );
        expect(spans.at(-1)?.toMs ?? NOW).toBe(NOW);
        for (const [at, { fromMs, toMs }] of spans.entries()) {
          expect(fromMs).toBeGreaterThanOrEqual(NOW - WINDOW_MS);
          expect(fromMs).toBeLessThanOrEqual(toMs);
          expect(spans[at + 1]?.fromMs ?? NOW).toBe(toMs);
        }
      }),
    );
  });
});

describe("a time in words", () => {
  it.each([
    [0, "0 s"],
    [999, "0 s"],
    [59_999, "59 s"],
    [MINUTE, "1 min"],
    [HOUR - 1, "59 min"],
    [HOUR, "1 h"],
    [2 * HOUR + 5 * MINUTE, "2 h 5 min"],
    [24 * HOUR, "1 d"],
    [76 * HOUR, "3 d 4 h"],
  ])("%d ms is %s", (ms, text) => {
    expect(timeText(ms)).toBe(text);
  });
});

describe("the bar", () => {
  const bar = (changes: readonly ChangeRecord[]) => verdictsPart(changes, NOW)[0]?.markup ?? "";
  const numbers = (markup: string, name: string) =>
    [...markup.matchAll(new RegExp(`<rect [^>]*\\b${name}="([^"]+)"`, "g"))].map(([, value]) => Number(value));

  it("is in proportion to time, and says the same in words", () => {
    const markup = bar([change(HOUR, "fail", "pass"), change(4 * HOUR, "pass")]);
    expect(numbers(markup, "width")).toEqual([750, 250]);
    expect(numbers(markup, "x")).toEqual([0, 750]);
    expect(markup).toContain('aria-label="Verdicts, oldest first: pass 3 h (75 %), fail 1 h (25 %)"');
    expect(markup).toContain("for 1 h now");
    expect(markup).toContain("1 of 4 features broken, 3 gaps");
  });

  it("tells verdicts apart by height, not by colour alone", () => {
    const all = (["pass", "warn", "unverified", "fail"] as const).map((to, at) => change((at + 1) * HOUR, to));
    expect(new Set(numbers(bar(all), "height")).size).toBe(4);
  });

  it("shows what was short, and is never wider than itself", () => {
    const short = [
      change(23 * HOUR, "pass", "fail"),
      change(23 * HOUR + 5_000, "fail", "pass"),
      change(24 * HOUR, "pass"),
    ];
    const widths = numbers(bar(short), "width");
    expect(Math.min(...widths)).toBeGreaterThan(3);
    expect(widths.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1000, 0);
    expect(bar(short)).toContain("fail 5 s (under 1 %)");
    expect(bar(short)).toContain("(over 99 %)");
  });

  it("lists the last ones and counts the rest", () => {
    const many = Array.from({ length: 30 }, (_, at) => change((at + 1) * MINUTE, at % 2 === 0 ? "fail" : "pass"));
    expect(bar(many).match(/<li /g)?.length).toBe(8);
    expect(bar(many)).toContain("22 older ones: ");
  });
});
