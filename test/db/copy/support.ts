import { afterAll, beforeAll } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { type CopyInput, copySchema, type SchemaCopy } from "../../../src/copy/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import type { Observed } from "../../../src/model/observation.js";
import { type ScratchServer, startScratch } from "../../../src/scratch/index.js";

export interface Copier {
  /** The copy of the database of this URL; closed at the end. */
  (
    url: string,
    options?: Partial<Pick<CopyInput, "schemas" | "recordTables" | "limits">>,
  ): Promise<Observed<SchemaCopy>>;
  server(): ScratchServer;
}

/** For the tests of one file; registers its own start and end. */
export function useCopies(): Copier {
  let scratch: ScratchServer | null = null;
  beforeAll(async () => {
    // One of our own, as users have it: scripts run in it as a role that is no superuser.
    scratch = await startScratch({ binaries: process.env["TEST_POSTGRES_BINARIES"] || null });
  });
  afterAll(() => scratch?.close());
  const server = () => {
    if (scratch === null) throw new Error("the throwaway server has not been started");
    return scratch;
  };
  const copy: Omit<Copier, "server"> = async (url: string, options = {}) =>
    copySchema({
      connection: parseConnectionString(url),
      limits: DEFAULT_LIMITS,
      scratch: server(),
      schemas: ["public", "app"],
      recordTables: [],
      ...options,
    });
  return Object.assign(copy as Copier, { server });
}

/** @throws Error with the reason why there is no copy */
export function made(copy: Observed<SchemaCopy>): SchemaCopy {
  if (copy.known) return copy.value;
  throw new Error(`there is no copy: ${copy.reason}`);
}
