/** A clock and a timer that a test moves by hand, and a verification that a test answers by hand. */
import type { SetTimer } from "../../src/http/refresher.js";
import type { Report } from "../../src/model/report.js";

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

export class FakeTime {
  nowMs = 1_000;
  readonly #timers = new Set<Timer>();

  readonly now = (): number => this.nowMs;

  readonly setTimer: SetTimer = (callback, delayMs) => {
    const timer = { dueMs: this.nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Delays of the timers that are set, shortest first. */
  get pending(): number[] {
    return [...this.#timers].map(({ dueMs }) => dueMs - this.nowMs).sort((a, b) => a - b);
  }

  /** Lets time pass: what falls due runs in order, and what follows from it settles. */
  async advance(ms: number): Promise<void> {
    const until = this.nowMs + ms;
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.dueMs - b.dueMs).find(({ dueMs }) => dueMs <= until);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      next.callback();
      await settle();
    }
    this.nowMs = until;
    await settle();
  }
}

/** Everything that is ready to go on has gone on. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Calls wait until the test answers them; counts how many ran at once. */
export class FakeVerification {
  calls = 0;
  running = 0;
  mostAtOnce = 0;
  aborted = 0;
  readonly #waiting: { resolve: (report: Report) => void; reject: (error: Error) => void }[] = [];

  readonly verify = async (signal: AbortSignal): Promise<Report> => {
    this.calls += 1;
    this.running += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    signal.addEventListener("abort", () => {
      this.aborted += 1;
    });
    try {
      return await new Promise<Report>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    } finally {
      this.running -= 1;
    }
  };

  async answer(report: Report): Promise<void> {
    this.#waiting.shift()?.resolve(report);
    await settle();
  }

  async fail(error: Error): Promise<void> {
    this.#waiting.shift()?.reject(error);
    await settle();
  }
}

/** Keeps log lines. */
export class FakeLogger {
  readonly lines: { readonly level: string; readonly fields: object; readonly message: string }[] = [];

  readonly info = (fields: object, message: string): void => this.#keep("info", fields, message);
  readonly warn = (fields: object, message: string): void => this.#keep("warn", fields, message);
  readonly error = (fields: object, message: string): void => this.#keep("error", fields, message);

  get messages(): string[] {
    return this.lines.map(({ level, message }) => `${level} ${message}`);
  }

  #keep(level: string, fields: object, message: string): void {
    this.lines.push({ level, fields, message });
  }
}
