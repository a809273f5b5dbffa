/** Check and exclusion constraints, and triggers: what keeps wrong rows out or changes rows on their way in. */
import type { ExpectedRelation } from "../model/contract.js";
import { displayName } from "../model/names.js";
import type { CheckConstraint, ExclusionConstraint, Relation } from "../model/schema.js";
import { type Sameness, sameExpression } from "./expressions.js";
import { describeKey, sameKey } from "./index-definition.js";
import { gap, type Outcome, SATISFIED, unverified } from "./outcome.js";
import { partOf } from "./subjects.js";

const WRITES = ["insert", "update"] as const;

type Rule = CheckConstraint | ExclusionConstraint;

export function rules(relation: Pick<Relation, "constraints">): Rule[] {
  return relation.constraints.filter(
    (constraint): constraint is Rule => constraint.kind === "check" || constraint.kind === "exclusion",
  );
}

export function compareRules(expected: ExpectedRelation, actual: Relation): Outcome[] {
  return rules(expected).map((rule) => compareRule(expected, rule, rules(actual)));
}

function compareRule(relation: ExpectedRelation, rule: Rule, present: readonly Rule[]): Outcome {
  const same = present.filter((candidate) => sameRule(rule, candidate) === "same");
  const found = same.find(holds) ?? same[0];
  if (found !== undefined) return holds(found) || !holds(rule) ? SATISFIED : unchecked(relation, rule, found);
  if (present.some((candidate) => sameRule(rule, candidate) === "unknown")) {
    return unverified(
      partOf(relation, "constraint", rule.name),
      "the relation is locked, its constraints cannot be printed",
      "55P03",
      [],
    );
  }
  const namesake = present.find(({ name, kind }) => name === rule.name && kind === rule.kind);
  return gap({
    code: namesake === undefined ? "MISSING_CONSTRAINT" : "CONSTRAINT_DEFINITION",
    severity: "warning",
    subject: partOf(relation, "constraint", rule.name),
    expected: { [rule.kind]: ruleText(rule) },
    actual: namesake === undefined ? null : { [namesake.kind]: ruleText(namesake) },
    operations: WRITES,
    introducedBy: relation.introducedBy,
    message:
      namesake === undefined
        ? `${displayName(relation)} has no ${rule.kind} constraint ${ruleText(rule)}.`
        : `Constraint ${rule.name} on ${displayName(relation)} is ${ruleText(namesake)}, expected ${ruleText(rule)}.`,
  });
}

/** Whether every row satisfies it. What is NOT VALID in the sources, too, is no gap. */
function holds({ validated, enforced }: Rule): boolean {
  return validated && enforced;
}

export function sameRule(expected: Rule, actual: Rule): Sameness {
  if (expected.kind === "check")
    return actual.kind === "check" ? sameExpression(expected.expression, actual.expression) : "different";
  return actual.kind === "exclusion" ? sameExclusion(expected, actual) : "different";
}

function sameExclusion(expected: ExclusionConstraint, actual: ExclusionConstraint): Sameness {
  if (expected.method !== actual.method || expected.elements.length !== actual.elements.length) return "different";
  const parts = [
    sameExpression(expected.predicate, actual.predicate),
    ...expected.elements.map((element, i): Sameness => {
      const other = actual.elements[i];
      return element.operator === other?.operator ? sameKey(element.key, other.key) : "different";
    }),
  ];
  if (parts.includes("different")) return "different";
  return parts.includes("unknown") ? "unknown" : "same";
}

export function ruleText(rule: Rule): string {
  if (rule.kind === "check") return rule.expression.text;
  const elements = rule.elements.map(({ key, operator }) => `${describeKey(key)} with ${operator}`).join(", ");
  return `using ${rule.method} (${elements})`;
}

function unchecked(relation: ExpectedRelation, rule: Rule, found: Rule): Outcome {
  const state = found.enforced
    ? "NOT VALID: rows from before it was added are not checked"
    : "NOT ENFORCED: nothing is checked";
  return gap({
    code: "UNVALIDATED_CONSTRAINT",
    severity: "warning",
    subject: partOf(relation, "constraint", found.name),
    expected: { [rule.kind]: ruleText(rule), validated: true },
    actual: { validated: found.validated, enforced: found.enforced },
    operations: WRITES,
    introducedBy: relation.introducedBy,
    message: `Constraint ${found.name} on ${displayName(relation)} is ${state}.`,
  });
}

/** Triggers are required by name and must fire for ordinary sessions (`tgenabled` O or A). */
export function compareTriggers(expected: ExpectedRelation, actual: Relation): Outcome[] {
  return expected.triggers.map((name) => {
    const found = actual.triggers.find((trigger) => trigger.name === name);
    if (found?.enabled === "O" || found?.enabled === "A") return SATISFIED;
    const state = found === undefined ? "is missing" : "is disabled";
    return gap({
      code: "MISSING_TRIGGER",
      severity: "warning",
      subject: partOf(expected, "trigger", name),
      expected: { enabled: true },
      actual: found === undefined ? null : { enabled: false },
      operations: WRITES,
      introducedBy: expected.introducedBy,
      message: `Trigger ${name} on ${displayName(expected)} ${state}.`,
    });
  });
}
