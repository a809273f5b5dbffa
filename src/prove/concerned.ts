/** The tables whose size and rows decide how a plan can be run. Pure. */
import type { Contract } from "../model/contract.js";
import { type QualifiedName, qualifiedKey } from "../model/names.js";
import type { Gap } from "../model/report.js";

/** Those that the gaps are about, and those that they refer to; some may not exist. */
export function tablesConcerned(contract: Contract, gaps: readonly Gap[]): QualifiedName[] {
  const own = gaps.flatMap(({ subject: { kind, schema, relation, name } }) => {
    if (schema === null) return [];
    if (relation !== null) return [{ schema, name: relation }];
    return kind === "table" || kind === "view" ? [{ schema, name }] : [];
  });
  const keys = new Set(own.map(qualifiedKey));
  const referenced = contract.applications
    .flatMap(({ relations }) => relations)
    .filter((relation) => keys.has(qualifiedKey(relation)))
    .flatMap(({ constraints }) =>
      constraints.flatMap((constraint) => (constraint.kind === "foreign-key" ? [constraint.references] : [])),
    );
  return [...new Map([...own, ...referenced].map((name) => [qualifiedKey(name), name])).values()];
}
