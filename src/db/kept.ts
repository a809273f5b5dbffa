/** A connection that stays open between sessions: who looks once a second must not connect once a second. */
import type pg from "pg";
import type { ConnectionSettings } from "../config/index.js";
import { close, connect, destroy, type SessionLimits } from "./connect.js";
import { type InSession, type ReadSession, sessionWith } from "./session.js";

export interface KeptConnection {
  /** One session at a time, each a transaction of its own. @throws as withReadSession */
  readonly inSession: InSession;
  /** Grows whenever another connection is opened: what was seen on an older one may have been another server. */
  readonly generation: number;
  /** Cuts the connection; a session on it fails. */
  drop(): void;
  close(): Promise<void>;
}

/**
 * A new connection is opened this often: only then a changed password, a changed setting of the role or another address
 * behind the name of the host is noticed, and the server gets back the memory that catalog reads have filled.
 */
const LONGEST_MS = 60_000;

/** Nothing is opened before the first session. */
export function keepConnection(
  connection: ConnectionSettings,
  now: () => number = () => performance.now(),
): KeptConnection {
  return new Kept(connection, now);
}

class Kept implements KeptConnection {
  readonly #connection: ConnectionSettings;
  readonly #now: () => number;
  #client: pg.Client | null = null;
  #openedAt = 0;
  #generation = 0;
  #drops = 0;

  constructor(connection: ConnectionSettings, now: () => number) {
    this.#connection = connection;
    this.#now = now;
  }

  get generation(): number {
    return this.#generation;
  }

  readonly inSession: InSession = async (limits, work) => {
    const started = performance.now();
    if (this.#now() - this.#openedAt >= LONGEST_MS) await this.close();
    const old = this.#client;
    if (old === null) return this.#run(await this.#open(limits), { limits, started }, work);
    const drops = this.#drops;
    let begun = false;
    const noted = (session: ReadSession) => {
      begun = true;
      return work(session);
    };
    try {
      return await this.#run(old, { limits, started }, noted);
    } catch (error) {
      // It was cut while nobody used it (a restart, an idle timeout of a pooler): that says nothing about now.
      if (begun || this.#drops !== drops) throw error;
    }
    return this.#run(await this.#open(limits), { limits, started }, work);
  };

  drop(): void {
    this.#drops += 1;
    if (this.#client !== null) destroy(this.#client);
    this.#client = null;
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (client !== null) await close(client);
  }

  async #open(limits: SessionLimits): Promise<pg.Client> {
    const client = await connect(this.#connection, limits);
    this.#client = client;
    this.#openedAt = this.#now();
    this.#generation += 1;
    return client;
  }

  /** After an error the connection is not used again. */
  async #run<T>(
    client: pg.Client,
    time: { readonly limits: SessionLimits; readonly started: number },
    work: (session: ReadSession) => Promise<T>,
  ): Promise<T> {
    try {
      return await sessionWith(client, this.#connection, time, work);
    } catch (error) {
      if (this.#client === client) this.#client = null;
      await close(client);
      throw error;
    }
  }
}
