import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intervalMs } from "../../../src/smoke/poll.js";
import { retryAfterMs } from "../../../src/smoke/poll-answer.js";
import { poll } from "../../support/flows.js";

const NOW = Date.parse("2026-11-20T10:00:00Z");

describe("the wait between two tries", () => {
  it("grows by its factor, up to 30 seconds", () => {
    const growing = poll({}, { everyMs: 1_000, backoff: 2 });
    expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => intervalMs(growing, attempt))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect(intervalMs(poll({}, { everyMs: 250 }), 9)).toBe(250);
    expect(intervalMs(poll({}, { everyMs: 60_000, backoff: 3 }), 5)).toBe(60_000);
  });

  it("never becomes shorter, and never anything but a time", () => {
    const parts = fc.tuple(fc.integer({ min: 1, max: 3_600_000 }), fc.double({ min: 1, max: 10, noNaN: true }));
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 10_000 }), ([everyMs, backoff], attempt) => {
        const ms = intervalMs(poll({}, { everyMs, backoff }), attempt);
        expect(ms).toBeGreaterThanOrEqual(everyMs);
        expect(ms).toBeLessThanOrEqual(Math.max(everyMs, 30_000));
      }),
    );
  });

  it.each<[Record<string, string>, number]>([
    [{}, 0],
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after": " 0 " }, 0],
    [{ "retry-after": "Fri, 20 Nov 2026 10:00:05 GMT" }, 5_000],
    [{ "retry-after": "Friday, 20-Nov-26 10:00:05 GMT" }, 5_000],
    [{ "retry-after": "Fri, 20 Nov 2026 09:00:00 GMT" }, 0],
    // The application's clock is an hour ahead: its own time counts.
    [{ "retry-after": "Fri, 20 Nov 2026 11:00:05 GMT", date: "Fri, 20 Nov 2026 11:00:00 GMT" }, 5_000],
    [{ "retry-after": "5 apples" }, 0],
    [{ "retry-after": "-5" }, 0],
    [{ "retry-after": "soon" }, 0],
    [{ "retry-after": "Fri, someday" }, 0],
  ])("is what the application asks for: %j -> %d ms", (headers, ms) => {
    expect(retryAfterMs(headers, NOW)).toBe(ms);
  });
});
