/** What happened to other applications, as it would be for the demo application; see folders.test.ts. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bench, openBench } from "./bench.js";
import { DERIVED } from "./derived.js";
import { DERIVED_EXPECTED } from "./derived-expected.js";
import { tryState } from "./try-state.js";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

it("has an expectation for each state", () => {
  expect(Object.keys(DERIVED_EXPECTED).sort()).toEqual(Object.keys(DERIVED).sort());
});

it.each(Object.entries(DERIVED))("%s", async (name, state) => {
  const expected = DERIVED_EXPECTED[name];
  expect(await tryState(bench, name, state, expected?.mend)).toEqual(expected);
});
