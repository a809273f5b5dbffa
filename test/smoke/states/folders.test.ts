/** The demo application in each incident state that its schema can be in: the right feature, gap and cause, and nothing left. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { incidentNames } from "../../incidents/rebuild.js";
import { type Bench, openBench } from "./bench.js";
import { DERIVED } from "./derived.js";
import { ELSEWHERE } from "./elsewhere.js";
import { FOLDERS } from "./folders.js";
import { FOLDERS_EXPECTED } from "./folders-expected.js";
import { tryState } from "./try-state.js";

describe("the folders of test/incidents", () => {
  it("are each run here, or another state is like them", () => {
    const listed = [...FOLDERS.keys(), ...Object.keys(ELSEWHERE)].sort();
    expect(listed).toEqual(incidentNames());
    for (const alike of Object.values(ELSEWHERE)) expect([...FOLDERS.keys(), ...Object.keys(DERIVED)]).toContain(alike);
    expect(Object.keys(FOLDERS_EXPECTED).sort()).toEqual([...FOLDERS.keys()].sort());
  });
});

describe("the demo application", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  it.each([...FOLDERS])("%s", async (name, state) => {
    const expected = FOLDERS_EXPECTED[name];
    expect(await tryState(bench, name, state, expected?.mend)).toEqual(expected);
  });
});
