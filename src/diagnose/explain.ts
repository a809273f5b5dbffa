/** The two forms in which a history problem explains gaps: those that it is known to answer for, and those it may. */
import type { CauseCode, Confidence, Gap } from "../model/report.js";
import type { Ledger } from "./ledger.js";
import type { Evidence, Explanation } from "./rule.js";

export interface Problem {
  readonly code: CauseCode;
  readonly ledger: Ledger;
  readonly key: readonly string[];
  readonly message: string;
  /** The message as the end of a sentence: `migration x failed`. */
  readonly short: string;
  readonly evidence: Evidence;
  /** Gaps whose object comes with the migration in question. */
  readonly known: readonly Gap[];
  /** Gaps that it may explain, and how likely that is. */
  readonly maybe: readonly Gap[];
  readonly confidence: Confidence;
  readonly restates: readonly Gap[];
  /** Why it is not certain; absent: because nobody knows with which migration the gaps come. */
  readonly doubt?: string;
}

/** At most two explanations: certain for what is known, weaker for the rest. Without any gap there is nothing to explain. */
export function explain(problem: Problem): Explanation[] {
  const { known, maybe, restates, message, evidence, confidence } = problem;
  const isSurely = known.length > 0 || (maybe.length === 0 && restates.length > 0);
  const surely = isSurely
    ? [{ ...common(problem, known), confidence: "certain" as const, message, evidence, doubt: null }]
    : [];
  if (maybe.length === 0) return surely;
  // What was said once, with its evidence, is not said again for the gaps that are less sure.
  const probably = { ...common(problem, maybe), confidence, doubt: problem.doubt ?? doubt(problem) };
  return isSurely
    ? [...surely, { ...probably, message: `Other gaps may have the same reason: ${problem.short}.`, evidence: [] }]
    : [{ ...probably, message, evidence }];
}

function common({ code, ledger, key, restates }: Problem, gaps: readonly Gap[]) {
  return {
    code,
    key: [ledger.table ?? ledger.applications.join(","), ...key],
    gaps: ids(gaps),
    restates: ids(restates),
  };
}

function doubt({ confidence, ledger }: Problem): string {
  const which = ledger.namesOrigins
    ? "the contract names the migrations of other objects, but none that brings what is missing or different here"
    : "the contract does not say which migration brings what is missing or different";
  const history = `the history of ${ledger.applications.join(", ")}`;
  if (confidence === "likely") return `${which}; nothing else is wrong with ${history}`;
  return ledger.namesOrigins
    ? which
    : `${which}; more than one thing is wrong with ${history}, or not enough is known of it`;
}

function ids(gaps: readonly Gap[]): string[] {
  return gaps.map(({ id }) => id);
}
