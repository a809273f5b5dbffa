/** Settings of a server of our own. They stand on its command line, so ALTER SYSTEM could not change them either. */
import { existsSync } from "node:fs";

/** Nothing here is kept, so nothing need survive a crash; nothing may run that was not asked for, and nothing grow. */
export const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "256MB",
  autovacuum: "off",
  jit: "off",
  shared_buffers: "32MB",
  work_mem: "4MB",
  maintenance_work_mem: "64MB",
  temp_file_limit: "1GB",
  max_connections: "60",
  // One script may make thousands of tables, and holds a lock for each of them, its indexes and its keys to the end.
  max_locks_per_transaction: "1024",
  max_worker_processes: "2",
  max_parallel_workers_per_gather: "0",
  timezone: "UTC",
  log_timezone: "UTC",
  // Which object an error is about is read from its text.
  lc_messages: "C",
  // Why it does not start is worth a line; scripts raise errors without end, and hold what belongs in no log.
  log_min_messages: "log",
  log_min_error_statement: "panic",
};

/** From these majors on there are these settings besides. */
const NEWER: readonly (readonly [number, Readonly<Record<string, string>>])[] = [
  // Who creates a role may then do what its owner may, and give it tables, as a superuser may.
  [16, { createrole_self_grant: "set, inherit" }],
];

/** All settings for a server of that major version. */
export function settingsFor(major: number): Readonly<Record<string, string>> {
  return Object.assign({}, SERVER_SETTINGS, ...NEWER.filter(([from]) => major >= from).map(([, settings]) => settings));
}

/** Kilobytes of each server process: `default repeat('x', 1000000000)` takes three gigabytes, and no setting bounds it. */
const MEMORY = 1024 * 1024;
const SHELL = "/bin/sh";

/** The shell becomes the program, so the process stays the one that is asked for. Some systems have no shell, or no such limit. */
export function withMemoryLimit([program, ...args]: readonly [string, ...string[]]): [string, ...string[]] {
  if (process.platform !== "linux" || !existsSync(SHELL)) return [program, ...args];
  return [SHELL, "-c", `ulimit -v ${MEMORY} 2>/dev/null; exec "$0" "$@"`, program, ...args];
}
