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
  const [first] = activity.value;
  const begun = migrations.some(({ status }) => status === "running");
  if (first === undefined) return migrations.map((migration) => (isBegun(migration) ? killed(migration) : migration));
  const next = migrations.findIndex(({ required, status }) => required && status === "pending");
  return migrations.map((migration, at) =>
    isBegun(migration) || (!begun && at === next) ? running(migration, first) : migration,
  );
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

function killed(migration: Migration): Migration {
  const note =
    "started and not finished, no error stored, and nobody holds the tool's lock: its process was killed (or it runs with the lock switched off)";
  return { ...migration, status: "failed", blocks: true, note };
}
