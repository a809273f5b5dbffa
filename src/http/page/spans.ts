/** How long which verdict held: the changes that the service remembers, as stretches of time. */
import type { Verdict } from "../../model/report.js";
import type { ChangeRecord } from "../changes.js";

export interface Span {
  readonly verdict: Verdict;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is shown of the past: somebody who was woken up asks about this night. */
export const WINDOW_MS = 24 * 60 * 60 * 1000;

/**
 * Stretches of time, the oldest first, without gaps between them, clipped to the window that ends now.
 * @param changes newest first
 */
export function spansOf(changes: readonly ChangeRecord[], nowMs: number): Span[] {
  const startMs = nowMs - WINDOW_MS;
  const spans: Span[] = [];
  let toMs = nowMs;
  for (const { at, to } of changes) {
    const fromMs = Math.min(Math.max(Date.parse(at), startMs), toMs);
    spans.unshift({ verdict: to, fromMs, toMs });
    toMs = fromMs;
    if (fromMs === startMs) break;
  }
  return spans;
}

/** Milliseconds of each verdict that occurs, in the order of the first argument's words. */
export function totals(spans: readonly Span[]): ReadonlyMap<Verdict, number> {
  const sums = new Map<Verdict, number>();
  for (const { verdict, fromMs, toMs } of spans) sums.set(verdict, (sums.get(verdict) ?? 0) + toMs - fromMs);
  return sums;
}

const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** `12 s`, `3 min`, `2 h 5 min`, `3 d 4 h`: rounded down, two units at most. */
export function timeText(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1000);
  const at = Math.max(
    0,
    UNITS.findIndex(([, seconds]) => whole >= seconds),
  );
  const [unit, seconds] = whole === 0 ? UNITS[3] : (UNITS[at] ?? UNITS[3]);
  const next = UNITS[at + 1];
  const rest = next === undefined || unit === "min" ? 0 : Math.floor((whole % seconds) / next[1]);
  return `${Math.floor(whole / seconds)} ${unit}${rest === 0 || next === undefined ? "" : ` ${rest} ${next[0]}`}`;
}
