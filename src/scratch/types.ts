import type { SqlConnection } from "../db/index.js";

/** A PostgreSQL in which anything may be executed, because nothing in it is kept. */
export interface ScratchServer {
  /** For people: `embedded PostgreSQL 18.4`, or the address that was given. Holds no password. */
  readonly description: string;
  /** `server_version_num`, for example 180004. */
  readonly serverVersion: number;
  /**
   * Creates a fresh empty database (template0, UTF8, locale C) and connects to it as its owner.
   * @throws SchemareadyError SCRATCH_UNAVAILABLE
   */
  connect(): Promise<ScratchConnection>;
  /** Drops what is still open, stops the server if it is ours, and removes its files. May be called twice. */
  close(): Promise<void>;
}

export interface ScratchConnection extends SqlConnection {
  /** PostgreSQL URI of this database, with its password: for programs, never for messages. */
  readonly url: string;
  /**
   * Runs a script (several statements, one simple query, no transaction of ours around it).
   * @throws pg.DatabaseError as the server sent it, with `code`, `message` and `position` (1-based, in characters).
   */
  execute(script: string): Promise<void>;
  /** Ends the connection and drops the database. May be called twice. */
  close(): Promise<void>;
}

export interface ScratchOptions {
  /** Build in this server instead of starting one; the role must be allowed to create databases. */
  readonly url?: string | null;
  /** Folder with bin/, lib/ and share/ of a PostgreSQL; null: the optional package for this platform. */
  readonly binaries?: string | null;
  readonly onProgress?: (message: string) => void;
}
