/**
 * The command is killed (SIGKILL, a process of its own) at each request that it sends, when the application has done the
 * work and before it answers. `--cleanup-only` makes every table what it was: at once, or once the database is mended.
 */
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bench, openBench, type Placed, reportOf, type State } from "./bench.js";
import { DERIVED } from "./derived.js";
import { DERIVED_EXPECTED } from "./derived-expected.js";
import { FOLDERS } from "./folders.js";
import { runFiles } from "./try-state.js";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const aim = { seen: 0, at: 0, route: "", before: "", child: null as ChildProcess | null };
const TOO_LONG_MS = 240_000;

/** Nobody hears of what the request did. Rounds of a poll count as one: how many there are is up to the clock. */
const kill: NonNullable<State["interrupt"]> = async ({ method, url }, reply) => {
  const route = `${method} ${url.replace(/\?.*/, "").replace(/\bc[0-9a-z]{24}\b/g, "ID")}`;
  const isAgain = route === aim.before;
  aim.before = route;
  if (isAgain || ++aim.seen !== aim.at) return;
  aim.route = route;
  aim.child?.kill("SIGKILL");
  reply.raw.destroy();
};

/** Ends the run at this request; false when it had ended before. */
async function killedAt(placed: Placed, at: number): Promise<boolean> {
  Object.assign(aim, { seen: 0, at, route: "", before: "", child: null });
  const onStart = (child: ChildProcess) => {
    aim.child = child;
  };
  const { signal } = await bench.smokeProcess(placed, ["--database-url", placed.lookUrl, "--quiet"], { onStart });
  Object.assign(aim, { at: 0 });
  return signal === "SIGKILL";
}

/**
 * What the clean-up cannot hear of any more, although it is gone: whose account it was can no longer log in; and a
 * project whose id was never told goes with its account.
 */
function isUnheardOf(leftover: string, route: string): boolean {
  if (route === "DELETE /api/auth/account") return leftover.startsWith("user ");
  return route.startsWith("POST ") && leftover.startsWith("perhaps project ");
}

/** By the run file of a run that was killed at this request. */
async function cleanUp(placed: Placed, file: string, route: string): Promise<void> {
  expect(readFileSync(file, "utf8")).not.toContain(bench.site.token(placed.userId));
  const { exit, stdout } = await bench.smoke(placed, STATE, ["--cleanup-only", file, "--format", "json"]);
  const left = reportOf({ stdout }).smoke?.cleanup.leftovers ?? [];
  const unsaid = left.filter((each) => !isUnheardOf(each, route));
  const then = left.length === 0 ? { exit: 0, stays: false } : { exit: 4, stays: true };
  expect({ route, unsaid, exit, stays: existsSync(file) }, stdout).toEqual({ route, unsaid: [], ...then });
  rmSync(file, { force: true });
}

const STATE: State = { base: [], sql: "", interrupt: kill };

it.each(["nothing is wrong", "avatars-in-the-old-shape"])(
  "leaves every table as it was: %s",
  async (name) => {
    const placed = await bench.place(name, { ...(DERIVED[name] ?? FOLDERS.get(name) ?? STATE), interrupt: kill });
    const routes = new Set<string>();
    let cleanups = 0;
    for (let at = 1; await killedAt(placed, at); at++) {
      const { route } = aim;
      routes.add(route);
      for (const file of runFiles(bench)) {
        await cleanUp(placed, file, route);
        cleanups++;
      }
      expect([route, await placed.counts()]).toEqual([route, placed.before]);
    }
    expect([...routes]).toEqual(expect.arrayContaining(["POST /api/auth/register", "DELETE /api/auth/account"]));
    expect(cleanups).toBeGreaterThan(8);
    await bench.site.release();
    await placed.drop();
  },
  TOO_LONG_MS,
);

it(
  "leaves every table as it was once the application can delete again: a table was dropped",
  async () => {
    const name = "a table was dropped";
    const placed = await bench.place(name, { ...(DERIVED[name] ?? STATE), interrupt: kill });
    const killed = new Map<string, string>();
    for (let at = 1; await killedAt(placed, at); at++) {
      for (const file of runFiles(bench)) killed.set(file, killed.get(file) ?? aim.route);
    }
    expect(await placed.counts()).not.toEqual(placed.before);
    await placed.database.sql(DERIVED_EXPECTED[name]?.mend ?? "");
    // The last run came to its end, and its own clean-up could not remove everything.
    for (const file of runFiles(bench)) await cleanUp(placed, file, killed.get(file) ?? "");
    expect(await placed.counts()).toMatchObject(placed.before);
    await bench.site.release();
    await placed.drop();
  },
  TOO_LONG_MS,
);
