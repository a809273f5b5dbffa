/**
 * Generated schemas: unchanged they have no gap and an empty plan. Of several drifts at once each is found and nothing
 * else, and what the trial says of the plan is what the plan does.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ScratchServer, startScratch } from "../../src/scratch/index.js";
import { asExpected } from "./check.js";
import { sampleOf } from "./chooser.js";
import { complaintAbout } from "./drifted.js";
import { schemaSpec } from "./generate.js";
import { mended } from "./mend.js";
import { provenIn } from "./proof.js";
import { severalDrifts } from "./several.js";
import { buildWorld } from "./world.js";

const SEEDS = Array.from({ length: 8 }, (_, i) => 4711 + i);
const TIMEOUT = 600_000;

let scratch: ScratchServer;

beforeAll(async () => {
  scratch = await startScratch({});
}, TIMEOUT);

afterAll(() => scratch.close(), TIMEOUT);

describe.each(SEEDS)("the schema of seed %i", (seed) => {
  it(
    "has no gap as it is, and with several drifts has theirs, and a plan that is what it is called",
    async () => {
      const world = await buildWorld(sampleOf(schemaSpec, seed));
      try {
        expect(await complaintAbout(world, [], [asExpected, mended])).toBeNull();
        const drifts = severalDrifts(world, seed);
        expect(await complaintAbout(world, drifts, [asExpected, provenIn(scratch)])).toBeNull();
      } finally {
        await world.drop();
      }
    },
    TIMEOUT,
  );
});
