/** Check and exclusion constraints that the generated rows satisfy, each with another one that they satisfy, too. */
import type { Making } from "./generate.js";
import { type ColumnSpec, q, type RuleSpec } from "./spec.js";

type Rule = Pick<RuleSpec, "kind" | "definition" | "other">;
type Form = (column: ColumnSpec) => Rule | null;

const check = (expression: string, other: string): Rule => ({
  kind: "check",
  definition: `check (${expression})`,
  other: `check (${other})`,
});

const isNumber = ({ type }: ColumnSpec) => type.family === "integer" || type.family === "number";
const isVarying = ({ type }: ColumnSpec) => type.sql === "text" || type.sql.startsWith("varchar");

const FORMS: readonly Form[] = [
  (column) => (isNumber(column) ? check(`${q(column.name)} >= 0`, `${q(column.name)} >= 1 or true`) : null),
  (column) =>
    isNumber(column) ? check(`${q(column.name)} between -1 and 30000`, `${q(column.name)} between -2 and 30000`) : null,
  (column) =>
    isVarying(column)
      ? check(`${q(column.name)} in ('v0', 'v1', 'v2', 'it''s')`, `${q(column.name)} in ('v0', 'v1', 'v2')`)
      : null,
  (column) =>
    isVarying(column) ? check(`length(trim(${q(column.name)})) > 0`, `length(trim(${q(column.name)})) > 1`) : null,
  (column) => (isVarying(column) ? check(`${q(column.name)} like 'v%'`, `${q(column.name)} like 'v_%'`) : null),
  (column) => (isVarying(column) ? check(`${q(column.name)} ~ '^[a-z'']'`, `${q(column.name)} ~ '^[a-z]'`) : null),
  (column) =>
    column.type.family === "time" && column.type.sql !== "time"
      ? check(`${q(column.name)} > '2000-01-01'`, `${q(column.name)} > '2001-01-01'`)
      : null,
  (column) => (column.type.family === "json" ? check(`${q(column.name)} ? 'i'`, `not ${q(column.name)} ? 'j'`) : null),
  (column) =>
    column.type.sql === "integer"
      ? exclusion(
          `exclude using btree (${q(column.name)} with =) where (${q(column.name)} > 0)`,
          `exclude using btree (${q(column.name)} with =)`,
        )
      : null,
  (column) =>
    column.type.family === "range"
      ? exclusion(`exclude using gist (${q(column.name)} with &&)`, `exclude using gist (${q(column.name)} with =)`)
      : null,
];

function exclusion(definition: string, other: string): Rule {
  return { kind: "exclusion", definition, other };
}

/** One rule at most for a column. */
export function rulesOn({ choose, names }: Making, columns: readonly ColumnSpec[]): RuleSpec[] {
  return choose.some(columns, 4).flatMap((column) => {
    const forms = FORMS.flatMap((form) => form(column) ?? []);
    if (forms.length === 0 || choose.chance(25)) return [];
    const rule = choose.one(forms);
    const notValid = rule.kind === "check" && choose.chance(15);
    return [{ name: names.next("rule"), ...rule, columns: [column.name], notValid }];
  });
}
