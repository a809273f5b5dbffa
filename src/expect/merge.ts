/** Several files of one application become one application of the contract. */
import type { Application, ExpectedRelation } from "../model/contract.js";
import { compareQualified, compareText, qualifiedKey } from "../model/names.js";
import { definitionOf, distinct } from "./distinct.js";

/** Applications by name, sorted; the order of the files does not show. */
export function mergeApplications(applications: readonly Application[]): Application[] {
  const byName = new Map<string, Application>();
  for (const application of [...applications].sort(bySize)) {
    const other = byName.get(application.name);
    byName.set(application.name, other === undefined ? application : merge(other, application));
  }
  return [...byName.values()].sort((a, b) => compareText(a.name, b.name));
}

/** Any fixed order of the files will do, as long as it does not depend on how they are called or given. */
function bySize(a: Application, b: Application): number {
  return compareText(a.name, b.name) || compareText(JSON.stringify(a), JSON.stringify(b));
}

function merge(a: Application, b: Application): Application {
  return {
    ...a,
    relations: mergeRelations([...a.relations, ...b.relations]),
    enums: distinct([...a.enums, ...b.enums]).sort(compareQualified),
    domains: distinct([...a.domains, ...b.domains], qualifiedKey).sort(compareQualified),
    sequences: distinct([...a.sequences, ...b.sequences]).sort(compareQualified),
    functions: distinct([...a.functions, ...b.functions]),
    extensions: distinct([...a.extensions, ...b.extensions]).sort(compareText),
    migrations: mergeMigrations(a, b),
    features: [...a.features, ...b.features].sort((one, other) => compareText(one.id, other.id)),
  };
}

function mergeMigrations({ migrations: a }: Application, { migrations: b }: Application): Application["migrations"] {
  if (a === null || b === null) return a ?? b;
  return { ...a, required: distinct([...a.required, ...b.required]).sort(compareText) };
}

function mergeRelations(relations: readonly ExpectedRelation[]): ExpectedRelation[] {
  const byName = new Map<string, ExpectedRelation>();
  for (const relation of relations) {
    const other = byName.get(qualifiedKey(relation));
    byName.set(qualifiedKey(relation), other === undefined ? relation : mergeRelation(other, relation));
  }
  return [...byName.values()].sort(compareQualified);
}

function mergeRelation(a: ExpectedRelation, b: ExpectedRelation): ExpectedRelation {
  const columns = distinct([...a.columns, ...b.columns], ({ name }) => name);
  return {
    ...a,
    kind: a.kind ?? b.kind,
    complete: a.complete || b.complete,
    columns: columns.map((column, i) => ({ ...column, position: i + 1 })),
    constraints: distinct([...a.constraints, ...b.constraints], definitionOf),
    indexes: distinct([...a.indexes, ...b.indexes], definitionOf),
    triggers: distinct([...a.triggers, ...b.triggers]),
    introducedBy: a.introducedBy ?? b.introducedBy,
    columnIntroducedBy: Object.assign(Object.create(null), b.columnIntroducedBy, a.columnIntroducedBy),
  };
}
