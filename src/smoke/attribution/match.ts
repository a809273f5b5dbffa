/** Which gaps an error names. A named object must equal the subject of the gap: case counts, the schema when it is given. */
import type { Gap, GapCode, RequiredObject } from "../../model/report.js";
import type { Named, NamedKind } from "./named.js";

/** The gaps that can produce an error of this kind: a missing table is not proved by an error about its type. */
const CODES: Readonly<Record<NamedKind, readonly GapCode[]>> = {
  relation: ["MISSING_TABLE", "MISSING_VIEW", "MISSING_SEQUENCE"],
  column: ["MISSING_COLUMN"],
  "not-null": ["BLOCKING_EXTRA_COLUMN", "COLUMN_NULLABILITY", "COLUMN_DEFAULT", "COLUMN_IDENTITY", "COLUMN_GENERATED"],
  "column-type": ["COLUMN_TYPE"],
  generated: ["COLUMN_IDENTITY", "COLUMN_GENERATED"],
  constraint: ["BLOCKING_EXTRA_CONSTRAINT", "CONSTRAINT_DEFINITION", "INDEX_DEFINITION", "MISSING_CONSTRAINT"],
  index: ["MISSING_INDEX", "INVALID_INDEX"],
  type: ["MISSING_ENUM", "MISSING_DOMAIN", "MISSING_EXTENSION"],
  label: ["MISSING_ENUM_LABEL"],
  function: ["MISSING_FUNCTION"],
  schema: ["MISSING_TABLE", "MISSING_VIEW", "MISSING_ENUM", "MISSING_SEQUENCE", "MISSING_FUNCTION", "MISSING_DOMAIN"],
  extension: ["MISSING_EXTENSION"],
  rows: ["MISSING_ROWS"],
  "row-security": ["ROW_SECURITY_HIDES_ROWS"],
  privilege: ["MISSING_PRIVILEGE"],
  "schema-privilege": ["MISSING_PRIVILEGE"],
};

/** What a code says when the error names no object: the gaps that produce it. */
const BY_CODE: Readonly<Record<string, readonly GapCode[]>> = {
  P2021: ["MISSING_TABLE", "MISSING_VIEW", "MISSING_PRIVILEGE"],
  "42P01": ["MISSING_TABLE", "MISSING_VIEW", "MISSING_SEQUENCE", "MISSING_PRIVILEGE"],
  P2022: CODES.column,
  "42703": CODES.column,
  P2011: CODES["not-null"],
  "23502": CODES["not-null"],
  P2003: ["BLOCKING_EXTRA_CONSTRAINT", "CONSTRAINT_DEFINITION", "MISSING_ROWS"],
  "23503": ["BLOCKING_EXTRA_CONSTRAINT", "CONSTRAINT_DEFINITION", "MISSING_ROWS"],
  P2002: ["BLOCKING_EXTRA_CONSTRAINT", "CONSTRAINT_DEFINITION", "INDEX_DEFINITION"],
  "23505": ["BLOCKING_EXTRA_CONSTRAINT", "CONSTRAINT_DEFINITION", "INDEX_DEFINITION"],
  "23514": ["BLOCKING_EXTRA_CONSTRAINT", "CONSTRAINT_DEFINITION", "DOMAIN_DEFINITION"],
  P2007: ["MISSING_ENUM_LABEL", "COLUMN_TYPE"],
  "22P02": ["MISSING_ENUM_LABEL", "COLUMN_TYPE"],
  "42P10": ["MISSING_CONSTRAINT", "MISSING_INDEX", "INVALID_INDEX", "INDEX_DEFINITION", "CONSTRAINT_DEFINITION"],
  "42501": ["MISSING_PRIVILEGE", "ROW_SECURITY_HIDES_ROWS"],
  "42704": CODES.type,
  "42804": CODES["column-type"],
  "42883": ["MISSING_FUNCTION", "MISSING_EXTENSION", "COLUMN_TYPE"],
  "428C9": CODES.generated,
};

/**
 * The gaps that the error names. When a name without its table fits several, those of the step's feature are meant; if
 * none of them is the feature's, nothing is proved.
 */
export function gapsNamedBy(names: readonly Named[], gaps: readonly Gap[], ofFeature: ReadonlySet<string>): Gap[] {
  const found = names.flatMap((one) => {
    const candidates = gaps.filter((gap) => isNamed(one, gap));
    const objects = new Set(candidates.map(({ subject }) => JSON.stringify([subject.schema, subject.relation])));
    return objects.size <= 1 ? candidates : candidates.filter(({ id }) => ofFeature.has(id));
  });
  return [...new Set(found)];
}

/** Of the gaps that a feature has, those that produce one of the codes; all of them when none does. */
export function gapsFittingCodes(codes: readonly string[], gaps: readonly Gap[]): readonly Gap[] {
  const possible = new Set(codes.flatMap((code) => BY_CODE[code] ?? []));
  const fitting = gaps.filter(({ code }) => possible.has(code));
  return fitting.length > 0 ? fitting : gaps;
}

/** Gaps in what a step requires. A relation stands for everything that belongs to it; a column also for its table. */
export function gapsRequiredBy(required: readonly RequiredObject[], gaps: readonly Gap[]): Gap[] {
  return gaps.filter(({ subject }) => required.some((one) => isRequired(one, subject)));
}

function isRequired(one: RequiredObject, { schema, relation, name }: Gap["subject"]): boolean {
  if (schema !== null && schema !== one.schema) return false;
  const subject = relation === null ? name : `${relation}.${name}`;
  if (one.relation === null) {
    const own = relation === null && one.name === name.replace(/\(.*$/s, "");
    return own || one.name === subject || one.name === relation;
  }
  return subject === `${one.relation}.${one.name}` || (relation === null && name === one.relation);
}

function isNamed(one: Named, gap: Gap): boolean {
  if (!CODES[one.kind].includes(gap.code)) return false;
  const { schema, relation, name } = gap.subject;
  switch (one.kind) {
    case "relation":
    case "row-security":
    case "type":
    case "extension":
      return isObject(one.name, schema, name);
    case "function":
      return isObject(one.name, schema, name.replace(/\(.*$/s, ""));
    case "schema":
      return one.name === schema;
    case "schema-privilege":
      return relation === null && one.name === schema;
    case "privilege":
      return (
        isObject(one.name, schema, relation ?? name) ||
        name.endsWith(` ${schema}.${one.name}`) ||
        name.endsWith(` ${one.name}`)
      );
    case "rows":
      return isObject(one.name, schema, relation ?? name);
    case "label":
      return one.name === name && isObject(one.relation ?? "", schema, relation ?? "");
    case "column":
    case "not-null":
    case "column-type":
    case "generated":
      return isColumn(one, schema, relation, name);
    case "constraint":
    case "index":
      return (
        isObject(one.name, schema, name) && (one.relation === null || isObject(one.relation, schema, relation ?? ""))
      );
  }
}

/** `table` or `schema.table`. Compared as a whole: names may hold dots themselves. */
function isObject(text: string, schema: string | null, name: string): boolean {
  return text === name || text === `${schema}.${name}`;
}

/** `column`, `table.column`, `schema.table.column`, or `alias.column` as SQL written by hand makes PostgreSQL say. */
function isColumn(one: Named, schema: string | null, relation: string | null, name: string): boolean {
  if (relation === null) return false;
  if (one.relation !== null) return one.name === name && isObject(one.relation, schema, relation);
  if (one.name === name || isObject(one.name, schema, `${relation}.${name}`)) return true;
  const prefix = one.name.endsWith(`.${name}`) ? one.name.slice(0, -name.length - 1) : "";
  return prefix !== "" && isAlias(prefix, relation);
}

/**
 * Whether people or their mappers would call the table so in a query: `t`, `t0`, `g` or `gen` for `avatar_generations`,
 * `ag` by its initials (Hibernate's `ag1_0`), `AvatarGeneration` by its model. A name that could be another table
 * (`users`) is no alias.
 */
function isAlias(alias: string, relation: string): boolean {
  const lower = alias.toLowerCase();
  const words = relation
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_");
  const initials = words.map((word) => word.slice(0, 1)).join("");
  const base = lower.replace(/\d+(?:_\d*)?$/, "");
  const shortened = words.some((word) => word.startsWith(base) && word !== base);
  const isModel = [words.join(""), words.join("").replace(/s$/, "")].includes(lower.replaceAll("_", ""));
  return isModel || base === "t" || base === initials || (base !== "" && base.length <= 3 && shortened);
}
