/** One stream of events from which everything else is made: the result, also of a run that was killed. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, it } from "vitest";
import type { Flow } from "../../src/model/flow.js";
import { smokeEventSchema } from "../../src/report/index.js";
import {
  attribute,
  explainEvents,
  foldSmokeEvents,
  runSmoke,
  type SmokeEvent,
  type SmokeInput,
} from "../../src/smoke/index.js";
import { send } from "../support/app-server.js";
import { cleanup, flow, jsonCapture, step, suite } from "../support/flows.js";
import { columnSubject, featureWith, gapWith, reportWith } from "../support/report-fixtures.js";
import { testApp } from "../support/test-app.js";

const app = testApp();

const create = (id: string) =>
  step(id, "POST /things", {
    capture: [jsonCapture("id", "$.id")],
    cleanup: cleanup("DELETE /things/{{id}}", "thing {{id}}"),
  });

async function record(flows: readonly Flow[], input: Partial<SmokeInput> = {}) {
  await app.start({
    "POST /things": () => ({ id: "t1" }),
    "GET /ok": () => ({}),
    "GET /bad": (_received, response) => send(response, 500, 'column "title" does not exist'),
    "GET /lost": (_received, response) => send(response, 404, "lost"),
    "DELETE /things/t1": () => ({}),
  });
  const events: SmokeEvent[] = [];
  const result = await runSmoke({
    ...{ suites: [suite(flows)], baseUrl: app.url, env: {}, connection: null },
    ...input,
    onEvent: (event) => events.push(structuredClone(event)),
  });
  return { result, events };
}

const FLOWS = [
  flow("lost", [step("first", "GET /lost")]),
  flow("make", [create("a"), step("bad", "GET /bad"), step("after", "GET /ok", { needs: ["bad"] })]),
  flow("more", [step("ok", "GET /ok")], ["make"]),
];
const WARNING = [flow("warns", [{ ...step("bad", "GET /bad"), severity: "warning" }, step("ok", "GET /ok")])];

it("folds into the result, whole and without its last event", async () => {
  const { result, events } = await record(FLOWS);
  expect(events[0]).toMatchObject({ kind: "run-start", plan: [{ flow: "lost" }, { flow: "make", steps: 3 }, {}] });
  expect(foldSmokeEvents(events)).toEqual(result);
  const killed = foldSmokeEvents(events.slice(0, -1));
  expect({ ...killed, durationMs: 0 }).toEqual({ ...result, durationMs: 0 });
  expect(result.flows.map(({ outcome }) => outcome)).toEqual(["failed", "failed", "skipped"]);
  expect(result.cleanup.outcome).toBe("passed");
});

it("folds a run that only warns", async () => {
  const { result, events } = await record(WARNING);
  expect(result.outcome).toBe("warning");
  expect({ ...foldSmokeEvents(events.slice(0, -1)), durationMs: 0 }).toEqual({ ...result, durationMs: 0 });
});

it("folds what there is of a run that was killed, at every event", async () => {
  const { result, events } = await record(FLOWS);
  expect(foldSmokeEvents([])).toBeNull();
  for (let count = 1; count < events.length - 1; count += 1) {
    const folded = foldSmokeEvents(events.slice(0, count));
    expect(folded).toMatchObject({ runId: result.runId, startedAt: result.startedAt, outcome: "failed" });
    expect(folded?.flows.map(({ id }) => id)).toEqual(["lost", "make", "more"]);
    const ended = events.slice(0, count).filter(({ kind }) => kind === "step-end").length;
    expect(folded?.flows.flatMap(({ steps }) => steps)).toHaveLength(ended);
  }
});

it("names the cause in the event of the step that failed", async () => {
  const gap = gapWith({ subject: columnSubject("things", "title") });
  const report = reportWith({ verdict: "fail", gaps: [gap], features: [featureWith({ id: "things" })] });
  const { result, events } = await record(FLOWS);
  const explained = events.map(explainEvents(report));
  expect(foldSmokeEvents(explained)).toEqual(attribute(result, report));
  const streamed = foldSmokeEvents(explained.slice(0, -1));
  expect(streamed?.flows).toEqual(attribute(result, report).flows);
  expect(streamed?.flows[0]?.steps[0]?.attribution?.message).toContain("is the base URL right?");
  expect(streamed?.flows[1]?.steps[1]?.attribution).toMatchObject({ kind: "proved", gaps: [gap.id] });
});

it("fits the published schema, line by line", async () => {
  const { events } = await record(FLOWS, { keep: true });
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const file = new URL("../../openapi/smoke-event.schema.json", import.meta.url);
  const validate = ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);
  for (const event of events) {
    const line: unknown = JSON.parse(JSON.stringify(event));
    expect(smokeEventSchema.parse(line)).toEqual(event);
    expect(validate(line), JSON.stringify(validate.errors)).toBe(true);
  }
  expect(validate({ ...events[0], formatVersion: 2 })).toBe(false);
});
