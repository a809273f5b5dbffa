/**
 * Many polls while the schema changes again and again: every answer was true when it was verified, memory stays flat,
 * nothing is left open. `npm run soak` asks a million times.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { startLiveService } from "../support/live-service.js";
import { type Polled, poll } from "../support/poll.js";
import { CONTRACT, HIDDEN, PASSWORD, prepare } from "./fixture.js";

const TOTAL = Number(process.env["SOAK_REQUESTS"] ?? 20_000);
const PARTS = 10;
const CONNECTIONS = 20;
const LARGEST_GROWTH_BYTES = 16 * 1024 * 1024;

/** What the schema was like, from the moment at which a change may have been visible to that at which it was for sure. */
interface Phase {
  readonly fits: boolean;
  readonly from: number;
  until: number;
}

let server: LivePostgres;

beforeAll(async () => {
  server = await startLivePostgres();
  await prepare(server);
});
afterAll(() => server.remove());

/** Changes the schema until told to stop. */
async function keepChanging(phases: Phase[], signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    for (let fits = false; !signal.aborted; fits = !fits) {
      const from = Date.now();
      await client.query(`alter table canaries ${fits ? "add" : "drop"} column name ${fits ? "text" : ""}`);
      const last = phases.at(-1);
      if (last !== undefined) last.until = Date.now();
      phases.push({ fits, from, until: Number.POSITIVE_INFINITY });
      await sleep(250);
    }
  } finally {
    await client.end();
  }
}

/** Null, or why the answer cannot have been true when it was verified, or later. */
function untruth({ status, body, at }: Polled, phases: readonly Phase[]): string | null {
  const { notes, output = "", status: word } = JSON.parse(body) as { notes: string[]; output?: string; status: string };
  const verifiedAt = Date.parse(/verified (\S+),/.exec(notes[0] ?? "")?.[1] ?? "");
  const fits = status === 200;
  const isKnown = fits ? ["pass", "warn"].includes(word) : output.startsWith("1 of 1 feature broken, 1 gap");
  const wasTrue = phases.some((phase) => phase.fits === fits && phase.from <= at && phase.until >= verifiedAt);
  return isKnown && wasTrue
    ? null
    : `${status} ${body} at ${new Date(at).toISOString()}: ${JSON.stringify(phases.slice(-5))}`;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it(`answers ${TOTAL} polls truly while the schema changes, and keeps nothing of them`, async () => {
  const resources = countResources();
  const service = await startLiveService({
    databaseUrl: server.urlFor("canary_role", PASSWORD),
    contract: CONTRACT,
    hidden: HIDDEN,
  });
  await service.untilHealth(/^200 pass$/);
  const phases: Phase[] = [{ fits: true, from: 0, until: Number.POSITIVE_INFINITY }];
  const stop = new AbortController();
  const changing = keepChanging(phases, stop.signal);
  const seen = { pass: 0, fail: 0, unverified: 0, wrong: [] as string[] };
  const heap: number[] = [];
  try {
    for (let part = 0; part < PARTS; part++) {
      await poll(`${service.url}/schema/health`, { connections: CONNECTIONS, total: TOTAL / PARTS }, (polled) => {
        // Polls and service share this process: one that is starved says that it could not look, which is no untruth.
        if (polled.body.includes('"output":"unverified: ')) {
          seen.unverified += 1;
          return;
        }
        const wrong = untruth(polled, phases);
        if (wrong !== null) seen.wrong.push(wrong);
        seen[polled.status === 200 ? "pass" : "fail"] += 1;
      });
      // A short run would see only a few changes otherwise.
      await service.verifications(2);
      heap.push(heapBytes());
      expect(await connectionsOfTheService()).toBeLessThanOrEqual(1);
    }
  } finally {
    stop.abort();
    await changing;
  }
  expect(seen.wrong.slice(0, 3)).toEqual([]);
  expect(seen.pass + seen.fail + seen.unverified).toBe(TOTAL);
  expect(seen.unverified).toBeLessThan(TOTAL / 10);
  expect(Math.min(seen.pass, seen.fail)).toBeGreaterThan(0);
  expect((heap.at(-1) ?? 0) - (heap[1] ?? 0)).toBeLessThan(LARGEST_GROWTH_BYTES);
  await service.stop();
  expect(await connectionsOfTheService()).toBe(0);
  const left = countResources();
  for (const kind of ["TCPServerWrap", "Worker"])
    expect(left[kind] ?? 0, kind).toBeLessThanOrEqual(resources[kind] ?? 0);
  process.stderr.write(
    `soak: ${JSON.stringify({ ...seen, changes: phases.length, heapMb: heap.map((bytes) => Math.round(bytes / 1e6)) })}\n`,
  );
}, 3_600_000);

async function connectionsOfTheService(): Promise<number> {
  const client = await server.connect();
  try {
    const sql = "select count(*)::int as open from pg_stat_activity where usename = 'canary_role'";
    return (await client.query<{ open: number }>(sql)).rows[0]?.open ?? 0;
  } finally {
    await client.end();
  }
}

function countResources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
