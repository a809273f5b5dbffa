/** Check and exclusion constraints that are gone, or say something else. */
import { q, qq, type RuleSpec, type TableSpec } from "../spec.js";
import { harmful, type Kind, part } from "./kind.js";
import { dropConstraint, type Made, type On, onPart } from "./on-part.js";

const rules = ({ rules: of }: TableSpec) => of;

export const RULE_KINDS: readonly Kind[] = [
  harmful("a check is dropped", (site) => onPart(site, rules, ({ kind }) => kind === "check", dropped)),
  harmful("an exclusion constraint is dropped", (site) =>
    onPart(site, rules, ({ kind }) => kind === "exclusion", dropped),
  ),
  harmful("a check says something else", (site) => onPart(site, rules, ({ kind }) => kind === "check", another)),
  harmful("an exclusion constraint says something else", (site) =>
    onPart(site, rules, ({ kind }) => kind === "exclusion", another),
  ),
  harmful("a check says something else under another name", (site) =>
    onPart(
      site,
      rules,
      ({ kind }) => kind === "check",
      ({ table, part: rule }) => ({
        statements: [dropConstraint(table, rule.name), `alter table ${qq(table)} add constraint zz_rule ${rule.other}`],
        expected: [
          part("MISSING_CONSTRAINT", "warning", "constraint", table, rule.name),
          part("BLOCKING_EXTRA_CONSTRAINT", "warning", "constraint", table, "zz_rule"),
        ],
      }),
    ),
  ),
  harmful("a check is not validated", (site) =>
    onPart(
      site,
      rules,
      ({ kind, notValid }) => kind === "check" && !notValid,
      ({ table, part: rule }) => ({
        statements: [
          dropConstraint(table, rule.name),
          `alter table ${qq(table)} add constraint ${q(rule.name)} ${rule.definition} not valid`,
        ],
        expected: [part("UNVALIDATED_CONSTRAINT", "warning", "constraint", table, rule.name)],
      }),
    ),
  ),
  harmful(
    "a check is not enforced",
    (site) =>
      onPart(
        site,
        rules,
        ({ kind, notValid }) => kind === "check" && !notValid,
        ({ table, part: rule }) => ({
          statements: [
            dropConstraint(table, rule.name),
            `alter table ${qq(table)} add constraint ${q(rule.name)} ${rule.definition} not enforced`,
          ],
          expected: [part("UNVALIDATED_CONSTRAINT", "warning", "constraint", table, rule.name)],
        }),
      ),
    180_000,
  ),
];

function dropped({ table, part: rule }: On<RuleSpec>): Made {
  return {
    statements: [dropConstraint(table, rule.name)],
    expected: [part("MISSING_CONSTRAINT", "warning", "constraint", table, rule.name)],
  };
}

function another({ table, part: rule }: On<RuleSpec>): Made {
  return {
    statements: [
      dropConstraint(table, rule.name),
      `alter table ${qq(table)} add constraint ${q(rule.name)} ${rule.other}`,
    ],
    expected: [part("CONSTRAINT_DEFINITION", "warning", "constraint", table, rule.name)],
  };
}
