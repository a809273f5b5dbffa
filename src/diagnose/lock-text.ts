/** Sessions and locks in words. */
import type { SeenSession } from "../model/surroundings.js";
import type { Evidence, Facts } from "./rule.js";

/** `AccessExclusiveLock` -> `ACCESS EXCLUSIVE`, as the manual writes it. */
export function lockMode(mode: string): string {
  return mode
    .replace(/Lock$/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase();
}

/** `process 4711 (role app, psql)`; without a process it is a prepared transaction. */
export function processName({ surroundings }: Facts, pid: number | null): string {
  if (pid === null) return "a prepared transaction (see pg_prepared_xacts)";
  const session = surroundings?.sessions.find((each) => each.pid === pid);
  const who = [session?.user == null ? [] : [`role ${session.user}`], session?.application ?? []].flat();
  return who.length === 0 ? `process ${pid}` : `process ${pid} (${who.join(", ")})`;
}

/** What the session does and since when, or that PostgreSQL does not tell this role. */
export function sessionEvidence(facts: Facts, pid: number | null): Evidence {
  const session = facts.surroundings?.sessions.find((each) => each.pid === pid);
  if (session === undefined) return [];
  const source = `pg_stat_activity, pid = ${session.pid}`;
  if (session.query === null && session.state === null) {
    const fact = `what process ${session.pid} does is hidden from role ${facts.target?.user ?? ""}, which is not a member of pg_monitor`;
    return [{ fact, source }];
  }
  return [{ fact: activity(session), source }];
}

function activity({ pid, state, transactionSeconds, query }: SeenSession): string {
  const since = transactionSeconds === null ? "" : `, in a transaction for ${duration(transactionSeconds)}`;
  const what = state === "active" ? "runs" : "ran last";
  return `process ${pid} is ${state ?? "at work"}${since}${query === null || query === "" ? "" : `; it ${what}: ${query}`}`;
}

/** `42 s`, `7 min`, `3 h`: nobody acts on the seconds of an hour. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.max(0, Math.round(seconds))} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
