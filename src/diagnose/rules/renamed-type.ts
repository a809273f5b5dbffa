/**
 * RENAMED, of an enum or domain: columns keep their type when it gets another name, so all that should have the missing
 * type have one and the same stranger now. What the stranger consists of is not compared.
 */
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { compareQualified, displayName, type QualifiedName, qualifiedKey } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import type { TypeRef } from "../../model/schema.js";
import { subjectObject } from "../../model/subject.js";
import { differsInCase } from "../around.js";
import { retypedColumns } from "../retyped.js";
import type { Facts } from "../rule.js";

const KINDS: Readonly<Partial<Record<Gap["code"], TypeRef["kind"]>>> = {
  MISSING_ENUM: "enum",
  MISSING_DOMAIN: "domain",
};

/** What explains a missing type. */
export interface NewType {
  readonly old: string;
  readonly now: string;
  readonly why: string;
  readonly rename: string;
  /** Those of the columns. */
  readonly gaps: readonly Gap[];
}

/** Null: its columns are gone, or have types of several names, or one that the contract knows. */
export function renamedType(facts: Facts, gap: Gap): NewType | null {
  const kind = KINDS[gap.code];
  const wanted = subjectObject(gap.subject);
  if (kind === undefined || wanted === null) return null;
  const columns = retypedColumns(facts, wanted);
  const [first, ...others] = columns;
  if (first === undefined || others.some(({ actual }) => compareQualified(actual, first.actual) !== 0)) return null;
  const { actual } = first;
  const isNew = actual.kind === kind && actual.schema === wanted.schema && !isKnown(facts, actual);
  // A name that differs in case only is NAME_CASE.
  if (!isNew || actual.extension !== null || differsInCase(actual.name, wanted.name)) return null;
  const places = columns.map(({ place }) => place).join(", ");
  return {
    old: displayName(wanted),
    now: actual.name,
    why: `${places}: of the type ${displayName(actual)}, which no application knows, where ${displayName(wanted)} is expected`,
    rename: `ALTER ${kind === "enum" ? "TYPE" : "DOMAIN"} ${qualifiedVisibly(actual)} RENAME TO ${quoteVisibly(wanted.name)};`,
    gaps: columns.map((each) => each.gap),
  };
}

function isKnown({ contract }: Facts, type: QualifiedName): boolean {
  const known = contract.applications.flatMap(({ enums, domains, relations }) => [
    ...enums,
    ...domains,
    ...relations.flatMap(({ columns }) => columns.map((column) => column.type)),
  ]);
  return known.some((each) => qualifiedKey(each) === qualifiedKey(type));
}
