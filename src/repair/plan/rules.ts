/** Check and exclusion constraints. */
import type { ExpectedRelation } from "../../model/contract.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import type { PreCheck } from "../../model/repair.js";
import type { Gap } from "../../model/report.js";
import type { CheckConstraint, ExclusionConstraint } from "../../model/schema.js";
import { addConstraint, constraintOptions, dropConstraint, validateConstraint } from "../ddl/index.js";
import { violationsOf } from "./checks.js";
import { draft, PATIENT, task } from "./draft.js";
import { withReason } from "./foreign-keys.js";
import { unlessConstraint } from "./guards.js";
import { exclusive, hazard, lock } from "./hazards.js";
import type { Known } from "./known.js";
import { columnKey, relationKey } from "./needs.js";
import type { Draft, Planned } from "./task.js";

export type Rule = CheckConstraint | ExclusionConstraint;

/** A check is looked at in a step of its own; an exclusion builds its index at once, there is no other way. */
export function addRule(known: Known, relation: ExpectedRelation, rule: Rule): Draft[] {
  const room = known.room(relation);
  const isWhole = rule.validated && rule.enforced;
  const notValid = rule.kind === "check" && isWhole && room !== "new" && room !== "empty";
  const options = { ...constraintOptions(relation, rule, known.definitions), ...(notValid ? { notValid } : {}) };
  const reads = rule.kind === "exclusion" && (room === "small" || room === "large");
  const add = draft(
    room === "new" ? "table" : "key",
    unlessConstraint(relation, rule.name, addConstraint(relation, rule, options)),
    whyAdded(rule, notValid),
    {
      ...{
        table: known.size(relation),
        undo: dropConstraint(relation, rule.name),
        needs: needsOf(known, relation, rule),
      },
      hazards: [
        exclusive(relation),
        ...(reads
          ? [hazard("blocks-writes", relation), hazard("full-scan", relation), hazard("fails-with-rows", relation)]
          : []),
      ],
    },
  );
  return notValid ? [add, validateRule(known, relation, rule)] : [add];
}

function whyAdded(rule: Rule, notValid: boolean): string {
  if (rule.kind === "exclusion") return "Its index is built under the lock: PostgreSQL knows no other way for EXCLUDE.";
  return notValid
    ? "New rows are checked from now on, the old ones by the next step."
    : "No old row has to be looked at.";
}

/** The expression names its columns; the model does not list them. */
function needsOf(known: Known, relation: ExpectedRelation, rule: Rule): string[] {
  const columns = relation.columns.filter(({ name }) => known.lacksColumn(relation, name) && mentions(rule, name));
  return [relationKey(relation), ...columns.map(({ name }) => columnKey(relation, name))];
}

function mentions(rule: Rule, column: string): boolean {
  if (rule.kind === "check") return rule.expression.text.includes(column);
  return rule.elements.some(({ key }) => key.column === column || key.expression?.text.includes(column) === true);
}

export function validateRule(known: Known, relation: ExpectedRelation, rule: Rule): Draft {
  return draft(
    "validate",
    validateConstraint(relation, rule.name),
    "Looks at the old rows, while others read and write.",
    {
      ...{ ...PATIENT, table: known.size(relation), checks: violations(known, relation, rule) },
      hazards: [
        lock("SHARE UPDATE EXCLUSIVE", relation),
        hazard("full-scan", relation),
        hazard("fails-with-rows", relation),
      ],
    },
  );
}

/** A column that is not there yet cannot be asked about. */
function violations(known: Known, relation: ExpectedRelation, rule: Rule): PreCheck[] {
  const isThere = needsOf(known, relation, rule).length === 1;
  return rule.kind === "check" && isThere ? [violationsOf(relation, rule.expression.text)] : [];
}

export function missingRule(gap: Gap, known: Known, relation: ExpectedRelation, rule: Rule): Planned {
  return task([gap], ruleText(relation, rule), withReason(gap, addRule(known, relation, rule)));
}

/** The old one goes and the new one comes in one transaction. */
export function replaceRule(gap: Gap, known: Known, relation: ExpectedRelation, rule: Rule, actual: Rule): Planned {
  const drop = draft("key", dropConstraint(relation, actual.name), `${gap.message} Makes way for the expected one.`, {
    ...{ table: known.size(relation), hazards: [exclusive(relation)] },
    undo: addConstraint(relation, actual, { notValid: true }),
  });
  return task([gap], ruleText(relation, rule), [drop, ...addRule(known, relation, rule)]);
}

export function ruleText(relation: QualifiedName, { kind, name }: Rule): string {
  return `${kind === "check" ? "Check" : "Exclusion"} constraint ${name} on ${displayName(relation)}`;
}
