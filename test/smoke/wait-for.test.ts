import { afterEach, describe, expect, it } from "vitest";
import { type SmokeInput, waitForApplication } from "../../src/smoke/index.js";
import { type AppServer, type Handler, send, startApp } from "../support/app-server.js";
import { flow, step, suite } from "../support/flows.js";

let app: AppServer | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

function inputFor(baseUrl: string, secrets: readonly string[] = []): SmokeInput {
  return { suites: [suite([flow("f", [step("s", "GET /")])])], baseUrl, env: {}, connection: null, secrets };
}

async function wait(handler: Handler, timeoutMs: number, signal?: AbortSignal) {
  app = await startApp({ "GET /api/livez": handler });
  const lines: string[] = [];
  const waitFor = [{ url: "/livez", timeoutMs }];
  await waitForApplication({
    ...inputFor(`${app.url}/api`, ["hunter2hunter2"]),
    ...{ waitFor, signal, onWait: (line: string) => void lines.push(line) },
  });
  return lines;
}

describe("waiting for the application", () => {
  it("asks below the base URL until the answer is 2xx, and says each new answer once", async () => {
    let count = 0;
    const lines = await wait((_received, response) => {
      count += 1;
      return send(response, count < 4 ? 503 : 204);
    }, 30_000);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^waiting for http:\/\/127\.0\.0\.1:\d+\/api\/livez: answered 503; \d+ s left$/);
    expect(app?.lines()).toEqual(Array(4).fill("GET /api/livez"));
  });

  it("gives up with the last answer when the time is over, secrets hidden", async () => {
    const waiting = wait((_received, response) => send(response, 302, "hunter2hunter2"), 300);
    await expect(waiting).rejects.toMatchObject({
      code: "NOT_READY",
      exitCode: 3,
      message: expect.stringMatching(/\/api\/livez did not answer with 2xx within 0\.3 s; last: answered 302\.$/),
    });
  });

  it("says why there was no answer, and takes an address of its own", async () => {
    const waitFor = [{ url: "http://127.0.0.1:1/x?token=hunter2hunter2", timeoutMs: 100 }];
    const waiting = waitForApplication({
      ...inputFor("http://127.0.0.1:1", ["hunter2hunter2"]),
      waitFor,
      onWait: () => {},
    });
    await expect(waiting).rejects.toMatchObject({ message: expect.stringContaining("token=[redacted]") });
    await expect(waiting).rejects.toMatchObject({ message: expect.stringMatching(/ECONNREFUSED|refused/i) });
  });

  it("ends when the run is stopped", async () => {
    const controller = new AbortController();
    const lines = await wait(
      (_received, response) => {
        controller.abort();
        return send(response, 503, "");
      },
      60_000,
      controller.signal,
    );
    expect(lines).toEqual([]);
  });

  it("waits for nothing when nothing was asked for", async () => {
    await waitForApplication({ ...inputFor("http://127.0.0.1:1"), waitFor: [], onWait: () => {} });
  });
});
