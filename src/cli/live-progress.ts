/**
 * A run for who watches it on a terminal: each step that has ended on a line of its own, and below them one line with
 * what is under way and a spinner. The cursor is hidden meanwhile, and comes back however the process ends.
 */
import type { SmokeEvent } from "../model/smoke-event.js";
import { displaySafe, displayWidth } from "../report/index.js";
import { describeSmokeEvent } from "../smoke/index.js";
import type { Sink } from "./io.js";

const FRAMES = ["-", "\\", "|", "/"];
const FRAME_MS = 120;
const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";
const CLEAR_LINE = "\r\u001b[2K";
const DEFAULT_WIDTH = 80;

export interface LiveProgress {
  readonly onEvent: (event: SmokeEvent) => void;
  /** Takes the line with the spinner away and shows the cursor; more than once does nothing. */
  stop(): void;
}

export interface LiveOptions {
  readonly colour: boolean;
  /** Calls back when the process ends, however it does; returns what forgets that. */
  readonly onExit?: (restore: () => void) => () => void;
}

export function createLiveProgress(terminal: Sink, { colour, onExit = atExit }: LiveOptions): LiveProgress {
  const active = new Map<string, string>();
  let frame = 0;
  let timer: NodeJS.Timeout | null = null;
  let forget = () => {};
  const draw = () => {
    const width = (terminal.columns ?? DEFAULT_WIDTH) - 1;
    const text = `${FRAMES[frame % FRAMES.length]} ${[...active.values()].join(", ")}`;
    terminal.write(active.size === 0 ? CLEAR_LINE : `${CLEAR_LINE}${cutTo(displaySafe(text), width)}`);
  };
  const stop = () => {
    if (timer === null) return;
    clearInterval(timer);
    timer = null;
    forget();
    terminal.write(CLEAR_LINE + SHOW_CURSOR);
  };
  const start = () => {
    terminal.write(HIDE_CURSOR);
    forget = onExit(stop);
    timer = setInterval(() => {
      frame += 1;
      draw();
    }, FRAME_MS);
    // A spinner must not keep a process alive that is done.
    timer.unref();
  };
  const onEvent = (event: SmokeEvent) => {
    if (timer === null && event.kind === "run-start") start();
    follow(event, active);
    const line = lineOf(event, colour);
    if (line !== null) terminal.write(`${CLEAR_LINE}${line}\n`);
    if (event.kind === "run-end") stop();
    else draw();
  };
  return { onEvent, stop };
}

/** Keeps up what is under way. */
function follow(event: SmokeEvent, active: Map<string, string>): void {
  switch (event.kind) {
    case "step-start":
      active.set(`${event.application}/${event.flow}`, event.title);
      break;
    case "poll":
      active.set(`${event.application}/${event.flow}`, `${event.title}, try ${event.attempt} (${event.pending})`);
      break;
    case "step-end":
      active.delete(`${event.application}/${event.flow}`);
      break;
    case "cleanup-start":
      active.set("cleanup", "clean-up");
      break;
    case "cleanup-end":
      active.delete("cleanup");
      break;
  }
}

/** What stays on the screen: how the run, each flow and each step began or ended. */
function lineOf(event: SmokeEvent, colour: boolean): string | null {
  switch (event.kind) {
    case "step-start":
    case "poll":
    case "cleanup-end":
    case "flow-end":
      return null;
    default:
      return paintOutcome(displaySafe(describeSmokeEvent(event)), colour);
  }
}

const COLOURS: Readonly<Record<string, number>> = { passed: 32, failed: 31, errored: 31, skipped: 2 };

/** The word that says how a step ended, in the colour that it has in the report. */
export function paintOutcome(line: string, colour: boolean): string {
  if (!colour) return line;
  return line.replace(/^( {2})(passed|failed|errored|skipped)\b/, (_, indent: string, word: string) => {
    return `${indent}\u001b[${COLOURS[word] ?? 0}m${word}\u001b[0m`;
  });
}

/** A line that wraps cannot be cleared as one. */
function cutTo(text: string, width: number): string {
  let cut = "";
  let taken = 0;
  for (const character of text) {
    taken += displayWidth(character);
    if (taken > width) break;
    cut += character;
  }
  return cut;
}

function atExit(restore: () => void): () => void {
  process.once("exit", restore);
  return () => void process.removeListener("exit", restore);
}
