/** What several rules ask of the facts about one object. */
import type { ExpectedRelation } from "../model/contract.js";
import { ranToEnd } from "../model/history.js";
import { properties, strings } from "../model/json.js";
import { compareQualified, type QualifiedName } from "../model/names.js";
import { originOf } from "../model/owners.js";
import type { Gap, Unverified } from "../model/report.js";
import type { Column, Relation } from "../model/schema.js";
import { subjectRelation } from "../model/subject.js";
import type { TouchedRelation } from "../model/surroundings.js";
import { relationOf } from "./questions.js";
import type { Facts } from "./rule.js";

export function isSame(a: QualifiedName | null, b: QualifiedName): boolean {
  return a !== null && compareQualified(a, b) === 0;
}

/** The relation as the target has it, if the contract names it. */
export function actualRelation({ models }: Facts, name: QualifiedName): Relation | undefined {
  return models.flatMap(({ relations }) => relations).find((relation) => isSame(relation, name));
}

/** What the applications expect of a relation: one that several use is expected several times. */
export function expectedRelations({ contract }: Facts, name: QualifiedName): ExpectedRelation[] {
  return contract.applications.flatMap(({ relations }) => relations.filter((relation) => isSame(relation, name)));
}

/** Columns of a relation that no application knows. */
export function unknownColumns(facts: Facts, relation: Relation): Column[] {
  const known = new Set(expectedRelations(facts, relation).flatMap(({ columns }) => columns.map(({ name }) => name)));
  return relation.columns.filter(({ name }) => !known.has(name));
}

export function touchedRelation({ surroundings }: Facts, name: QualifiedName): TouchedRelation | undefined {
  return surroundings?.touched.find((relation) => isSame(relation, name));
}

/** The relation that something which could not be looked at belongs to, as the second look saw it. */
export function touchedBy(facts: Facts, { subject }: Unverified): TouchedRelation | undefined {
  const [relation] = relationOf(subject);
  return relation === undefined ? undefined : touchedRelation(facts, relation);
}

/** Whether the migration that brings the object ran to a recorded end; null when nobody knows which one it is, or when. */
export function originRan({ contract, ledgers }: Facts, gap: Gap): boolean | null {
  const origin = originOf(contract, gap);
  const readable = ledgers.filter(({ state }) => state !== "none" && state !== "unreadable");
  const found = readable.flatMap(({ migrations }) => migrations).filter(({ name }) => name === origin?.migration);
  return found.length === 0 ? null : found.some(ranToEnd);
}

/** Gaps about what the application does not know, on these columns of a relation: they come with whoever made these columns. */
export function blockedBy({ gaps }: Facts, relation: QualifiedName, columns: readonly string[]): Gap[] {
  return gaps.filter(({ code, subject, actual }) => {
    if (!code.startsWith("BLOCKING_") || !isSame(subjectRelation(subject), relation)) return false;
    if (code === "BLOCKING_EXTRA_COLUMN") return columns.includes(subject.name);
    const named = strings(properties(actual)["columns"]);
    return named.length > 0 && named.every((name) => columns.includes(name));
  });
}

/** `avatar_projects` and `"avatarProjects"` are one name to people: without case, underscores and hyphens. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[_\-\s]/g, "");
}

export function differsInCase(found: string, wanted: string): boolean {
  return found !== wanted && found.toLowerCase() === wanted.toLowerCase();
}
