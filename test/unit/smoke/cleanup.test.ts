import { describe, expect, it } from "vitest";
import { type CleanupTask, createCleanupStack, runCleanup, watchStop } from "../../../src/smoke/cleanup.js";
import type { Exchange, HttpClient } from "../../../src/smoke/http.js";
import { prepareRequest } from "../../../src/smoke/request.js";
import { request } from "../../support/flows.js";

const answered: Exchange = { status: 200, headers: {}, body: "", durationMs: 1, failure: null, sent: true };

function task(id: string, timeoutMs: number): CleanupTask {
  const prepared = prepareRequest(request(`DELETE /${id}`, { timeoutMs }), new URL("http://app"), () => undefined, {});
  return { id, describes: id, accepted: [], action: { request: prepared } };
}

function clientSeeing(timeouts: number[]): HttpClient {
  return {
    send: (prepared) => {
      timeouts.push(Math.round(prepared.timeoutMs / 100) * 100);
      return Promise.resolve(answered);
    },
    close: () => Promise.resolve(),
  };
}

function stackOf(...tasks: CleanupTask[]) {
  const stack = createCleanupStack();
  for (const each of tasks) stack.register(each);
  return stack;
}

describe("the time of the clean-up", () => {
  it("is shared, so that a task that hangs leaves time for the others", async () => {
    const timeouts: number[] = [];
    const stop = watchStop(new AbortController().signal);
    const tasks = [task("a", 60_000), task("b", 60_000), task("c", 60_000), task("d", 1_000)];
    const { steps } = await runCleanup(stackOf(...tasks), clientSeeing(timeouts), stop, () => {});
    expect(steps.map(({ id }) => id)).toEqual(["d", "c", "b", "a"]);
    expect(timeouts).toEqual([1_000, 10_000, 15_000, 30_000]);
  });

  it("is short after the run was asked to stop", async () => {
    const timeouts: number[] = [];
    const stop = watchStop(AbortSignal.abort());
    await runCleanup(stackOf(task("a", 60_000), task("b", 60_000)), clientSeeing(timeouts), stop, () => {});
    expect(timeouts).toEqual(
      [2_700, 5_500].map((ms) => expect.toSatisfy((seen: number) => Math.abs(seen - ms) <= 100)),
    );
  });

  it("ends: what was not tried is a leftover", async () => {
    const stop = { ...watchStop(AbortSignal.abort()), remainingMs: () => 0 };
    const run = await runCleanup(stackOf(task("a", 1_000)), clientSeeing([]), stop, () => {});
    expect(run).toMatchObject({
      leftovers: ["a"],
      steps: [{ outcome: "errored", failures: ["not tried: the time for clean-up was over"] }],
    });
  });
});
