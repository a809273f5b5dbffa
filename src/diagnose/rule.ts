/** What a rule takes and gives. A rule is a pure function; diagnose.ts settles what several of them say of one gap. */
import type { Contract } from "../model/contract.js";
import type { Cause, CauseCode, Confidence, Gap, Subject, Target, Unverified } from "../model/report.js";
import type { SchemaModel } from "../model/schema.js";
import type { Surroundings } from "../model/surroundings.js";
import type { Ledger } from "./ledger.js";

export interface Facts {
  readonly gaps: readonly Gap[];
  readonly contract: Contract;
  readonly ledgers: readonly Ledger[];
  readonly unverified: readonly Unverified[];
  /** Where we looked; null when no database answered. */
  readonly target: Target | null;
  /** What was read of the relations that the contract names, as every application's role sees them. */
  readonly models: readonly SchemaModel[];
  /** What the second look saw; null when nobody looked, or could not. */
  readonly surroundings: Surroundings | null;
  /** Why the second look failed; null when it did not. */
  readonly lookFailed: string | null;
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
  /** What could not be looked at because of it. */
  readonly unverified?: readonly Subject[];
  readonly message: string;
  readonly evidence: Evidence;
  /** Why it is not certain; becomes a piece of evidence. */
  readonly doubt: string | null;
  /** The same for some of its gaps, when others explain the rest: for texts that count them or name their migrations. */
  readonly retell?: (gaps: readonly string[]) => Explanation;
  /** Where the doubt comes from; absent: from what the contract leaves open. */
  readonly doubtSource?: string;
}

export type Rule = (facts: Facts) => readonly Explanation[];
