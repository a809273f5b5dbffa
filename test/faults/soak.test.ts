/**
 * Many polls while the schema changes again and again: every answer was true when it was verified, memory stays flat,
 * nothing is left open. `npm run soak` asks a million times.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LivePostgres, startLivePostgres } from "../support/live-postgres.js";
import { type LiveService, startLiveService } from "../support/live-service.js";
import { poll } from "../support/poll.js";
import { CONTRACT, HIDDEN, PASSWORD, prepare } from "./fixture.js";
import { judge, type Memory, memory, type Phase, resources } from "./soak-watch.js";

const TOTAL = Number(process.env["SOAK_REQUESTS"] ?? 20_000);
const PARTS = 10;
const HEALTH = "/schema/health";
/** As many monitors ask: most of them for the verdict. New connections come all the time, as from those that keep none. */
const POLLS = {
  connections: 20,
  perConnection: 200,
  paths: ["/livez", HEALTH, HEALTH, "/readyz", HEALTH, HEALTH, "/metrics", HEALTH, HEALTH, HEALTH],
  total: TOTAL / PARTS,
} as const;
const LARGEST_GROWTH: Memory = { heapBytes: 16 * 1024 ** 2, residentBytes: 96 * 1024 ** 2 };
/** Of the service in test/support/live-service.ts: what is older must say so, with 503. */
const MAX_STALE_MS = 60_000;

let server: LivePostgres;

beforeAll(async () => {
  server = await startLivePostgres();
  await prepare(server);
});
afterAll(() => server.remove());

interface Seen {
  pass: number;
  fail: number;
  unverified: number;
  alive: number;
  wrong: string[];
  oldestMs: number;
  /** Connections of the service to PostgreSQL at once. */
  connections: number;
}

/** Changes the schema until told to stop, and looks each time how many connections the service has. */
async function keepChanging(phases: Phase[], seen: Seen, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    for (let fits = false; !signal.aborted; fits = !fits) {
      const from = Date.now();
      await client.query(`alter table canaries ${fits ? "add" : "drop"} column name ${fits ? "text" : ""}`);
      const last = phases.at(-1);
      if (last !== undefined) last.until = Date.now();
      phases.push({ fits, from, until: Number.POSITIVE_INFINITY });
      seen.connections = Math.max(seen.connections, await connectionsOfTheService(client));
      await sleep(250);
    }
  } finally {
    await client.end();
  }
}

async function connectionsOfTheService(client: pg.Client): Promise<number> {
  const sql = "select count(*)::int as open from pg_stat_activity where usename = 'canary_role'";
  return (await client.query<{ open: number }>(sql)).rows[0]?.open ?? 0;
}

async function pollPart(service: LiveService, phases: readonly Phase[], seen: Seen): Promise<void> {
  await poll(service.url, POLLS, (polled) => {
    const { says, wrong, ageMs } = judge(polled, phases);
    seen[says] += 1;
    if (wrong !== null) seen.wrong.push(wrong);
    seen.oldestMs = Math.max(seen.oldestMs, ageMs);
  });
  // A short run would see only a few changes otherwise.
  await service.verifications(2);
}

it(`answers ${TOTAL} polls truly while the schema changes, and keeps nothing of them`, async () => {
  const before = resources();
  const service = await startLiveService({
    databaseUrl: server.urlFor("canary_role", PASSWORD),
    contract: CONTRACT,
    hidden: HIDDEN,
  });
  await service.untilHealth(/^200 pass$/);
  const phases: Phase[] = [{ fits: true, from: 0, until: Number.POSITIVE_INFINITY }];
  const seen: Seen = { pass: 0, fail: 0, unverified: 0, alive: 0, wrong: [], oldestMs: 0, connections: 0 };
  const stop = new AbortController();
  const changing = keepChanging(phases, seen, stop.signal);
  const parts: Memory[] = [];
  const began = performance.now();
  try {
    for (let part = 0; part < PARTS; part++) {
      await pollPart(service, phases, seen);
      parts.push(memory());
    }
  } finally {
    stop.abort();
    await changing;
  }
  tell(seen, { seconds: (performance.now() - began) / 1000, changes: phases.length - 1, parts });
  expect(seen.wrong.slice(0, 3)).toEqual([]);
  expect(seen.pass + seen.fail + seen.unverified + seen.alive).toBe(TOTAL);
  expect(seen.unverified).toBeLessThan(TOTAL / 10);
  expect(Math.min(seen.pass, seen.fail, seen.alive)).toBeGreaterThan(0);
  expect(seen.oldestMs).toBeLessThan(MAX_STALE_MS);
  // Once a minute it opens another one; PostgreSQL lists the one before for a moment longer.
  expect(seen.connections).toBeLessThanOrEqual(2);
  for (const kind of ["heapBytes", "residentBytes"] as const) {
    // Until the second part the machine code of what is asked often is made.
    expect((parts.at(-1)?.[kind] ?? 0) - (parts[1]?.[kind] ?? 0), kind).toBeLessThan(LARGEST_GROWTH[kind]);
  }
  await expectNothingLeft(service, before);
}, 3_600_000);

async function expectNothingLeft(service: LiveService, before: Readonly<Record<string, number>>): Promise<void> {
  await service.stop();
  const client = await server.connect();
  expect(await connectionsOfTheService(client)).toBe(0);
  await client.end();
  // What has just been closed is gone a moment later.
  await expect.poll(() => more(before), { timeout: 10_000 }).toEqual([]);
}

/** Kinds of resources of which there are more than before. */
function more(before: Readonly<Record<string, number>>): string[] {
  return Object.entries(resources())
    .filter(([kind, count]) => count > (before[kind] ?? 0))
    .map(([kind, count]) => `${kind}: ${count}, before ${before[kind] ?? 0}`);
}

function tell(
  { wrong, ...seen }: Seen,
  {
    seconds,
    changes,
    parts,
  }: { readonly seconds: number; readonly changes: number; readonly parts: readonly Memory[] },
): void {
  const megabytes = (kind: keyof Memory) => parts.map((part) => Math.round(part[kind] / 1e6));
  const memoryMb = { heapMb: megabytes("heapBytes"), residentMb: megabytes("residentBytes") };
  const told = { ...seen, wrong: wrong.length, changes, seconds: Math.round(seconds), ...memoryMb };
  process.stderr.write(`soak: ${JSON.stringify(told)}\n`);
}
