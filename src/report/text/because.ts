/** Why a feature is broken or degraded, in one sentence: gaps by relation and kind, the objects named when they are few. */
import { groupBy } from "../../model/group.js";
import { properties } from "../../model/json.js";
import { compareText } from "../../model/names.js";
import { GAP_CODES, type Gap, type GapCode } from "../../model/report.js";
import { subjectRelation } from "../../model/subject.js";
import { plural, subjectName } from "../display.js";
import { KIND_WORDS } from "../wording.js";
import { oneGap } from "./one-gap.js";
import { privilegeName } from "./short-forms.js";

/** So many objects are named one by one. */
const FEW = 2;
const MOST_NAMES = 6;

/**
 * `table devices is missing`, `avatars lacks 9 columns`: one phrase for each group, the most severe first.
 * @param schema is left out of names; others are kept
 */
export function errorPhrases(gaps: readonly Gap[], schema: string): string[] {
  const ordered = [...gaps].sort((a, b) => rank(a) - rank(b));
  const groups = groupBy(ordered, (gap) => JSON.stringify(isAlone(gap) ? [gap.code] : [null, placeOf(gap, schema)]));
  return [...groups.values()].flatMap((group) =>
    group.every(isAlone) ? alonePhrases(group, schema) : placePhrases(group, schema, gaps.length <= FEW),
  );
}

/** `indexes are missing on users, credits`: one phrase for each kind. */
export function warningPhrases(gaps: readonly Gap[], schema: string): string[] {
  const kinds = [...groupBy(gaps, ({ code }) => KIND_WORDS[code]).values()];
  return kinds
    .sort(([a], [b]) => (a === undefined || b === undefined ? 0 : rank(a) - rank(b)))
    .flatMap((group) => {
      const [first] = group;
      const places = [...new Set(group.map((gap) => placeOf(gap, schema)))].sort(compareText);
      return first === undefined ? [] : [`${KIND_WORDS[first.code]} ${listNames(places)}`];
    });
}

function rank({ code }: Gap): number {
  return GAP_CODES.indexOf(code);
}

/** Objects that are missing as a whole: several of a kind share a phrase, whatever their names. */
const ALONE: Readonly<Partial<Record<GapCode, string>>> = {
  MISSING_TABLE: "tables",
  MISSING_VIEW: "views",
  MISSING_ENUM: "enums",
  MISSING_DOMAIN: "domains",
  MISSING_SEQUENCE: "sequences",
  MISSING_EXTENSION: "extensions",
  MISSING_FUNCTION: "functions",
};

function isAlone({ code }: Gap): boolean {
  return ALONE[code] !== undefined;
}

function alonePhrases(group: readonly Gap[], schema: string): string[] {
  const [first] = group;
  if (first === undefined) return [];
  if (group.length === 1) return [phrase(first, schema)];
  return [`${ALONE[first.code]} ${listNames(group.map((gap) => nameIn(gap, schema)))} are missing`];
}

/** `avatars lacks 4 columns and has 2 NOT NULL columns that block INSERT`, and what cannot be said in this way. */
function placePhrases(group: readonly Gap[], schema: string, isNamed: boolean): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const place = placeOf(first, schema);
  const kinds = [...groupBy(group, ({ code }) => code)];
  const predicates = kinds.flatMap(([code, same]) => (isNamed ? [] : (PREDICATES[code]?.(same) ?? [])));
  const others = kinds
    .filter(([code]) => isNamed || PREDICATES[code] === undefined)
    .flatMap(([code, same]) => {
      if (code === "MISSING_PRIVILEGE") return privilegePhrases(same, schema);
      const phrases = [...new Set(same.map((gap) => phrase(gap, schema)))];
      return phrases.length <= FEW ? phrases : [`${KIND_WORDS[code]} ${place}`];
    });
  return [...(predicates.length === 0 ? [] : [`${place} ${predicates.join(" and ")}`]), ...others];
}

/** What the gaps of one code make of a relation, after its name. */
const PREDICATES: Readonly<Partial<Record<GapCode, (gaps: readonly Gap[]) => string>>> = {
  MISSING_COLUMN: (gaps) => `lacks ${columns(gaps)}`,
  BLOCKING_EXTRA_COLUMN: (gaps) =>
    gaps.length === 1
      ? "has a NOT NULL column that blocks INSERT"
      : `has ${gaps.length} NOT NULL columns that block INSERT`,
  COLUMN_TYPE: (gaps) => `has another type in ${columns(gaps)}`,
  COLUMN_NULLABILITY: (gaps) => `refuses NULL in ${columns(gaps)}`,
  COLUMN_DEFAULT: (gaps) => `has no default in ${columns(gaps)}`,
  MISSING_INDEX: (gaps) => `lacks ${plural(gaps.length, "unique index", "unique indexes")}`,
};

function columns(gaps: readonly Gap[]): string {
  return gaps.length === 1 ? `column ${gaps[0]?.subject.name}` : `${gaps.length} columns`;
}

function phrase(gap: Gap, schema: string): string {
  const name = nameIn(gap, schema);
  if (isAlone(gap)) return `${gap.subject.kind} ${name} is missing`;
  return oneGap(gap, name, placeOf(gap, schema)) ?? gap.message.replace(/\.$/, "");
}

/** `role app lacks INSERT, UPDATE on files` */
function privilegePhrases(group: readonly Gap[], schema: string): string[] {
  return [...groupBy(group, ({ expected }) => properties(expected)["role"])].flatMap(([role, same]) => {
    const who = typeof role === "string" ? `role ${role}` : "the role";
    const own = same.filter((gap) => !isOnSequence(gap));
    const [first] = own;
    const names = own.map(privilegeName).join(", ");
    return [
      ...(first === undefined ? [] : [`${who} lacks ${names} on ${placeOf(first, schema)}`]),
      ...same.filter(isOnSequence).map((gap) => `${who} lacks ${privilegeName(gap)}`),
    ];
  });
}

function isOnSequence({ expected }: Gap): boolean {
  return properties(expected)["sequence"] !== undefined;
}

function nameIn({ subject }: Gap, schema: string): string {
  return subjectName(subject, schema);
}

/** What the gap belongs to: its relation, enum or schema; else the object itself. */
function placeOf(gap: Gap, schema: string): string {
  const { subject } = gap;
  const inSchema = (name: string) => (subject.schema === schema ? name : `${subject.schema}.${name}`);
  const relation = subjectRelation(subject);
  if (relation !== null) return inSchema(relation.name);
  if (subject.kind === "privileges") return subject.schema === null ? "the database" : `schema ${subject.schema}`;
  return subject.kind === "enum" && subject.relation !== null ? inSchema(subject.relation) : nameIn(gap, schema);
}

function listNames(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  const parts = rest > 1 ? [...names.slice(0, MOST_NAMES), `${rest} more`] : names;
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
