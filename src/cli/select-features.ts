/** `--feature`: the part of a contract that some features need. */
import { SchemareadyError } from "../errors/index.js";
import type { Application, Contract, ExpectedRelation, Feature, RelationUse } from "../model/contract.js";
import { type QualifiedName, qualifiedKey } from "../model/names.js";
import type { FeatureStatus, Report, Verdict } from "../model/report.js";
import type { Column } from "../model/schema.js";

/**
 * The contract with these features only, and the objects that they use. Its id stays: it says what it was taken from.
 * @param ids empty: the whole contract
 * @throws SchemareadyError USAGE for a feature that no check file holds
 */
export function selectFeatures(contract: Contract, ids: readonly string[]): Contract {
  if (ids.length === 0) return contract;
  const known = contract.applications.flatMap(({ features }) => features.map(({ id }) => id));
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new SchemareadyError("USAGE", `There is no feature ${unknown.join(", ")} in the check files.`, {
      fix: known.length === 0 ? "The check files hold no features." : `The features are: ${known.join(", ")}.`,
    });
  }
  const applications = contract.applications.flatMap((application) => {
    const features = application.features.filter(({ id }) => ids.includes(id));
    return features.length === 0 ? [] : [selectFrom(application, features)];
  });
  return { ...contract, applications };
}

/** Migrations stay as they are: the history of the whole application explains the gaps of its parts. */
function selectFrom(application: Application, features: readonly Feature[]): Application {
  const uses = features.flatMap((feature) => feature.uses);
  const counted = new Set(features.flatMap(({ rows }) => rows.map(({ relation }) => qualifiedKey(relation))));
  const relations = application.relations.flatMap((relation) => {
    const own = uses.filter((use) => qualifiedKey(use.relation) === qualifiedKey(relation));
    return own.length > 0 || counted.has(qualifiedKey(relation)) ? [selectColumns(relation, own)] : [];
  });
  const columns = relations.flatMap((relation) => relation.columns);
  return {
    ...application,
    features,
    relations,
    enums: application.enums.filter((type) => columns.some((column) => hasType(column, type))),
    domains: application.domains.filter((type) => columns.some((column) => hasType(column, type))),
    sequences: application.sequences.filter((sequence) =>
      columns.some((column) => isSequence(column.sequence, sequence)),
    ),
    functions: [],
    extensions: application.extensions.filter((name) => columns.some(({ type }) => type.extension === name)),
  };
}

/**
 * A writer of a relation whose every column is known can be blocked by what stands beside its own columns, so all of
 * them stay. A reader needs what it reads; the list is then no longer complete.
 */
function selectColumns(relation: ExpectedRelation, uses: readonly RelationUse[]): ExpectedRelation {
  const writes = uses.some(({ insert, update }) => insert !== null || update.length > 0);
  if (relation.complete && writes) return relation;
  const used = new Set(uses.flatMap(({ select, insert, update }) => [...select, ...(insert ?? []), ...update]));
  return { ...relation, complete: false, columns: relation.columns.filter(({ name }) => used.has(name)) };
}

function hasType({ type }: Column, name: QualifiedName): boolean {
  return type.schema === name.schema && type.name === name.name;
}

function isSequence(sequence: QualifiedName | null, name: QualifiedName): boolean {
  return sequence !== null && qualifiedKey(sequence) === qualifiedKey(name);
}

/**
 * The report about the selected features alone: the verdict is theirs, as `/schema/health?feature=ID` answers it. What
 * else is wrong with a table that they merely read is left out.
 * @param ids empty: the whole report
 */
export function reportOnFeatures(report: Report, ids: readonly string[]): Report {
  if (ids.length === 0) return report;
  const gaps = report.gaps.filter(({ features }) => features.length > 0);
  const explained = new Set(gaps.flatMap(({ causes }) => causes));
  return {
    ...report,
    verdict: verdictOf(report.features),
    gaps,
    causes: report.causes.filter(({ id }) => explained.has(id)),
    summary: { ...report.summary, gaps: gaps.length },
  };
}

function verdictOf(features: Report["features"]): Verdict {
  const has = (wanted: FeatureStatus) => features.some(({ status }) => status === wanted);
  if (has("broken")) return "fail";
  if (has("unverified")) return "unverified";
  return has("degraded") ? "warn" : "pass";
}
