import { describe, expect, it } from "vitest";
import { abortable, Stopped, StoppedEarly, stopCode } from "../../../src/cli/stop.js";

describe("stop", () => {
  it("has the shell's code for each signal", () => {
    for (const [name, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      const controller = new AbortController();
      controller.abort(new Stopped(name));
      expect(stopCode(controller.signal)).toBe(code);
    }
  });

  it("lets work finish that nobody stops", async () => {
    await expect(abortable(Promise.resolve(1), new AbortController().signal)).resolves.toBe(1);
    await expect(abortable(Promise.reject(new Error("x")), new AbortController().signal)).rejects.toThrow("x");
  });

  it("gives up work at once, and does not mind how it ends", async () => {
    const controller = new AbortController();
    let fail = (_: Error) => {};
    const work = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const waiting = abortable(work, controller.signal);
    controller.abort(new Stopped("SIGINT"));
    await expect(waiting).rejects.toBeInstanceOf(StoppedEarly);
    fail(new Error("too late"));
    await expect(abortable(work, controller.signal)).rejects.toBeInstanceOf(StoppedEarly);
  });
});
