import { describe, expect, it } from "vitest";
import type { RequestStep, Step } from "../../src/model/flow.js";
import type { SmokeInput } from "../../src/smoke/index.js";
import { ANSWERED, type Handler, send } from "../support/app-server.js";
import { claims, cleanup, flow, jsonCapture, poll, step, suite } from "../support/flows.js";
import { type Routes, testApp } from "../support/test-app.js";
import { things } from "../support/things.js";

const app = testApp();

const create = (id: string, parts: Partial<RequestStep> = {}): RequestStep => {
  const { request, ...rest } = parts;
  const name = `${id}Id`;
  return step(id, "POST /things", {
    capture: [jsonCapture(name, "$.id")],
    cleanup: cleanup(`DELETE /things/{{${name}}}`, `thing {{${name}}}`),
    ...(request === undefined ? {} : { request }),
    ...rest,
  });
};

const run = (routes: Routes, steps: readonly Step[], parts: Partial<SmokeInput> = {}) =>
  app.run(routes, [suite([flow("f", steps)])], parts);

describe("clean-up", () => {
  it("removes what was created, last in first out, after the last step", async () => {
    const { stored, routes } = things();
    const result = await run({ ...routes, "GET /x": () => ({}) }, [create("a"), create("b"), step("x", "GET /x")]);
    expect(app.lines()).toEqual(["POST /things", "POST /things", "GET /x", "DELETE /things/t2", "DELETE /things/t1"]);
    expect(result.cleanup).toMatchObject({
      outcome: "passed",
      leftovers: [],
      steps: [{ id: "b", title: "remove thing t2" }, { id: "a" }],
    });
    expect(result.outcome).toBe("passed");
    expect([...stored]).toEqual([]);
  });

  it("removes it after a failed step, and after a failed assertion on the creating step itself", async () => {
    const { stored, routes } = things();
    const wrong = claims({ jsonPath: [{ path: "$.name", predicate: { exists: true } }] });
    const result = await run(routes, [create("a", { assert: wrong }), step("x", "GET /nothing")]);
    expect(result).toMatchObject({ outcome: "failed", cleanup: { outcome: "passed" } });
    expect([...stored]).toEqual([]);
  });

  it("does not remove what an unaccepted answer did not create", async () => {
    const { stored, routes } = things();
    stored.add("t9");
    const conflict: Handler = (_received, response) => send(response, 409, { id: "t9" });
    const result = await run({ ...routes, "POST /things": conflict }, [create("a")]);
    expect(result.cleanup.outcome).toBe("nothing-to-do");
    expect([...stored]).toEqual(["t9"]);
  });

  it("counts what is gone already as removed, and only the statuses that are given when some are", async () => {
    const gone = (status: number): Record<string, Handler> => ({
      ...things().routes,
      "DELETE /things/*": (_received, response) => send(response, status, ""),
    });
    for (const [status, outcome] of [
      [204, "passed"],
      [404, "passed"],
      [410, "passed"],
      [403, "failed"],
      [302, "failed"],
    ] as const) {
      expect([status, (await run(gone(status), [create("a")])).cleanup.outcome]).toEqual([status, outcome]);
      await app.close();
    }
    const strict = create("a", { cleanup: [cleanup("DELETE /things/{{aId}}", "thing {{aId}}", { status: [204] })] });
    expect((await run(gone(404), [strict])).cleanup).toMatchObject({
      outcome: "failed",
      leftovers: ["thing t1"],
      steps: [{ outcome: "failed", failures: ["status: expected 204, got 404"] }],
    });
  });

  it("lists what it could not remove, tries every task, and leaves the run's own outcome alone", async () => {
    const { routes } = things();
    const stubborn: Handler = ({ line }, response) =>
      line.endsWith("t2") ? send(response, 500, { error: "update or delete on table violates" }) : {};
    const result = await run({ ...routes, "DELETE /things/*": stubborn }, [create("a"), create("b"), create("c")]);
    expect(result.outcome).toBe("passed");
    expect(result.cleanup.outcome).toBe("failed");
    expect(result.cleanup.leftovers).toEqual(["thing t2"]);
    expect(result.cleanup.steps.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["c", "passed"],
      ["b", "failed"],
      ["a", "passed"],
    ]);
    expect(result.cleanup.steps[1]?.body).toContain("violates");
  });

  it("lists what was created but cannot be addressed", async () => {
    const routes: Record<string, Handler> = { "POST /things": () => ({ nothing: true }) };
    const result = await run(routes, [create("a")]);
    expect(result.cleanup).toMatchObject({
      outcome: "failed",
      leftovers: ["thing (aId is not known)"],
      steps: [{ outcome: "errored", failures: ["not tried: aId could not be captured from the answer"] }],
    });
    await app.close();
    const empty = await run({ "POST /things": () => ({ id: "" }) }, [create("a")]);
    expect(empty.cleanup.leftovers).toEqual(["thing"]);
    expect(app.lines()).toEqual(["POST /things"]);
  });

  it("says that something may be there when the creating request was never answered", async () => {
    const routes: Record<string, Handler> = { "POST /things": () => ANSWERED };
    const result = await run(routes, [
      create("a", { request: { ...step("", "POST /things").request, timeoutMs: 100 } }),
    ]);
    expect(result.cleanup).toMatchObject({ outcome: "failed", leftovers: ["perhaps thing (aId is not known)"] });
    await app.close();
    const never = await run({}, [create("a")], { baseUrl: app.url });
    expect(never.cleanup.outcome).toBe("nothing-to-do");
  });

  it("registers a polled creation once", async () => {
    const { stored, routes } = things();
    let asked = 0;
    const busy: Handler = (received, response) =>
      ++asked < 3 ? send(response, 503, {}) : routes["POST /things"]?.(received, response);
    const result = await run({ ...routes, "POST /things": busy }, [create("a", { poll: poll({ status: [200] }) })]);
    expect(result.cleanup.steps).toHaveLength(1);
    expect([...stored]).toEqual([]);
  });

  it("removes what a reading step has found, and misses nothing when it found nothing", async () => {
    const found = (avatarId: string | null) => {
      const wait = step("wait", "GET /jobs/1", {
        poll: poll({ jsonPath: [{ path: "$.avatarId", predicate: { type: "string" } }] }, { timeoutMs: 50 }),
        capture: [jsonCapture("avatarId", "$.avatarId")],
        cleanup: cleanup("DELETE /things/{{avatarId}}", "avatar {{avatarId}}"),
      });
      return run({ ...things().routes, "GET /jobs/1": () => ({ avatarId }) }, [wait]);
    };
    expect((await found(null)).cleanup).toMatchObject({ outcome: "nothing-to-do", leftovers: [] });
    await app.close();
    expect((await found("t7")).cleanup.outcome).toBe("passed");
    expect(app.lines()).toEqual(["GET /jobs/1", "DELETE /things/t7"]);
  });

  it("cleans up when the listener throws, and then lets its error through", async () => {
    const { stored, routes } = things();
    const onEvent = ({ kind }: { kind: string }) => {
      if (kind === "step-end") throw new Error("the listener broke");
    };
    await expect(run(routes, [create("a"), create("b")], { onEvent })).rejects.toThrow("the listener broke");
    expect([...stored]).toEqual([]);
    expect(app.lines()).toEqual(["POST /things", "DELETE /things/t1"]);
  });
});

describe("clean-up of a run that is stopped", () => {
  it("leaves nothing behind, whichever step it is stopped in, before or after the answer", async () => {
    const { stored, routes } = things();
    const steps = [create("a"), step("x", "GET /slow"), create("b"), step("y", "GET /slow")];
    const slow: Handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return {};
    };
    const slowCreate: Handler = async (received, response) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const created = routes["POST /things"]?.(received, response);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return created;
    };
    for (let delay = 0; delay <= 180; delay += 15) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), delay);
      const result = await run({ ...routes, "POST /things": slowCreate, "GET /slow": slow }, steps, {
        signal: controller.signal,
      });
      clearTimeout(timer);
      expect([delay, [...stored], result.cleanup.leftovers]).toEqual([delay, [], []]);
      await app.close();
    }
  });

  it("does nothing but say so when it is stopped before it begins", async () => {
    const result = await run(things().routes, [create("a")], { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ outcome: "failed", cleanup: { outcome: "nothing-to-do" } });
    expect(result.flows[0]?.steps[0]).toMatchObject({ outcome: "skipped", failures: ["skipped: the run was stopped"] });
    expect(app.lines()).toEqual([]);
  });

  it("is done within six seconds although every removal hangs, and tries each one", async () => {
    const { routes } = things();
    const controller = new AbortController();
    const hang = { ...routes, "DELETE /things/*": (): typeof ANSWERED => ANSWERED };
    const slow = step("slow", "GET /slow");
    const started = { at: 0 };
    const stopAt: Handler = () => {
      started.at = performance.now();
      controller.abort();
      return ANSWERED;
    };
    const result = await run({ ...hang, "GET /slow": stopAt }, [create("a"), create("b"), create("c"), slow], {
      signal: controller.signal,
    });
    expect(performance.now() - started.at).toBeLessThan(6_000);
    expect(result.cleanup.leftovers).toEqual(["thing t3", "thing t2", "thing t1"]);
    expect(app.lines().filter((line) => line.startsWith("DELETE"))).toHaveLength(3);
  }, 20_000);

  it("hurries up when it is stopped during the clean-up", async () => {
    const { routes } = things();
    const controller = new AbortController();
    const started = { at: 0 };
    const patient = (id: string) => {
      const { cleanup: usual, ...rest } = create(id);
      if (usual.length === 0) throw new Error("nothing to clean up");
      const slowly = usual.map((each) => ({ ...each, request: { ...each.request, timeoutMs: 30_000 } }));
      return { ...rest, cleanup: slowly };
    };
    const hang: Handler = () => {
      started.at ||= performance.now();
      controller.abort();
      return ANSWERED;
    };
    const result = await run({ ...routes, "DELETE /things/*": hang }, [patient("a"), patient("b")], {
      signal: controller.signal,
    });
    expect(performance.now() - started.at).toBeLessThan(6_000);
    expect(result.cleanup.steps).toHaveLength(2);
    expect(app.lines().filter((line) => line.startsWith("DELETE"))).toHaveLength(2);
  }, 20_000);
});
