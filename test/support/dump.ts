/** A database copied by pg_dump and psql, as people restore one elsewhere. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TestDatabase } from "./postgres.js";

const run = promisify(execFile);

/** Copies everything of `from` into the empty `to`. Null: done; else why it cannot be done on this machine. */
export async function dumpAndRestore(from: TestDatabase, to: TestDatabase): Promise<string | null> {
  const why = await whyNot(Math.floor(from.serverVersion / 10_000));
  if (why !== null) return why;
  const { stdout } = await run("pg_dump", ["--no-owner", "--dbname", from.url], { maxBuffer: 64 * 1024 * 1024 });
  const restoring = run("psql", ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", to.url]);
  restoring.child.stdin?.end(stdout);
  await restoring;
  return null;
}

async function whyNot(serverMajor: number): Promise<string | null> {
  try {
    await run("psql", ["--version"]);
    const { stdout } = await run("pg_dump", ["--version"]);
    const major = Number(/(\d+)/.exec(stdout)?.[1] ?? 0);
    return major >= serverMajor ? null : `pg_dump ${major} does not read PostgreSQL ${serverMajor}`;
  } catch {
    return "pg_dump and psql are not installed";
  }
}
