/** Verifies again and again: on one connection, and only if something can have changed. */
import type { ConnectionSettings } from "../config/index.js";
import { type InSession, keepConnection, type SessionLimits, withReadSession } from "../db/index.js";
import type { Contract } from "../model/contract.js";
import type { Report } from "../model/report.js";
import { verify } from "../verify.js";
import { readMark } from "./unchanged.js";

export interface VerifierOptions {
  readonly contract: Contract;
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
}

export interface Verifier {
  /**
   * One at a time. Never rejects because of the database. When nothing can have changed since a report without gaps,
   * that report comes back with the new time.
   */
  verify(signal: AbortSignal): Promise<Report>;
  close(): Promise<void>;
}

/** Reading more fills hundreds of megabytes of the server's caches, which only the end of the connection gives back. */
const MOST_RELATIONS_KEPT = 500;

/** A verifier in this thread. */
export function createVerifier(options: VerifierOptions): Verifier {
  return new KeptVerifier(options);
}

class KeptVerifier implements Verifier {
  readonly #options: VerifierOptions;
  readonly #kept;
  /** On which connection the catalog is read. */
  readonly #reading: InSession;
  #last: { readonly mark: string; readonly report: Report } | null = null;

  constructor(options: VerifierOptions) {
    const { contract, connection } = options;
    this.#options = options;
    this.#kept = keepConnection(connection);
    this.#reading =
      countRelations(contract) <= MOST_RELATIONS_KEPT
        ? this.#kept.inSession
        : (limits, work) => withReadSession(connection, limits, work);
  }

  async verify(signal: AbortSignal): Promise<Report> {
    const cut = () => this.#kept.drop();
    signal.addEventListener("abort", cut, { once: true });
    try {
      return await this.#look();
    } finally {
      signal.removeEventListener("abort", cut);
    }
  }

  close(): Promise<void> {
    return this.#kept.close();
  }

  async #look(): Promise<Report> {
    const started = performance.now();
    const checkedAt = new Date().toISOString();
    // Before anything else is read: what changes from now on changes the next mark.
    const mark = await this.#mark();
    const last = this.#last;
    this.#last = null;
    // A database that does not answer was asked once; it is not asked again to find out the same.
    if (mark instanceof Error) return verify({ ...this.#options, inSession: () => Promise.reject(mark) });
    if (mark !== null && mark === last?.mark) {
      this.#last = last;
      return { ...last.report, checkedAt, durationMs: Math.round((performance.now() - started) * 10) / 10 };
    }
    const report = await verify({ ...this.#options, inSession: this.#reading });
    if (mark !== null && isQuiet(report)) this.#last = { mark, report };
    return report;
  }

  async #mark(): Promise<string | null | Error> {
    try {
      const mark = await this.#kept.inSession(this.#options.limits, readMark);
      return mark === null ? null : `${this.#kept.generation} ${mark}`;
    } catch (error) {
      if (error instanceof Error) return error;
      throw error;
    }
  }
}

/** Nothing is wrong: then only data can change the report. What stands around gaps (locks, sessions) changes without any. */
function isQuiet({ gaps, unverified }: Report): boolean {
  return gaps.length === 0 && unverified.length === 0;
}

export function countRelations({ applications }: Contract): number {
  return applications.reduce((count, { relations }) => count + relations.length, 0);
}
