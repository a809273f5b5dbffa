/** Verifies again and again: on one connection, and only if something can have changed. */
import { areVersionsCheap, readVersions } from "../catalog/index.js";
import type { ConnectionSettings } from "../config/index.js";
import { type InSession, keepConnection, type ReadSession, type SessionLimits, withReadSession } from "../db/index.js";
import type { Contract } from "../model/contract.js";
import type { Report } from "../model/report.js";
import { examine, verify } from "../verify.js";
import { type Grounds, groundsOf, haveSameVersions, isSameData, readMark } from "./unchanged.js";

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

/** A report without gaps, and by what one can tell that it still holds. */
interface Last {
  readonly report: Report;
  /** Null: nothing can be told by it. */
  readonly mark: string | null;
  readonly grounds: Grounds;
  /**
   * The reading before found the same on the same grounds. Something could come and go again while one reading is made
   * and leave no trace in the versions; that it does so in two readings, and in neither of the moments before and after
   * them, is left out of account, until the next connection.
   */
  readonly isConfirmed: boolean;
  readonly generation: number;
}

/** What the kept connection says before anything is read. */
interface Glance {
  readonly mark: string | null;
  readonly isUnchanged: boolean;
}

class KeptVerifier implements Verifier {
  readonly #options: VerifierOptions;
  readonly #relations: number;
  readonly #kept;
  /** On which connection the catalog is read. */
  readonly #reading: InSession;
  #last: Last | null = null;

  constructor(options: VerifierOptions) {
    const { contract, connection } = options;
    this.#options = options;
    this.#relations = countRelations(contract);
    this.#kept = keepConnection(connection);
    this.#reading =
      this.#relations <= MOST_RELATIONS_KEPT
        ? this.#kept.inSession
        : (limits, work) => withReadSession(connection, limits, work);
  }

  async verify(signal: AbortSignal): Promise<Report> {
    const cut = () => this.#kept.drop();
    signal.addEventListener("abort", cut, { once: true });
    const [checkedAt, started] = [new Date().toISOString(), performance.now()];
    try {
      const report = await this.#look();
      // Who did not answer was waited for before the report was begun.
      if (report.target.server === null) return { ...report, checkedAt, durationMs: millisecondsSince(started) };
      return report;
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
    const last = this.#last;
    this.#last = null;
    const seen = await this.#glance(last);
    // A database that does not answer was asked once; it is not asked again to find out the same.
    if (seen instanceof Error) return verify({ ...this.#options, inSession: () => Promise.reject(seen) });
    if (last === null || !seen.isUnchanged) return this.#read(last, seen.mark);
    this.#last = { ...last, mark: seen.mark };
    return { ...last.report, checkedAt, durationMs: millisecondsSince(started) };
  }

  /** The mark comes before anything else is read: what changes from then on changes the next mark. */
  async #glance(last: Last | null): Promise<Glance | Error> {
    try {
      return await this.#kept.inSession(this.#options.limits, async (session) => {
        const { generation } = this.#kept;
        const read = await readMark(session);
        const mark = read === null ? null : `${generation} ${read}`;
        return { mark, isUnchanged: last !== null && (await this.#isUnchanged(session, last, { mark, generation })) };
      });
    } catch (error) {
      if (error instanceof Error) return error;
      throw error;
    }
  }

  async #isUnchanged(session: ReadSession, last: Last, now: Pick<Last, "mark" | "generation">): Promise<boolean> {
    const isSameSnapshot = now.mark !== null && now.mark === last.mark;
    if (isSameSnapshot && last.grounds.isFixed) return true;
    if (!isSameSnapshot && !(await this.#areSameCatalogs(session, last, now.generation))) return false;
    return isSameData(session, this.#options.contract, last.grounds);
  }

  async #areSameCatalogs(session: ReadSession, last: Last, generation: number): Promise<boolean> {
    // A new connection begins with a full reading: so there is one every minute, whatever the versions say.
    return last.isConfirmed && generation === last.generation && haveSameVersions(session, last.grounds);
  }

  async #read(last: Last | null, mark: string | null): Promise<Report> {
    let versions: string | null = null;
    const inSession: InSession = (limits, work) =>
      this.#reading(limits, async (session) => {
        // Whoever has just had gaps will be asked for causes again: there is nothing to compare with.
        const before = last === null ? null : await this.#versions(session);
        const result = await work(session);
        if (before !== null && (await readVersions(session)) === before) versions = before;
        return result;
      });
    const { report, observation } = await examine({ ...this.#options, inSession });
    if (!isQuiet(report) || observation === null) return report;
    const grounds = groundsOf(versions, this.#options.contract, observation);
    const isConfirmed = versions !== null && last !== null && areSame(last, { grounds, report });
    this.#last = { report, mark, grounds, isConfirmed, generation: this.#kept.generation };
    return report;
  }

  async #versions(session: ReadSession): Promise<string | null> {
    return (await areVersionsCheap(session, this.#relations)) ? readVersions(session) : null;
  }
}

function areSame(last: Last, { grounds, report }: { readonly grounds: Grounds; readonly report: Report }): boolean {
  return last.grounds.versions === grounds.versions && factsOf(last.report) === factsOf(report);
}

function factsOf(report: Report): string {
  return JSON.stringify({ ...report, checkedAt: "", durationMs: 0 });
}

function millisecondsSince(started: number): number {
  return Math.round((performance.now() - started) * 10) / 10;
}

/** Nothing is wrong: then only data can change the report. What stands around gaps (locks, sessions) changes without any. */
function isQuiet({ gaps, unverified }: Report): boolean {
  return gaps.length === 0 && unverified.length === 0;
}

export function countRelations({ applications }: Contract): number {
  return applications.reduce((count, { relations }) => count + relations.length, 0);
}
