/** What a rule takes and gives. A rule is a pure function; diagnose.ts settles what several of them say of one gap. */
import type { Contract } from "../model/contract.js";
import type { Cause, CauseCode, Confidence, Gap } from "../model/report.js";
import type { Ledger } from "./ledger.js";

export interface Facts {
  readonly gaps: readonly Gap[];
  readonly contract: Contract;
  readonly ledgers: readonly Ledger[];
}

export type Evidence = Cause["evidence"];

/** A cause before it has competed with others for its gaps. */
export interface Explanation {
  readonly code: CauseCode;
  /** With code and confidence, what makes it this cause and no other; the id is made of it. */
  readonly key: readonly string[];
  readonly confidence: Confidence;
  /** Ids of the gaps that it explains. */
  readonly gaps: readonly string[];
  /** Ids of gaps that say the same thing in other words (MIGRATION_NOT_APPLIED): they go with it and prove nothing. */
  readonly restates: readonly string[];
  readonly message: string;
  readonly evidence: Evidence;
  /** Why it is not certain; becomes a piece of evidence. */
  readonly doubt: string | null;
}

export type Rule = (facts: Facts) => readonly Explanation[];
