/** One gap in a few words, as the end of a sentence: in a headline, and behind "because". */
import { properties } from "../../model/json.js";
import type { Gap, GapCode, Json } from "../../model/report.js";
import { defaultText, foreignKeyText, indexText, typeText } from "./definitions.js";

type Words = (gap: Gap, name: string, place: string) => string | null;

/**
 * `column users.a is missing`, `customers.id has no default`; null: the gap's message has to say it.
 * @param name of the object as people say it
 * @param place its relation, enum or schema
 */
export function oneGap(gap: Gap, name: string, place: string): string | null {
  return ONE[gap.code]?.(gap, name, place) ?? null;
}

const ONE: Readonly<Partial<Record<GapCode, Words>>> = {
  MISSING_COLUMN: (_, name) => `column ${name} is missing`,
  BLOCKING_EXTRA_COLUMN: (_, name) => `column ${name} is NOT NULL without a default and blocks INSERT`,
  COLUMN_TYPE: ({ expected, actual }, name) => {
    const [found, wanted] = [properties(actual)["type"], properties(expected)["type"]];
    if (typeof found !== "string" || typeof wanted !== "string") return null;
    return `column ${name} has type ${typeText(found)}, expected ${typeText(wanted)}`;
  },
  COLUMN_NULLABILITY: ({ expected }, name) =>
    `column ${name} ${properties(expected)["nullable"] === false ? "allows" : "refuses"} NULL`,
  COLUMN_DEFAULT: columnDefault,
  COLUMN_IDENTITY: ({ actual }, name) => {
    const { autoIncrement } = properties(actual);
    if (autoIncrement === "none") return `${name} no longer counts up by itself`;
    return autoIncrement === "always" ? `${name} takes no value that is given (GENERATED ALWAYS)` : null;
  },
  MISSING_INDEX: ({ expected }, _, place) => behind(`${place} has no`, indexNoun(expected)),
  INVALID_INDEX: ({ subject, actual }, _, place) => {
    const { valid, building } = properties(actual);
    if (valid !== false && building !== true) return null;
    return `index ${subject.name} on ${place} is ${building === true ? "still being built" : "invalid"}`;
  },
  MISSING_CONSTRAINT: ({ subject, expected, actual }, _, place) =>
    actual === null ? behind(`${place} has no`, foreignKeyText(expected, subject.schema)) : null,
  BLOCKING_EXTRA_CONSTRAINT: extraConstraint,
  ROW_SECURITY_HIDES_ROWS: ({ operations }, name) =>
    operations.includes("select") || operations.length === 0
      ? `row security hides every row of ${name}`
      : `no policy allows ${operations.map((each) => each.toUpperCase()).join(", ")} on ${name}`,
  MISSING_ROWS: ({ expected, actual }, _, place) => {
    const [least, found] = [properties(expected)["atLeast"], properties(actual)["rows"]];
    const tooFew = typeof least !== "number" || typeof found !== "number" || found < least;
    return tooFew ? `${place} lacks reference rows` : `${place} has too many reference rows`;
  },
  MISSING_ENUM_LABEL: ({ subject }, _, place) => `enum ${place} has no label ${JSON.stringify(subject.name)}`,
  MIGRATION_NOT_APPLIED: ({ subject }) =>
    subject.kind === "history" ? "no migration is recorded" : `migration ${subject.name} is not applied`,
};

function columnDefault({ expected, actual }: Gap, name: string): string | null {
  const [found, wanted] = [properties(actual)["default"], properties(expected)["default"]];
  const isLost = found === null || properties(actual)["autoIncrement"] === "none";
  if (isLost) return `${name} has no default`;
  if (typeof found !== "string" || typeof wanted !== "string") return null;
  return `${name} has default ${defaultText(found, null)}, expected ${defaultText(wanted, null)}`;
}

function extraConstraint({ subject, severity, actual }: Gap, _: string, place: string): string | null {
  const what = foreignKeyText(actual, null) === null ? null : `foreign key ${subject.name} on ${place}`;
  if (what !== null) return severity === "error" ? `${what} blocks DELETE` : `${what} is unknown and can refuse writes`;
  return properties(actual)["unique"] === true
    ? `unique index ${subject.name} on ${place} is unknown and can refuse writes`
    : null;
}

/** `unique index on (email)` */
function indexNoun(expected: Json): string | null {
  const text = indexText(expected);
  if (text === null) return null;
  return text.startsWith("unique ") ? text.replace("unique ", "unique index on ") : `index on ${text}`;
}

function behind(words: string, text: string | null): string | null {
  return text === null ? null : `${words} ${text}`;
}
