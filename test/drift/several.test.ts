/** Generated schemas: unchanged they have no gap, and of several drifts at once each is found, and nothing else. */
import { describe, expect, it } from "vitest";
import { complaintAbout } from "./check.js";
import { sampleOf } from "./chooser.js";
import { schemaSpec } from "./generate.js";
import { severalDrifts } from "./several.js";
import { buildWorld } from "./world.js";

const SEEDS = Array.from({ length: 8 }, (_, i) => 4711 + i);
const TIMEOUT = 600_000;

describe.each(SEEDS)("the schema of seed %i", (seed) => {
  it(
    "has no gap as it is, and with several drifts has theirs",
    async () => {
      const world = await buildWorld(sampleOf(schemaSpec, seed));
      try {
        expect(await complaintAbout(world, [])).toBeNull();
        expect(await complaintAbout(world, severalDrifts(world, seed))).toBeNull();
      } finally {
        await world.drop();
      }
    },
    TIMEOUT,
  );
});
