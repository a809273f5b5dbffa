/** The plan for every kind of drift, run on the drifted database: nothing is left that it does not name, nothing is lost. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HARMFUL } from "./kinds/index.js";
import { complaintAboutRepair } from "./mend.js";
import { openWorlds, type Worlds } from "./worlds.js";

const TIMEOUT = 600_000;

let worlds: Worlds;

beforeAll(async () => {
  worlds = await openWorlds(20251014);
}, TIMEOUT);

afterAll(() => worlds.drop(), TIMEOUT);

describe("the plan for a drift", () => {
  it.for(HARMFUL.map((kind, i) => ({ kind, i, name: kind.name })))(
    "$name",
    { timeout: TIMEOUT },
    async ({ kind, i }, { skip }) => {
      if (worlds.serverVersion < kind.since)
        skip(`the server is ${worlds.serverVersion}; this exists since ${kind.since}`);
      const { world, drift } = await worlds.driftOf(kind, i);
      expect(await complaintAboutRepair(world, [drift])).toBeNull();
    },
  );
});

describe("the plan for a database without a gap", () => {
  it("is empty", { timeout: TIMEOUT }, async () => {
    const { world } = await worlds.driftOf(
      { name: "nothing", harmless: true, since: 0, make: () => ({ statements: [], expected: [], touches: [] }) },
      0,
    );
    expect(await complaintAboutRepair(world, [])).toBeNull();
  });
});
