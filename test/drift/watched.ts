/** A verifier that has got used to a database, as the service has after a few intervals on a server that others write to. */
import pg from "pg";
import { parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import type { Contract } from "../../src/model/contract.js";
import type { Report } from "../../src/model/report.js";
import { createVerifier, type Verifier } from "../../src/watch/index.js";
import { createProxy } from "../support/proxy.js";

export interface Watched {
  /** One more verification, after somebody has written something somewhere. */
  look(): Promise<Report>;
  /** Bytes that the server has sent for the last look. */
  readonly bytes: number;
  readonly verifier: Verifier;
  close(): Promise<void>;
}

const never = new AbortController().signal;

export async function watch(contract: Contract, url: string): Promise<Watched> {
  const proxy = await createProxy(url);
  const verifier = createVerifier({ contract, connection: parseConnectionString(proxy.url), limits: DEFAULT_LIMITS });
  const writer = new pg.Client({ connectionString: url });
  await writer.connect();
  let bytes = 0;
  return {
    look: async () => {
      // A transaction id is assigned: the snapshot is another one.
      await writer.query("select pg_current_xact_id()");
      proxy.takeBytes();
      const report = await verifier.verify(never);
      bytes = proxy.takeBytes();
      return report;
    },
    get bytes() {
      return bytes;
    },
    verifier,
    close: async () => {
      await writer.end();
      await verifier.close();
      await proxy.close();
    },
  };
}

/**
 * Looks until the catalog is no longer read. That takes three readings that agree, and longer while other tests make
 * roles on the same server.
 * @throws Error when that never happens
 */
export async function settle(watched: Watched): Promise<Report> {
  const first = await watched.look();
  const reading = watched.bytes;
  for (let i = 0; i < MOST_LOOKS; i++) {
    const report = await watched.look();
    if (watched.bytes < reading / 2) return report;
  }
  throw new Error(`the catalog was read each time:\n${JSON.stringify(first, null, 2)}`);
}

const MOST_LOOKS = 60;

/** What a report says, without when: neither its own time nor for how long a session had been at work. */
export function facts(report: Report): object {
  const { causes } = report;
  const timeless = JSON.parse(JSON.stringify(causes).replaceAll(/ for \d+ s\b/g, " for a while")) as typeof causes;
  return { ...report, causes: timeless, checkedAt: "", durationMs: 0, target: { ...report.target, port: 0 } };
}
