import { describe, expect, it, vi } from "vitest";
import { createLiveProgress } from "../../../src/cli/live-progress.js";
import type { SmokeEvent, SmokeHappening } from "../../../src/model/smoke-event.js";
import { fakeIo } from "../../support/fake-io.js";
import { smokeReport, stepWith } from "../../support/report-fixtures.js";

const at = (event: SmokeHappening): SmokeEvent => ({
  ...{ formatVersion: 1, runId: "r", time: "2026-11-20T10:00:00.000Z" },
  ...event,
});
const names = { application: "app", flow: "f", title: "Flow" };
const START = at({
  kind: "run-start",
  baseUrl: "http://app",
  startedAt: "2026-11-20T10:00:00.000Z",
  plan: [{ ...names, steps: 1 }],
});
const BEGIN = at({ kind: "step-start", application: "app", flow: "f", step: "s", title: "Create \u001b[31mred" });
const END = at({ kind: "step-end", application: "app", flow: "f", result: stepWith({ id: "s", durationMs: 5 }) });

function finish(): SmokeEvent {
  const { smoke } = smokeReport();
  if (smoke === null) throw new Error("the fixture has a smoke run");
  return at({ kind: "run-end", result: smoke });
}

/** What a screen shows in the end: carriage return and "clear line" are obeyed, other sequences are dropped. */
function screen(output: string): string[] {
  return (
    output
      .split("\n")
      .map((line) => line.split("\r\u001b[2K").at(-1) ?? "")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: sequences of the terminal
      .map((line) => line.replace(/\u001b\[[?\d;]*[a-zA-Z]/g, ""))
  );
}

describe("live progress", () => {
  it("leaves one line for each step that ended, and none of the spinner", () => {
    const io = fakeIo({ tty: true, columns: 60 });
    const progress = createLiveProgress(io.stderr, { colour: false, onExit: () => () => {} });
    for (const event of [START, at({ kind: "flow-start", ...names }), BEGIN, END, finish()]) progress.onEvent(event);
    expect(screen(io.err())).toEqual([
      "smoke run r: 1 flow, 1 step against http://app",
      "app / Flow",
      "  passed s in 5 ms",
      expect.stringMatching(/^smoke run failed in 1\.5 s/),
      "",
    ]);
  });

  it("shows what is under way while it waits, cut to the width and escaped", () => {
    const io = fakeIo({ tty: true, columns: 30 });
    const progress = createLiveProgress(io.stderr, { colour: false, onExit: () => () => {} });
    progress.onEvent(START);
    progress.onEvent(BEGIN);
    expect(screen(io.err()).at(-1)).toBe("- Create \\u{1b}[31mred");
    progress.onEvent(
      at({ kind: "poll", ...names, step: "s", title: "Wait", attempt: 2, waitMs: 10, pending: "x".repeat(100) }),
    );
    expect(screen(io.err()).at(-1)).toMatch(/^- Wait, try 2 \(x{14}$/);
    progress.stop();
  });

  it("turns the spinner with time", () => {
    vi.useFakeTimers();
    const io = fakeIo({ tty: true, columns: 60 });
    const progress = createLiveProgress(io.stderr, { colour: false, onExit: () => () => {} });
    progress.onEvent(START);
    progress.onEvent(BEGIN);
    vi.advanceTimersByTime(500);
    progress.stop();
    const written = io.err().length;
    vi.advanceTimersByTime(5_000);
    vi.useRealTimers();
    expect(io.err()).toContain("\\ Create");
    expect(io.err()).toContain("| Create");
    expect(io.err().length).toBe(written);
  });

  it("gives the cursor back once, however it ends", () => {
    for (const end of ["run-end", "stop", "exit"] as const) {
      const io = fakeIo({ tty: true, columns: 60 });
      let exit = () => {};
      const onExit = (restore: () => void) => {
        exit = restore;
        return () => {
          exit = () => {};
        };
      };
      const progress = createLiveProgress(io.stderr, { colour: false, onExit });
      progress.onEvent(START);
      expect(io.err()).toContain("\u001b[?25l");
      if (end === "run-end") progress.onEvent(finish());
      if (end === "exit") exit();
      progress.stop();
      exit();
      expect(io.err().split("\u001b[?25h")).toHaveLength(2);
    }
  });

  it("colours the outcome only when asked", () => {
    for (const colour of [true, false]) {
      const io = fakeIo({ tty: true });
      const progress = createLiveProgress(io.stderr, { colour, onExit: () => () => {} });
      for (const event of [START, BEGIN, END]) progress.onEvent(event);
      progress.stop();
      expect(io.err().includes("\u001b[32mpassed")).toBe(colour);
    }
  });
});
