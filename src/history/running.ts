/** Migrations that run now, as the locks of their tool show. */
import type { MigrationActivity, RecordTableReading } from "../model/observation.js";
import type { Migration } from "../model/report.js";
import { displayTime } from "../model/time.js";

/**
 * With a lock held: what has begun runs, or, where the tool records nothing before the end, the first that is not
 * applied. With none held: what has begun and not finished was killed, and the tool counts it as failed. Without
 * having looked, or where pgroll leaves a migration open on purpose, the record is all that is known.
 */
export function withActivity(
  migrations: readonly Migration[],
  { tool, activity }: Pick<RecordTableReading, "tool" | "activity">,
): readonly Migration[] {
  if (activity?.known !== true || tool === "pgroll") return migrations;
  const first = activity.value.find((each) => !isLeftBehind(tool, each));
  const begun = migrations.some(({ status }) => status === "running");
  if (first === undefined) return withoutAnybody(migrations, activity.value[0]);
  const next = migrations.findIndex(({ required, status }) => required && status === "pending");
  return migrations.map((migration, at) =>
    isBegun(migration) || (!begun && at === next) ? running(migration, first) : migration,
  );
}

const LEFT_BEHIND_SECONDS = 60;

/** Prisma works in the session that holds its lock, so one that idles has lost its client: a pooler kept the connection. */
function isLeftBehind(tool: RecordTableReading["tool"], { idleSeconds }: MigrationActivity): boolean {
  return tool === "prisma" && idleSeconds !== null && idleSeconds >= LEFT_BEHIND_SECONDS;
}

/** Nobody works: what was begun was killed; a lock that was left behind makes the next deploy wait. */
function withoutAnybody(migrations: readonly Migration[], left: MigrationActivity | undefined): readonly Migration[] {
  const next = migrations.findIndex(({ required, status }) => required && status === "pending");
  return migrations.map((migration, at) => {
    if (isBegun(migration)) return killed(migration, left);
    return left !== undefined && at === next ? { ...migration, note: inTheWay(left) } : migration;
  });
}

function inTheWay({ pid, holder, lock, idleSeconds }: MigrationActivity): string {
  const who = `session ${pid}${holder === null ? "" : ` (${holder})`}`;
  return `${who} holds the ${lock} and has been idle for ${idleSeconds} s: it was left behind, and the next deploy waits for it in vain (P1002) until that session is ended`;
}

function isBegun({ status }: Migration): boolean {
  return status === "running";
}

function running(migration: Migration, { pid, holder, since, lock }: MigrationActivity): Migration {
  const who = pid === null ? (holder ?? "somebody") : `session ${pid}${holder === null ? "" : ` (${holder})`}`;
  const when = since === null ? "" : ` since ${displayTime(since)}`;
  const what = migration.status === "running" ? "it runs now" : "it, or what comes before it, runs now";
  const doubt = pid === null ? "; a killed process leaves this lock behind" : "";
  return { ...migration, status: "running", note: `${what}: ${who} holds the ${lock}${when}${doubt}` };
}

function killed(migration: Migration, left: MigrationActivity | undefined): Migration {
  const note =
    left === undefined
      ? "started and not finished, no error stored, and nobody holds the tool's lock: its process was killed (or it runs with the lock switched off)"
      : `started and not finished, no error stored, and nobody works on it: its process was killed; ${inTheWay(left)}`;
  return { ...migration, status: "failed", blocks: true, note };
}
