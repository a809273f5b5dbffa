/** Which definitions belong into a contract, and those of several contracts in one. */
import type { Contract } from "../../model/contract.js";
import { isTableClause, type ObjectDefinition } from "../../model/definitions.js";
import { qualifiedKey } from "../../model/names.js";
import type { Relation, SchemaModel } from "../../model/schema.js";

/**
 * Without those of relations that the contract leaves out (record tables, the partitions of a reference database), and
 * of what such a relation owns.
 */
export function wantedDefinitions(
  definitions: readonly ObjectDefinition[],
  model: SchemaModel,
  relations: readonly Relation[],
): ObjectDefinition[] {
  const wanted = new Set(relations.map(qualifiedKey));
  const unwanted = new Set(model.relations.map(qualifiedKey).filter((key) => !wanted.has(key)));
  for (const sequence of model.sequences) {
    if (sequence.ownedBy !== null && unwanted.has(qualifiedKey(sequence.ownedBy))) unwanted.add(qualifiedKey(sequence));
  }
  return definitions.filter(({ kind, schema, relation, name }) => {
    const isOfRelations = relation !== null || isTableClause(kind) || kind === "sequence" || kind === "view";
    if (schema === null || !isOfRelations) return true;
    return !unwanted.has(qualifiedKey({ schema, name: relation ?? name }));
  });
}

/**
 * Each once; of two that differ, the first. No property at all where no contract has definitions.
 * @param contracts in an order that does not depend on how files are called
 */
export function commonDefinitions(contracts: Iterable<Contract>): Pick<Contract, "definitions"> {
  const found = new Map<string, ObjectDefinition>();
  let areKnown = false;
  for (const { definitions } of contracts) {
    areKnown ||= definitions !== undefined;
    for (const each of definitions ?? []) {
      const key = JSON.stringify([each.kind, each.schema, each.relation, each.name]);
      if (!found.has(key)) found.set(key, each);
    }
  }
  return areKnown ? { definitions: [...found.values()] } : {};
}
