/**
 * What comparing one expectation gives. Three-valued truth: satisfied, a gap, or unverified; `implied` counts what
 * follows from a gap that was already told (the columns of a missing table).
 */
import { stableId } from "../model/hash.js";
import type { Extra, Gap, GapCode, Json, Operation, Severity, Subject, Unverified } from "../model/report.js";

export type Outcome =
  | { readonly kind: "satisfied" }
  | { readonly kind: "gap"; readonly gap: Gap }
  | { readonly kind: "unverified"; readonly unverified: Unverified }
  | { readonly kind: "implied"; readonly count: number }
  | { readonly kind: "extra"; readonly extra: Extra };

export const SATISFIED: Outcome = { kind: "satisfied" };

export const ALL_OPERATIONS: readonly Operation[] = ["select", "insert", "update", "delete"];

export interface GapFacts {
  readonly code: GapCode;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly expected: Json;
  readonly actual: Json;
  readonly operations: readonly Operation[];
  readonly introducedBy?: string | null;
  readonly message: string;
}

/** A gap; its applications are named by compare(), causes and features by later stages. Its id does not depend on wording or on values. */
export function gap(facts: GapFacts): Outcome {
  const { subject } = facts;
  return {
    kind: "gap",
    gap: {
      id: stableId("g", [facts.code, subject.kind, subject.schema, subject.relation, subject.name]),
      code: facts.code,
      severity: facts.severity,
      subject,
      expected: facts.expected,
      actual: facts.actual,
      applications: [],
      introducedBy: facts.introducedBy ?? null,
      causes: [],
      features: [],
      operations: facts.operations,
      message: facts.message,
    },
  };
}

export function implied(count: number): Outcome {
  return { kind: "implied", count };
}

export function unverified(
  subject: Subject,
  reason: string,
  sqlstate: string | null,
  features: readonly string[],
): Outcome {
  return { kind: "unverified", unverified: { subject, reason, sqlstate, features } };
}

export function extra(subject: Subject, message: string): Outcome {
  return { kind: "extra", extra: { subject, message } };
}
