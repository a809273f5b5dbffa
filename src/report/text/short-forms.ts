/** What a line says of one gap in place of its message: shorter, and with what a person needs to put it right. */
import { properties, strings } from "../../model/json.js";
import type { Gap, GapCode, Json, Severity } from "../../model/report.js";
import { subjectName } from "../display.js";
import { defaultText, foreignKeyTarget, foreignKeyText, indexText, typeText } from "./definitions.js";

/** Null: the gap is told by its message. */
export function shortForm(gap: Gap): string | null {
  return SHORT[gap.code]?.(gap) ?? null;
}

/** What follows from gaps of this code and severity, where the code alone does not say it. */
export function effectOf({ code, severity, expected }: Gap): string | null {
  const { family } = properties(expected);
  if (code === "COLUMN_TYPE" && severity === "error" && typeof family === "string") return OTHER_TYPES[family] ?? null;
  return EFFECTS[code]?.[severity] ?? null;
}

/** By the family that both types are of. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  text: "longer values are refused, 22001",
  numeric: "larger values are refused, 22003, and digits may be lost",
  time: "times are cut off or read in another time zone",
};

/** `UPDATE (status, note)`, `USAGE on sequence s`: a missing privilege, with the columns if it lacks on some only. */
export function privilegeName({ subject, expected }: Gap): string {
  const columns = strings(properties(expected)["columns"]);
  if (properties(expected)["sequence"] !== undefined) return subjectName(subject);
  return columns.length === 0 ? subject.name : `${subject.name} (${columns.join(", ")})`;
}

const SHORT: Readonly<Partial<Record<GapCode, (gap: Gap) => string | null>>> = {
  MISSING_INDEX: ({ expected }) => indexText(expected),
  INDEX_DEFINITION: (gap) => difference(gap, indexText),
  MISSING_CONSTRAINT: ({ subject, expected, actual }) =>
    actual === null ? foreignKeyText(expected, subject.schema) : null,
  CONSTRAINT_DEFINITION: foreignKeyDifference,
  BLOCKING_EXTRA_CONSTRAINT: ({ subject, actual }) => behind(subject.name, foreignKeyText(actual, subject.schema)),
  COLUMN_TYPE: (gap) => difference(gap, (value) => textOf(value, "type", typeText)),
  COLUMN_NULLABILITY: (gap) => difference(gap, nullability),
  COLUMN_DEFAULT: (gap) => ("default" in properties(gap.expected) ? difference(gap, columnDefault) : null),
  MISSING_ENUM: ({ subject, expected }) => `${subject.name} (${strings(properties(expected)["labels"]).join(", ")})`,
  MISSING_ENUM_LABEL: ({ subject }) => `${subject.relation ?? ""}: ${JSON.stringify(subject.name)}`,
  ENUM_ORDER: (gap) => difference(gap, (value) => strings(properties(value)["labels"]).join(", ")),
  MISSING_DOMAIN: ({ subject, expected }) => behind(subject.name, textOf(expected, "base", typeText)),
  MISSING_SEQUENCE: ({ subject }) => subject.name,
  MISSING_EXTENSION: ({ subject }) => subject.name,
};

const EFFECTS: Readonly<Partial<Record<GapCode, Readonly<Partial<Record<Severity, string>>>>>> = {
  BLOCKING_EXTRA_COLUMN: { error: "every INSERT fails, 23502" },
  BLOCKING_EXTRA_CONSTRAINT: {
    error: "what is referenced cannot be deleted, 23503",
    warning: "writes can be refused, 23503",
  },
  MISSING_INDEX: { error: "upserts fail, 42P10, and duplicates come in" },
  INDEX_DEFINITION: { error: "upserts fail, 42P10, and duplicates come in" },
  COLUMN_TYPE: { error: "values or casts can fail", warning: "every expected value fits" },
  COLUMN_NULLABILITY: { error: "writing NULL fails" },
  COLUMN_DEFAULT: { error: "an INSERT that leaves it out fails" },
  MISSING_ENUM_LABEL: { error: "statements that use it fail, 22P02" },
};

/** `amount: integer, expected bigint`; null when the values do not show the difference. */
function difference({ subject, expected, actual }: Gap, show: (value: Json) => string | null): string | null {
  const [found, wanted] = [show(actual), show(expected)];
  return found === null || wanted === null || found === wanted ? null : `${subject.name}: ${found}, expected ${wanted}`;
}

/** `a_fkey: foreign key (a) to t (id), expected u (id) on delete cascade`; a rule that nothing expects is left out. */
function foreignKeyDifference({ subject, expected, actual }: Gap): string | null {
  const wanted = properties(expected);
  const { onUpdate, ...found } = properties(actual);
  const target = foreignKeyTarget(wanted["onUpdate"] === undefined ? found : { ...found, onUpdate }, subject.schema);
  const other = foreignKeyTarget(wanted, subject.schema);
  if (target === null || other === null || target === other) return null;
  const columns = strings(wanted["columns"]).join(", ");
  return `${subject.name}: foreign key (${columns}) to ${target}, expected ${other}`;
}

function behind(name: string, text: string | null): string | null {
  return text === null ? null : `${name}: ${text}`;
}

function nullability(value: Json): string | null {
  const { nullable } = properties(value);
  return typeof nullable === "boolean" ? (nullable ? "nullable" : "not null") : null;
}

function columnDefault(value: Json): string | null {
  return textOf(value, "default", (text) => `default ${defaultText(text, null)}`) ?? "no default";
}

function textOf(value: Json, key: string, show: (text: string) => string): string | null {
  const text = properties(value)[key];
  return typeof text === "string" ? show(text) : null;
}
