/** Gaps as the second half of "... is broken because ...". */
import type { Gap, GapCode, Subject } from "../../model/report.js";
import type { Named, NamedKind } from "./named.js";

const MOST_GAPS = 3;

/** `column avatar_generations.projectId is missing (MISSING_COLUMN)`, several joined by "and". */
export function because(gaps: readonly Gap[], schema: string): string {
  const clauses = gaps
    .slice(0, MOST_GAPS)
    .map((gap) => `${CLAUSES[gap.code](nameIn(schema, gap.subject))} (${gap.code})`);
  const more = gaps.length - clauses.length;
  return joinWords(more > 0 ? [...clauses, `${more} more ${more === 1 ? "gap" : "gaps"}`] : clauses);
}

/** The parts of a sentence about a subject. */
interface SubjectNames {
  /** `avatar_generations.projectId`, `avatar_projects`. */
  readonly full: string;
  /** The relation it belongs to, or itself. */
  readonly relation: string;
  /** Its own name. */
  readonly own: string;
}

const CLAUSES: Readonly<Record<GapCode, (names: SubjectNames) => string>> = {
  MISSING_TABLE: ({ full }) => `table ${full} is missing`,
  MISSING_VIEW: ({ full }) => `view ${full} is missing`,
  MISSING_COLUMN: ({ full }) => `column ${full} is missing`,
  MISSING_INDEX: ({ own, relation }) => `index ${own} on ${relation} is missing`,
  INVALID_INDEX: ({ own, relation }) => `index ${own} on ${relation} is invalid`,
  MISSING_CONSTRAINT: ({ own, relation }) => `constraint ${own} on ${relation} is missing`,
  UNVALIDATED_CONSTRAINT: ({ own, relation }) => `constraint ${own} on ${relation} is not validated`,
  MISSING_ENUM: ({ full }) => `enum type ${full} is missing`,
  MISSING_ENUM_LABEL: ({ own, relation }) => `enum type ${relation} has no label ${own}`,
  MISSING_DOMAIN: ({ full }) => `domain ${full} is missing`,
  MISSING_SEQUENCE: ({ full }) => `sequence ${full} is missing`,
  MISSING_EXTENSION: ({ own }) => `extension ${own} is not installed`,
  MISSING_FUNCTION: ({ full }) => `function ${full} is missing`,
  MISSING_TRIGGER: ({ own, relation }) => `trigger ${own} on ${relation} is missing or disabled`,
  COLUMN_TYPE: ({ full }) => `column ${full} has another type`,
  COLUMN_NULLABILITY: ({ full }) => `column ${full} has another nullability`,
  COLUMN_DEFAULT: ({ full }) => `column ${full} has another default`,
  COLUMN_IDENTITY: ({ full }) => `column ${full} differs in its identity`,
  COLUMN_GENERATED: ({ full }) => `column ${full} differs in how it is generated`,
  COLUMN_COLLATION: ({ full }) => `column ${full} has another collation`,
  INDEX_DEFINITION: ({ own, relation }) => `index ${own} on ${relation} has another definition`,
  CONSTRAINT_DEFINITION: ({ own, relation }) => `constraint ${own} on ${relation} has another definition`,
  DOMAIN_DEFINITION: ({ full }) => `domain ${full} has another definition`,
  ENUM_ORDER: ({ full }) => `the labels of enum type ${full} stand in another order`,
  BLOCKING_EXTRA_COLUMN: ({ full }) => `column ${full}, which the application does not know, must not be null`,
  BLOCKING_EXTRA_CONSTRAINT: ({ own, relation }) =>
    `${relation} has the constraint ${own}, which the application does not know`,
  MISSING_PRIVILEGE: ({ own, relation }) => `the role lacks ${own} on ${relation}`,
  ROW_SECURITY_HIDES_ROWS: ({ full }) => `row security hides the rows of ${full}`,
  MISSING_ROWS: ({ relation }) => `reference rows in ${relation} are missing`,
  MIGRATION_NOT_APPLIED: ({ own }) => `migration ${own} is not applied`,
};

/** The schema is told only where it is not the application's own. */
function nameIn(defaultSchema: string, { kind, schema, relation, name }: Subject): SubjectNames {
  const prefix = schema === null || schema === defaultSchema ? "" : `${schema}.`;
  const ofSchema = kind === "privileges" && relation === null;
  return {
    full: `${prefix}${relation === null ? "" : `${relation}.`}${name}`,
    relation: ofSchema ? `schema ${schema}` : `${prefix}${relation ?? name}`,
    own: name,
  };
}

const KINDS: Readonly<Record<NamedKind, string>> = {
  relation: "table",
  column: "column",
  "not-null": "column",
  "column-type": "column",
  generated: "column",
  constraint: "constraint",
  index: "index",
  type: "type",
  label: "label",
  function: "function",
  schema: "schema",
  extension: "extension",
  rows: "table",
  "row-security": "table",
  privilege: "table",
  "schema-privilege": "schema",
};

/** `table public.x and column y.z`: what an error names although no gap is about it. */
export function describeNames(names: readonly Named[]): string {
  const words = names.slice(0, MOST_GAPS).map(({ kind, name, relation }) => {
    return `${KINDS[kind]} ${relation === null ? name : `${relation}.${name}`}`;
  });
  return joinWords([...new Set(words)]);
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
