/**
 * The one order of a contract. Lists that mean a set are sorted by name; lists whose order means something stay as they
 * are: columns (by position), labels, key columns, required migrations, features and what stands in them.
 */
import type { Application, Contract, ExpectedRelation, Feature } from "../../model/contract.js";
import { compareQualified, compareText } from "../../model/names.js";
import type { Provenance } from "../../model/provenance.js";
import { canonicalJson } from "../canonical-json.js";

/** The same content in the order in which it is written and hashed. */
export function inOrder<C extends Omit<Contract, "id">>(contract: C): C {
  return {
    ...contract,
    applications: sorted(contract.applications.map(orderApplication), (a, b) => compareText(a.name, b.name)),
    provenance: sorted(contract.provenance, compareProvenance),
  };
}

function orderApplication(application: Application): Application {
  return {
    ...application,
    relations: sorted(application.relations.map(orderRelation), compareQualified),
    enums: sorted(application.enums, compareQualified),
    domains: sorted(application.domains, compareQualified).map((domain) => ({
      ...domain,
      checks: sorted(domain.checks, byName),
    })),
    sequences: sorted(application.sequences, compareQualified),
    functions: sorted(application.functions, compareQualified),
    extensions: sorted(application.extensions, compareText),
    features: application.features.map(orderFeature),
  };
}

function orderRelation(relation: ExpectedRelation): ExpectedRelation {
  return {
    ...relation,
    columns: sorted(relation.columns, (a, b) => a.position - b.position),
    constraints: sorted(relation.constraints, byName),
    indexes: sorted(relation.indexes, byName),
    triggers: sorted(relation.triggers, compareText),
  };
}

function orderFeature(feature: Feature): Feature {
  return { ...feature, uses: sorted(feature.uses, (a, b) => compareQualified(a.relation, b.relation)) };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareText(a.name, b.name);
}

function compareProvenance(a: Provenance, b: Provenance): number {
  const key = ({ subject: { schema, relation, name, kind }, property }: Provenance) =>
    JSON.stringify([schema ?? "", relation ?? name, relation === null ? "" : name, kind, property ?? ""]);
  return compareText(key(a), key(b));
}

/** What compares equal is put in the order of its text, so that the order it came in never shows. */
function sorted<T>(list: readonly T[], compare: (a: T, b: T) => number): T[] {
  return [...list].sort((a, b) => compare(a, b) || compareText(canonicalJson(a), canonicalJson(b)));
}
