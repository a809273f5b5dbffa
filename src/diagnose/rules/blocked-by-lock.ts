/**
 * BLOCKED_BY_LOCK: another session holds a lock that nothing gets past. We do not wait behind it, so a part could not be
 * looked at; and a migration that waits behind it has not brought its objects.
 * https://www.postgresql.org/docs/current/explicit-locking.html
 */
import { groupBy } from "../../model/group.js";
import { displayName, type QualifiedName, qualifiedKey } from "../../model/names.js";
import type { Gap, Subject } from "../../model/report.js";
import { subjectRelation } from "../../model/subject.js";
import type { HeldLock } from "../../model/surroundings.js";
import { isSame } from "../around.js";
import { lockMode, processName, sessionEvidence } from "../lock-text.js";
import { relationOf } from "../questions.js";
import type { Evidence, Explanation, Facts } from "../rule.js";
import { listNames } from "../text.js";

const LOCK_NOT_AVAILABLE = "55P03";
/** The only mode that keeps readers out. */
const EXCLUSIVE = "AccessExclusiveLock";

export function blockedByLock(facts: Facts): Explanation[] {
  return [...couldNotLook(facts), ...couldNotChange(facts)];
}

/** The server said so itself (55P03); who it was may be gone by now. */
function couldNotLook(facts: Facts): Explanation[] {
  const locked = facts.unverified.filter(({ sqlstate }) => sqlstate === LOCK_NOT_AVAILABLE);
  const placed = locked.flatMap(({ subject }) => relationOf(subject).map((relation) => ({ subject, relation })));
  if (placed.length === 0) return [];
  const relations = distinct(placed.map(({ relation }) => relation));
  const locks = relations.flatMap((relation) => exclusive(facts, relation));
  const names = listNames(relations.map(displayName));
  return [
    {
      code: "BLOCKED_BY_LOCK",
      key: ["looking", ...relations.map(displayName)],
      confidence: "certain",
      gaps: [],
      restates: [],
      unverified: distinctSubjects(placed.map(({ subject }) => subject)),
      message: `${names} ${relations.length === 1 ? "is" : "are"} locked by ${holders(facts, locks)}, so a part of what the application needs could not be looked at.`,
      evidence: locks.length === 0 ? [GONE] : lockEvidence(facts, locks),
      doubt: null,
    },
  ];
}

const GONE: Evidence[number] = {
  fact: "PostgreSQL refused to wait longer for the lock (55P03); a moment later nobody held it any more: verify again",
  source: "pg_locks",
};

/** Somebody is about to change the relation, or changes it now: what is missing may be what comes with that. */
function couldNotChange(facts: Facts): Explanation[] {
  const locks = (facts.surroundings?.locks ?? []).filter(({ mode }) => mode === EXCLUSIVE);
  return [...groupBy(locks, qualifiedKey).values()].flatMap((held) => {
    const [first] = held;
    const gaps = first === undefined ? [] : facts.gaps.filter((gap) => isChangeable(gap, first));
    if (first === undefined || gaps.length === 0) return [];
    const waits = held.find(({ granted }) => !granted);
    const lock = waits ?? first;
    return [
      {
        code: "BLOCKED_BY_LOCK" as const,
        key: ["changing", displayName(lock)],
        confidence: waits === undefined ? ("possible" as const) : ("likely" as const),
        gaps: gaps.map(({ id }) => id),
        restates: [],
        message: changeMessage(facts, lock),
        evidence: lockEvidence(facts, [lock]),
        doubt: "what it will change is known only when its transaction ends",
        doubtSource: "PostgreSQL",
      },
    ];
  });
}

function changeMessage(facts: Facts, lock: HeldLock): string {
  const who = processName(facts, lock.pid);
  if (lock.granted)
    return `${displayName(lock)} is being changed right now by ${who}: what is missing may come with that.`;
  const blockers = lock.blockedBy.map((pid) => processName(facts, pid));
  return `A change of ${displayName(lock)} is held up: ${who} waits for a lock${blockers.length === 0 ? "" : ` that ${listNames(blockers)} holds`}.`;
}

/** Who may do what is not changed by what a migration waits for. */
function isChangeable({ code, subject }: Gap, relation: QualifiedName): boolean {
  const isSchema = code !== "MISSING_PRIVILEGE" && code !== "MISSING_ROWS" && code !== "ROW_SECURITY_HIDES_ROWS";
  return isSchema && isSame(subjectRelation(subject), relation);
}

function exclusive({ surroundings }: Facts, relation: QualifiedName): HeldLock[] {
  return (surroundings?.locks ?? []).filter((lock) => lock.mode === EXCLUSIVE && isSame(relation, lock));
}

/** Who holds it; if it is only waited for, who is in the way. */
function holders(facts: Facts, locks: readonly HeldLock[]): string {
  const granted = locks.filter((lock) => lock.granted).map(({ pid }) => pid);
  const pids = granted.length > 0 ? granted : locks.flatMap(({ pid, blockedBy }) => [pid, ...blockedBy]);
  const names = [...new Set(pids.map((pid) => processName(facts, pid)))];
  return names.length === 0 ? "another session" : listNames(names);
}

function lockEvidence(facts: Facts, locks: readonly HeldLock[]): Evidence {
  const pids = new Set(locks.flatMap(({ pid, blockedBy }) => [pid, ...blockedBy]));
  const facing = locks.map((lock) => ({ fact: lockFact(facts, lock), source: "pg_locks" }));
  return [...facing, ...[...pids].flatMap((pid) => sessionEvidence(facts, pid))];
}

function lockFact(facts: Facts, { pid, mode, granted, blockedBy, ...relation }: HeldLock): string {
  const what = `${lockMode(mode)} on ${displayName(relation)}`;
  if (granted) return `${processName(facts, pid)} holds ${what}`;
  const behind = blockedBy.length === 0 ? "" : `, behind ${listNames(blockedBy.map((each) => `process ${each}`))}`;
  return `${processName(facts, pid)} waits for ${what}${behind}; whoever comes later waits too`;
}

function distinct(names: readonly QualifiedName[]): QualifiedName[] {
  return [...new Map(names.map((name) => [qualifiedKey(name), name])).values()];
}

function distinctSubjects(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [JSON.stringify(subject), subject])).values()];
}
