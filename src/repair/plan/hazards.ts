/** What statements do to those who work with the table: docs/repair.md says what each kind means. */
import type { LockMode } from "../../model/lint.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Hazard, HazardKind } from "../../model/repair.js";

/** `lock ACCESS EXCLUSIVE on public.users` */
export function lock(mode: LockMode, table: QualifiedName): Hazard {
  return { kind: "lock", lock: mode, subject: displayName(table) };
}

export function hazard(kind: Exclude<HazardKind, "lock">, subject: QualifiedName | string | null = null): Hazard {
  return {
    kind,
    lock: null,
    subject: subject === null || typeof subject === "string" ? subject : displayName(subject),
  };
}

/** The lock of nearly every ALTER TABLE; nobody reads or writes while it is held, so it must be short. */
export function exclusive(table: QualifiedName): Hazard {
  return lock("ACCESS EXCLUSIVE", table);
}
