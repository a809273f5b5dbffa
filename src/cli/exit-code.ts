/** What the shell gets. One table; formats never change it, and it is never a count. */
import { EXIT, type ExitCode } from "../errors/index.js";
import type { Report, SmokeResult, Verdict } from "../model/report.js";
import { neverAnswered, warnsBesides } from "../model/verdict.js";

export const VERDICT_EXIT: Readonly<Record<Verdict, ExitCode>> = {
  pass: EXIT.ok,
  warn: EXIT.ok,
  fail: EXIT.gaps,
  unverified: EXIT.unverified,
};

/** @param strict a warning counts as a failure */
export function verifyExitCode(verdict: Verdict, strict: boolean): ExitCode {
  return strict && verdict === "warn" ? EXIT.gaps : VERDICT_EXIT[verdict];
}

/**
 * A plan that leaves an error to people is not the whole repair, and one that failed on the copy is none. A plan that should
 * have been tried and could not be is neither.
 * @param wanted whether the plan was to be tried
 */
export function repairExitCode({ verdict, gaps, repair }: Report, wanted: boolean): ExitCode {
  const left = new Set(repair.notDone.flatMap((each) => each.gaps));
  const stays = gaps.some(({ id, severity }) => severity === "error" && left.has(id));
  if (stays || repair.proof.kind === "unproved") return EXIT.gaps;
  if (verdict === "unverified") return EXIT.unverified;
  const isUntried = repair.steps.length > 0 && repair.proof.kind === "not-tried";
  return wanted && isUntried ? EXIT.unverified : EXIT.ok;
}

/**
 * A smoke run is judged by itself: by its steps, then by what it left behind. The schema explains failures, it does not
 * add any. An application that never answered was not tested at all.
 * @param strict a warning counts as a failure
 */
export function smokeExitCode(smoke: SmokeResult, strict: boolean): ExitCode {
  const { outcome, cleanup } = smoke;
  if (outcome === "failed") return neverAnswered(smoke) ? EXIT.unverified : EXIT.gaps;
  if (outcome === "warning" && strict) return EXIT.gaps;
  // What the caller wanted to keep was not left behind.
  if (cleanup.outcome === "kept") return EXIT.ok;
  return cleanup.outcome === "failed" || cleanup.leftovers.length > 0 ? EXIT.leftovers : EXIT.ok;
}

/** Of a report beside a baseline: what is accepted is no warning, however strict. */
export function reportExitCode(report: Report, strict: boolean): ExitCode {
  return verifyExitCode(report.verdict, strict && (report.baseline === undefined || warnsBesides(report)));
}

/** What is known to be wrong comes first, then what is not known, then what was left behind. */
const PRECEDENCE: readonly ExitCode[] = [EXIT.gaps, EXIT.unverified, EXIT.leftovers];

/** Schema and smoke run in one code. */
export function gateExitCode(report: Report, smoke: SmokeResult, strict: boolean): ExitCode {
  const codes = [reportExitCode(report, strict), smokeExitCode(smoke, strict)];
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.ok;
}
