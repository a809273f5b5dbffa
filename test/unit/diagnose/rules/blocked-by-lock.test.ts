import { describe, expect, it } from "vitest";
import { blockedByLock } from "../../../../src/diagnose/rules/blocked-by-lock.js";
import { around, factsOf, gap, missingColumn, subject } from "./facts.js";

const lock = { schema: "public", name: "plans", pid: 7, mode: "AccessExclusiveLock", granted: true, blockedBy: [] };
const session = {
  pid: 7,
  user: "app",
  application: "psql",
  state: "active",
  transactionSeconds: 7300,
  query: "alter table plans add a int",
};
const locked = { subject: subject("rows", "r1", "plans"), reason: "", sqlstate: "55P03", features: [] };
const run = (parts: Parameters<typeof around>[0], unverified = [locked], gaps: Parameters<typeof factsOf>[1] = []) =>
  blockedByLock(factsOf([], gaps, undefined, { unverified, surroundings: around(parts) }));

describe("BLOCKED_BY_LOCK", () => {
  it("says who holds what, for how long, and what for", () => {
    expect(run({ locks: [lock], sessions: [session] })).toMatchObject([
      {
        confidence: "certain",
        unverified: [locked.subject],
        message:
          "public.plans is locked by process 7 (role app, psql), so a part of what the application needs could not be looked at.",
        evidence: [
          { fact: "process 7 (role app, psql) holds ACCESS EXCLUSIVE on public.plans" },
          { fact: "process 7 is active, in a transaction for 2 h; it runs: alter table plans add a int" },
        ],
      },
    ]);
  });

  it("stays certain when the lock is gone again, or was not looked for", () => {
    expect(run({})).toMatchObject([{ confidence: "certain", evidence: [{ source: "pg_locks" }] }]);
    expect(blockedByLock(factsOf([], [], undefined, { unverified: [locked] }))).toHaveLength(1);
  });

  it("says what a role may not see", () => {
    const hidden = { ...session, state: null, transactionSeconds: null, query: null };
    expect(run({ locks: [lock], sessions: [hidden] })[0]?.evidence[1]?.fact).toBe(
      "what process 7 does is hidden from role app_user, which is not a member of pg_monitor",
    );
  });

  it("knows prepared transactions", () => {
    expect(run({ locks: [{ ...lock, pid: null }] })[0]?.message).toContain(
      "locked by a prepared transaction (see pg_prepared_xacts)",
    );
  });

  it("explains gaps of a relation whose change waits, with who is in its way", () => {
    const waits = { ...lock, granted: false, blockedBy: [9] };
    const idle = { ...session, pid: 9, state: "idle in transaction", application: null };
    const gaps = [
      missingColumn("g1", "plans", "a"),
      missingColumn("g2", "users", "a"),
      gap({ id: "g3", code: "MISSING_PRIVILEGE", subject: subject("privileges", "SELECT", "plans") }),
    ];
    expect(run({ locks: [waits], sessions: [session, idle] }, [], gaps)).toMatchObject([
      {
        confidence: "likely",
        gaps: ["g1"],
        message:
          "A change of public.plans is held up: process 7 (role app, psql) waits for a lock that process 9 (role app) holds.",
      },
    ]);
    expect(run({ locks: [lock] }, [], gaps)).toMatchObject([{ confidence: "possible", gaps: ["g1"] }]);
  });

  it("is not blamed for weaker locks, or for what was refused for another reason", () => {
    const gaps = [missingColumn("g1", "plans", "a")];
    expect(run({ locks: [{ ...lock, mode: "ShareUpdateExclusiveLock" }] }, [], gaps)).toEqual([]);
    expect(run({ locks: [lock] }, [{ ...locked, sqlstate: "42501" }])).toEqual([]);
  });
});
