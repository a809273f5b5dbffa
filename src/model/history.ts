/** What several stages ask of migration histories. */
import { groupBy } from "./group.js";
import type { History, Migration } from "./report.js";

/** One record table as all applications see it that keep their migrations in it; without a table, one application. */
export interface SharedHistory {
  readonly tool: History["tool"];
  /** `schema.table`; null when there is none. */
  readonly table: string | null;
  readonly state: History["state"];
  readonly applications: readonly string[];
  /** Each migration once; required is what any of the applications requires. */
  readonly migrations: readonly Migration[];
}

/** The histories of applications that share a record table, as one each, in order of appearance. */
export function shareHistories(histories: readonly History[]): SharedHistory[] {
  const groups = groupBy(histories, ({ application, table }) => JSON.stringify(table ?? [application]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const byName = groupBy(
      group.flatMap(({ migrations }) => migrations),
      ({ name }) => name,
    );
    return {
      tool: first.tool,
      table: first.table,
      state: group.find(({ state }) => state === "behind" || state === "diverged")?.state ?? first.state,
      applications: group.map(({ application }) => application),
      migrations: [...byName.values()].flatMap((same) => same.find(({ required }) => required) ?? same.slice(0, 1)),
    };
  });
}

const DONE: readonly Migration["status"][] = ["applied", "edited", "recorded-without-running", "forged"];

/** Whether the tool would not run it again, because its row says that it is finished. */
export function isRecordedAsDone({ status, blocks }: Migration): boolean {
  return DONE.includes(status) && !blocks;
}

/** Whether it was run, to a recorded end. */
export function ranToEnd({ status, blocks }: Migration): boolean {
  return (status === "applied" || status === "edited") && !blocks;
}

/** Whether its row makes the tool refuse (Prisma: P3009). A row that looks like a running migration is not counted. */
export function blocksDeploy({ blocks }: Migration): boolean {
  return blocks;
}

/** Of a migration that runs as far as its own row says; whether somebody works on it was not or could not be seen. */
export const NOT_SEEN_RUNNING =
  "started and not finished, no error stored: it runs now, or its process was killed (the row looks the same)";

/** Whether somebody was seen working on it. */
export function isSeenRunning({ status, note }: Migration): boolean {
  return status === "running" && note !== null && note !== NOT_SEEN_RUNNING;
}

/** Whether its record says that it was not run, or not to its end; unknown ones are none of this build's business. */
export function isUndone(migration: Migration): boolean {
  return migration.status !== "unknown" && !isRecordedAsDone(migration);
}
