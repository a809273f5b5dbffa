/**
 * What an error text proves without a look at the database: that the database of the application lacks something. Keys
 * and NOT NULL are left out, because data can break them in a schema that is right.
 */
import type { Named, NamedKind } from "./named.js";

const MOST_NAMES = 3;

const SAYINGS: Readonly<Partial<Record<NamedKind, (name: string, named: Named) => string>>> = {
  relation: (name) => `table ${name} does not exist`,
  column: (name) => `column ${name} does not exist`,
  "column-type": (name) => `column ${name} has another type than the application expects`,
  generated: (name) => `column ${name} takes no value from the application`,
  index: (name) => `index ${name} does not exist`,
  type: (name) => `type ${name} does not exist`,
  label: (_name, { name, relation }) => `enum type ${relation} has no label ${name}`,
  function: (name) => `function ${name} does not exist`,
  schema: (name) => `schema ${name} does not exist`,
  extension: (name) => `extension ${name} is not installed`,
  "row-security": (name) => `row security refuses rows of ${name}`,
  privilege: (name) => `its role lacks a privilege on ${name}`,
  "schema-privilege": (name) => `its role lacks a privilege on schema ${name}`,
};

/** `column avatar_generations.projectId does not exist`, several joined by "and"; null when the names prove nothing. */
export function inOwnWords(names: readonly Named[]): string | null {
  const said = names.flatMap((named) => {
    const full = named.relation === null ? named.name : `${named.relation}.${named.name}`;
    return SAYINGS[named.kind]?.(full, named) ?? [];
  });
  const distinct = [...new Set(said)].slice(0, MOST_NAMES);
  return distinct.length === 0 ? null : distinct.join(" and ");
}
