import type { Constraint, Index } from "../model/schema.js";

/** Each thing once, the first of equal ones; without `identity`, equal means the same JSON. */
export function distinct<T>(all: readonly T[], identity: (each: T) => unknown = (each) => each): T[] {
  const found = new Map<string, T>();
  for (const each of all) {
    const key = JSON.stringify(identity(each));
    if (!found.has(key)) found.set(key, each);
  }
  return [...found.values()];
}

/** A constraint or index without the names that the build made up. The index behind a constraint goes by its name. */
export function definitionOf(object: Constraint | Index): unknown {
  if ("constraint" in object && object.constraint !== null) return object;
  return { ...object, name: null, ...("index" in object ? { index: null } : {}) };
}
