/** Every kind of drift, done to generated schemas: verify finds it, at its place, and nothing else; the plan mends it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asExpected } from "./check.js";
import { complaintAbout } from "./drifted.js";
import { HARMFUL, HARMLESS, type Kind } from "./kinds/index.js";
import { mended } from "./mend.js";
import { openWorlds, type Worlds } from "./worlds.js";

const TIMEOUT = 600_000;

let worlds: Worlds;

beforeAll(async () => {
  worlds = await openWorlds(20251014);
}, TIMEOUT);

afterAll(() => worlds.drop(), TIMEOUT);

async function tryKind(kind: Kind, at: number, skip: (reason: string) => never): Promise<void> {
  if (worlds.serverVersion < kind.since) skip(`the server is ${worlds.serverVersion}; this exists since ${kind.since}`);
  const { world, drift } = await worlds.driftOf(kind, at);
  expect(await complaintAbout(world, [drift], [asExpected, mended])).toBeNull();
}

const cases = (kinds: readonly Kind[]) => kinds.map((kind, i) => ({ kind, i, name: kind.name }));

describe("what harms is found, and the plan for it leaves nothing untold and loses nothing", () => {
  it.for(cases(HARMFUL))("$name", { timeout: TIMEOUT }, ({ kind, i }, { skip }) => tryKind(kind, i, skip));
});

describe("what harms nobody is not told, and has an empty plan", () => {
  it.for(cases(HARMLESS))("$name", { timeout: TIMEOUT }, ({ kind, i }, { skip }) => tryKind(kind, i, skip));
});

describe("the kinds of drift", () => {
  it("have names of their own, and there are many", () => {
    const names = [...HARMFUL, ...HARMLESS].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([HARMFUL.length >= 40, HARMLESS.length >= 12]).toEqual([true, true]);
  });
});
