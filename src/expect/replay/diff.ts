/** What one script did to the model: a pure comparison of the facts before and after it. */
import type { SchemaModel } from "../../model/schema.js";
import { type Fact, factsOf } from "./facts.js";

export interface Change {
  readonly kind: "created" | "changed" | "dropped";
  /** As it is afterwards; of what was dropped, as it was. */
  readonly fact: Fact;
}

/** Created and changed facts in the order of `after`, then the dropped ones in the order of `before`. */
export function diffModels(before: SchemaModel, after: SchemaModel): Change[] {
  if (before === after) return [];
  const old = factsOf(withoutShared(before, after));
  const now = factsOf(withoutShared(after, before));
  const changes: Change[] = [];
  for (const [key, fact] of now) {
    const earlier = old.get(key);
    if (earlier === undefined) changes.push({ kind: "created", fact });
    else if (earlier.value !== fact.value) changes.push({ kind: "changed", fact });
  }
  for (const [key, fact] of old) {
    if (!now.has(key)) changes.push({ kind: "dropped", fact });
  }
  return changes;
}

/** A relation that is the very same value in both models needs no look: most are, after most scripts. */
function withoutShared(model: SchemaModel, other: SchemaModel): SchemaModel {
  const shared = new Set(other.relations);
  return { ...model, relations: model.relations.filter((relation) => !shared.has(relation)) };
}
