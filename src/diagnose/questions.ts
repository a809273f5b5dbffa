/** What the rules would like to know about the surroundings of what is wrong. */
import type { Contract } from "../model/contract.js";
import { properties, strings } from "../model/json.js";
import { type QualifiedName, qualifiedKey } from "../model/names.js";
import type { Gap, GapCode, Subject, Unverified } from "../model/report.js";
import { subjectObject, subjectRelation } from "../model/subject.js";
import type { Questions, WantedRelation } from "../model/surroundings.js";

const RELATIONS: readonly GapCode[] = ["MISSING_TABLE", "MISSING_VIEW"];
const OBJECTS: readonly GapCode[] = ["MISSING_ENUM", "MISSING_DOMAIN", "MISSING_SEQUENCE", "MISSING_FUNCTION"];

/** Null when nothing around can tell more: a healthy database is never asked twice. */
export function questionsAbout(
  contract: Contract,
  gaps: readonly Gap[],
  unverified: readonly Unverified[],
): Questions | null {
  const relations = gaps.filter(({ code }) => RELATIONS.includes(code)).flatMap(wanted);
  const objects = gaps
    .filter(({ code }) => OBJECTS.includes(code))
    .flatMap(({ subject }) => subjectObject(subject) ?? []);
  const present = gaps.filter(({ code }) => !RELATIONS.includes(code)).map(({ subject }) => subject);
  const touched = [...unverified.map(({ subject }) => subject), ...present].flatMap(relationOf);
  if (relations.length + objects.length + touched.length === 0) return null;
  const known = contract.applications.flatMap((application) =>
    application.relations.map(({ schema, name }) => ({ schema, name })),
  );
  return {
    relations: distinct(relations),
    objects: distinct(objects),
    touched: distinct(touched),
    known: distinct(known),
  };
}

function wanted({ subject: { schema, name }, expected }: Gap): WantedRelation[] {
  return schema === null ? [] : [{ schema, name, columns: strings(properties(expected)["columns"]) }];
}

/** The relation that a subject belongs to; of a migration history, its record table. */
export function relationOf(subject: Subject): QualifiedName[] {
  const { kind, schema, name } = subject;
  if (kind === "history" && schema !== null) return [{ schema, name }];
  return [subjectRelation(subject) ?? []].flat();
}

function distinct<Name extends QualifiedName>(names: readonly Name[]): Name[] {
  return [...new Map(names.map((name) => [qualifiedKey(name), name])).values()];
}
