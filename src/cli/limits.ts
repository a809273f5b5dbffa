import { DEFAULT_LIMITS, type SessionLimits } from "../db/index.js";

/** Limits of a session in the proportions of the defaults, for another total: who waits longer waits longer for each part. */
export function limitsFor(timeoutMs: number): SessionLimits {
  const part = (milliseconds: number) => {
    return Math.max(1, Math.round((milliseconds * timeoutMs) / DEFAULT_LIMITS.totalTimeoutMs));
  };
  return {
    connectTimeoutMs: part(DEFAULT_LIMITS.connectTimeoutMs),
    statementTimeoutMs: part(DEFAULT_LIMITS.statementTimeoutMs),
    lockTimeoutMs: part(DEFAULT_LIMITS.lockTimeoutMs),
    totalTimeoutMs: timeoutMs,
  };
}
