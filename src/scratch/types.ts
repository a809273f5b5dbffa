import type { SqlConnection } from "../db/index.js";
import type { ScratchLimits } from "./limits.js";

/** A PostgreSQL in which anything may be executed, because nothing in it is kept. */
export interface ScratchServer {
  /** For people: `embedded PostgreSQL 18.4`, or the address that was given. Holds no password. */
  readonly description: string;
  /** `server_version_num`, for example 180004. */
  readonly serverVersion: number;
  /** For people: what should be known about this server; most have nothing. */
  readonly notes: readonly string[];
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
  readonly limits: ScratchLimits;
  /** The server is ours: scripts run as a role that is no superuser and has no way to files and programs. */
  readonly isConfined: boolean;
  /**
   * Runs a script (several statements, one simple query, no transaction of ours around it). Its rows are not read.
   * @param milliseconds how long it may take; `limits.scriptMs` unless given
   * @throws pg.DatabaseError as the server sent it, with `code`, `message` and `position` (1-based, in characters);
   *   ScriptStopped when it went over a limit or lost the connection: the next statement has one that works
   */
  execute(script: string, milliseconds?: number): Promise<void>;
  /**
   * Creates an extension that scripts may not create themselves, in the confined server, if it is one that does no harm.
   * @returns false: it did not
   */
  createExtension(name: string, schema: string): Promise<boolean>;
  /** Ends the connection, and leaves the database to the end of the server. */
  abandon(): Promise<void>;
  /** Ends the connection and drops the database. May be called twice. */
  close(): Promise<void>;
}

export interface ScratchOptions {
  /** Build in this server instead of starting one; the role must be allowed to create databases. */
  readonly url?: string | null;
  /** Folder with bin/, lib/ and share/ of a PostgreSQL; null: the optional package for this platform. */
  readonly binaries?: string | null;
  /** Major version to start: that one, or the nearest newer one that is here; null: any. */
  readonly version?: number | null;
  readonly limits?: Partial<ScratchLimits>;
  /** In a server that is started: the role of the connections may create databases, as another --scratch-url needs it. */
  readonly mayCreateDatabases?: boolean;
  readonly onProgress?: (message: string) => void;
}
