/** An application for the test that is running, smoke runs against it, and what they gave as short lists. */
import { afterEach, expect } from "vitest";
import type { SmokeSuite } from "../../src/model/flow.js";
import type { SmokeResult } from "../../src/model/report.js";
import { smokeSchema } from "../../src/report/schema-smoke.js";
import { runSmoke, type SmokeInput } from "../../src/smoke/index.js";
import { type AppServer, type Handler, startApp } from "./app-server.js";

export type Routes = Readonly<Record<string, Handler>>;

/** The application that was started last. */
export interface TestApp extends AppServer {
  start(routes: Routes): Promise<AppServer>;
  /** Starts it, and runs these suites against it. */
  run(routes: Routes, suites: readonly SmokeSuite[], parts?: Partial<SmokeInput>): Promise<SmokeResult>;
}

/** Whatever a test has started is closed after it. */
export function testApp(): TestApp {
  const started: AppServer[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((server) => server.close()));
  });
  const last = () => started.at(-1) ?? expect.unreachable("the test has started no application");
  const start = async (routes: Routes) => {
    const server = await startApp(routes);
    started.push(server);
    return server;
  };
  return {
    start,
    run: async (routes, suites, parts = {}) => {
      const { url } = await start(routes);
      const result = await runSmoke({ suites, baseUrl: url, env: {}, connection: null, ...parts });
      // What leaves a run is what the published schema says.
      expect(smokeSchema.parse(result)).toEqual(result);
      return result;
    },
    get url() {
      return last().url;
    },
    get received() {
      return last().received;
    },
    lines: () => last().lines(),
    close: () => last().close(),
  };
}

/** Each flow with its steps and what failed in them. */
export function outcomes({ flows }: SmokeResult) {
  return flows.map(({ id, outcome, steps }) => [
    id,
    outcome,
    steps.map((each) => [each.id, each.outcome, ...each.failures]),
  ]);
}

/** The same as lines: `f failed`, `  step failed: why`. */
export function outcomeLines({ flows }: SmokeResult): string[] {
  return flows.flatMap(({ id, outcome, steps }) => [
    `${id} ${outcome}`,
    ...steps.map((each) => [`  ${each.id} ${each.outcome}`, ...each.failures].join(": ")),
  ]);
}
