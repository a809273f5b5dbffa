import type { FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import { type FileNames, findColumn, findRelation, type NamedRelation } from "../names.js";

/**
 * The relation that a key names; reports one that is not among `names`: what the file defines, or all that its features
 * may name.
 */
export function requireRelation(
  check: FileCheck,
  key: string,
  path: Path,
  part: "key" | "value",
  names: FileNames,
): NamedRelation | null {
  const relation = findRelation(names, key);
  if (relation === null && check.trusted(["relations", key])) {
    const hint = check.suggest(key, names.keys());
    const nor = check.file.known.size > check.file.names.size ? ", nor has the schema it is joined with" : "";
    check.report(path, `this file has no relation ${JSON.stringify(key)}${nor}${hint}`, part);
  }
  return relation;
}

/** Reports every name that is not a column of the relation; `pathOf` gives the place of the name at a position. */
export function requireColumns(
  check: FileCheck,
  relation: NamedRelation,
  columns: readonly string[],
  pathOf: (index: number) => Path,
): void {
  for (const [i, column] of columns.entries()) {
    if (findColumn(relation, column) !== null || !check.trusted([...relation.path, "columns", column])) continue;
    const hint = check.suggest(column, relation.columns.keys());
    const relationName = JSON.stringify(relation.key);
    check.report(pathOf(i), `relation ${relationName} names no column ${JSON.stringify(column)}${hint}`);
  }
}
