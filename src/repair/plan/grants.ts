/** What the application's role may do with things that the plan makes. */
import type { Application } from "../../model/contract.js";
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { compareQualified, displayName, type QualifiedName } from "../../model/names.js";
import type { SchemaModel } from "../../model/schema.js";
import { draft } from "./draft.js";
import type { Known } from "./known.js";
import { relationKey, sequenceKey } from "./needs.js";
import type { Draft, Phase } from "./task.js";

/**
 * The role whose privileges are judged; null: none is, or it does not exist. Where the contract names none, the connected
 * role counts only if it writes what the features write: a monitor's role must not get the application's rights.
 */
function roleOf(known: Known, application: Application, at: number): string | null {
  if (application.role === false) return null;
  const model = known.situation.models?.[at];
  if (model === undefined) return application.role;
  if (application.role === null && !writes(model, application)) return null;
  return model.role?.name ?? null;
}

function writes({ relations }: SchemaModel, { features }: Application): boolean {
  const written = features
    .flatMap(({ uses }) => uses)
    .filter(({ insert, update }) => insert !== null || update.length > 0);
  return relations.some(
    (each) =>
      (each.privileges.insert || each.privileges.update) &&
      written.some(({ relation }) => compareQualified(relation, each) === 0),
  );
}

export function roles(known: Known): string[] {
  const all = known.situation.contract.applications.map((application, i) => roleOf(known, application, i));
  return [...new Set(all.filter((role) => role !== null))];
}

/** For each role what its application's features do with the relation. */
export function relationGrants(known: Known, relation: QualifiedName, phase: Phase): Draft[] {
  return known.situation.contract.applications.flatMap((application, i) => {
    const role = roleOf(known, application, i);
    const privileges = performedOn(application, relation);
    if (role === null || privileges.length === 0) return [];
    const sql = `GRANT ${privileges.join(", ")} ON ${qualifiedVisibly(relation)} TO ${quoteVisibly(role)};`;
    const why = `The features of ${application.name} need that of ${displayName(relation)}.`;
    return [draft(phase, sql, why, { needs: [relationKey(relation)] })];
  });
}

function performedOn({ features }: Application, relation: QualifiedName): string[] {
  const uses = features
    .flatMap((feature) => feature.uses)
    .filter((use) => compareQualified(use.relation, relation) === 0);
  const performed: readonly [string, boolean][] = [
    ["SELECT", uses.some(({ select }) => select.length > 0)],
    ["INSERT", uses.some(({ insert }) => insert !== null)],
    ["UPDATE", uses.some(({ update }) => update.length > 0)],
    ["DELETE", uses.some((use) => use.delete)],
  ];
  return performed.filter(([, is]) => is).map(([privilege]) => privilege);
}

export function sequenceGrants(known: Known, sequence: QualifiedName): Draft[] {
  return roles(known).map((role) => {
    const sql = `GRANT USAGE ON SEQUENCE ${qualifiedVisibly(sequence)} TO ${quoteVisibly(role)};`;
    return draft("sequence", sql, `${role} calls nextval() on it.`, { needs: [sequenceKey(sequence)] });
  });
}
