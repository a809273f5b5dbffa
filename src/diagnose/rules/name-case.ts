/**
 * NAME_CASE: DDL was written without quotes, so PostgreSQL folded the names to lower case (or the reverse: a tool quoted
 * what the application does not). The object is there, in the same place, under a name that differs in case only.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { properties, strings } from "../../model/json.js";
import { compareQualified, displayName, quoteLiteral } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import { subjectObject, subjectRelation } from "../../model/subject.js";
import { actualRelation, blockedBy, differsInCase, originRan, unknownColumns } from "../around.js";
import { retypedColumns } from "../retyped.js";
import type { Explanation, Facts } from "../rule.js";
import { listNames } from "../text.js";

interface Lookalike {
  readonly gaps: readonly Gap[];
  readonly isSure: boolean;
  /** `column customerid of public.projects, for "customerId"` */
  readonly short: string;
  readonly fact: string;
}

export function nameCase(facts: Facts): Explanation[] {
  const found = facts.gaps.flatMap((gap) => lookalikes(facts, gap));
  return [...explanation(found.filter(({ isSure }) => isSure)), ...explanation(found.filter(({ isSure }) => !isSure))];
}

function explanation(found: readonly Lookalike[]): Explanation[] {
  const [first] = found;
  if (first === undefined) return [];
  const names = listNames(found.map(({ short }) => short));
  return [
    {
      code: "NAME_CASE",
      key: found.map(({ short }) => short),
      confidence: first.isSure ? "certain" : "likely",
      gaps: [...new Set(found.flatMap(({ gaps }) => gaps.map(({ id }) => id)))],
      restates: [],
      message: `What the application looks for is there under ${found.length === 1 ? "a name" : "names"} in other upper and lower case, and to PostgreSQL that is another name: ${names}.`,
      evidence: found.map(({ fact }) => ({ fact, source: "catalog of the database" })),
      doubt: first.isSure ? null : "type or columns differ, or the migration that brings it has not run",
      doubtSource: "catalog of the database",
    },
  ];
}

function lookalikes(facts: Facts, gap: Gap): Lookalike[] {
  const found = findLookalike(facts, gap);
  return found === null ? [] : [{ ...found, isSure: found.isSure && originRan(facts, gap) !== false }];
}

function findLookalike(facts: Facts, gap: Gap): Lookalike | null {
  if (gap.code === "MISSING_COLUMN") return column(facts, gap);
  if (gap.code === "MISSING_TABLE" || gap.code === "MISSING_VIEW") return relation(facts, gap);
  if (gap.code === "MISSING_ENUM_LABEL") return label(gap);
  const isObject = gap.code === "MISSING_ENUM" || gap.code === "MISSING_DOMAIN" || gap.code === "MISSING_SEQUENCE";
  return isObject ? object(facts, gap) : null;
}

function column(facts: Facts, gap: Gap): Lookalike | null {
  const name = subjectRelation(gap.subject);
  const actual = name === null ? undefined : actualRelation(facts, name);
  if (name === null || actual === undefined) return null;
  const wanted = gap.subject.name;
  const found = unknownColumns(facts, actual).find((each) => differsInCase(each.name, wanted));
  if (found === undefined) return null;
  const expected = properties(gap.expected)["type"];
  const rename = `ALTER TABLE ${qualifiedVisibly(name)} RENAME COLUMN ${quoteVisibly(found.name)} TO ${quoteVisibly(wanted)};`;
  return {
    gaps: [gap, ...blockedBy(facts, name, [found.name])],
    isSure: expected === found.type.text,
    short: `column ${found.name} of ${displayName(name)}, not ${wanted}`,
    fact: `${displayName(name)} has no column "${wanted}", and has "${found.name}" of type ${found.type.text}. To rename it: ${rename}`,
  };
}

function relation({ surroundings }: Facts, gap: Gap): Lookalike | null {
  const { schema, name } = gap.subject;
  const found = surroundings?.nearby.find(
    (each) =>
      each.match === "case" && each.schema === schema && each.wanted.schema === schema && each.wanted.name === name,
  );
  if (found === undefined) return null;
  const columns = found.columns.map((each) => each.name.toLowerCase());
  const isComplete = strings(properties(gap.expected)["columns"]).every((each) => columns.includes(each.toLowerCase()));
  const rename = `ALTER TABLE ${qualifiedVisibly(found)} RENAME TO ${quoteVisibly(name)};`;
  return {
    gaps: [gap],
    isSure: isComplete,
    short: `${displayName(found)}, not ${name}`,
    fact: `there is no ${displayName(found.wanted)}, and there is ${displayName(found)}${isComplete ? " with the columns that are expected" : ""}. To rename it: ${rename}`,
  };
}

function label(gap: Gap): Lookalike | null {
  const { name } = gap.subject;
  const type = subjectObject(gap.subject);
  const found = strings(properties(gap.actual)["labels"]).find((each) => differsInCase(each, name));
  if (type === null || found === undefined) return null;
  const rename = `ALTER TYPE ${qualifiedVisibly(type)} RENAME VALUE ${quoteLiteral(found)} TO ${quoteLiteral(name)};`;
  return {
    gaps: [gap],
    isSure: true,
    short: `label ${found} of enum ${displayName(type)}, not ${name}`,
    fact: `enum ${displayName(type)} has no label '${name}', and has '${found}'. To rename it: ${rename}`,
  };
}

function object(facts: Facts, gap: Gap): Lookalike | null {
  const wanted = subjectObject(gap.subject);
  const kind = gap.code === "MISSING_SEQUENCE" ? "sequence" : "type";
  const found = facts.surroundings?.objects.find(
    (each) => each.kind === kind && each.schema === wanted?.schema && differsInCase(each.name, wanted.name),
  );
  if (wanted === null || found === undefined) return null;
  const rename = `ALTER ${kind.toUpperCase()} ${qualifiedVisibly(found)} RENAME TO ${quoteVisibly(wanted.name)};`;
  const columns = kind === "type" ? retypedColumns(facts, wanted) : [];
  return {
    gaps: [gap, ...columns.filter(({ actual }) => compareQualified(actual, found) === 0).map((each) => each.gap)],
    isSure: false,
    short: `${kind} ${displayName(found)}, not ${wanted.name}`,
    fact: `there is no ${kind} ${displayName(wanted)}, and there is ${displayName(found)}. To rename it: ${rename}`,
  };
}
