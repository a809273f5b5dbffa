/** Do features name what the file has? */
import type { FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import type { FeatureSection, WrittenSection } from "../schema/check-file.js";
import { expressionProblem } from "../text/sql-scan.js";
import { requireColumns, requireRelation } from "./columns.js";
import { requireMigration } from "./migrations.js";

/** Checks every feature of a file. */
export function checkFeatures(check: FileCheck): void {
  for (const [id, feature] of check.file.content.features ?? []) {
    const path = ["features", id];
    for (const [key, columns] of feature.reads ?? []) checkUse(check, key, columns, [...path, "reads", key]);
    for (const [key, written] of feature.writes ?? []) checkWrites(check, key, written, [...path, "writes", key]);
    for (const [i, key] of (feature.deletes ?? []).entries()) {
      requireRelation(check, key, [...path, "deletes", i], "value", check.file.known);
    }
    for (const [i, name] of (feature.migrations ?? []).entries()) {
      requireMigration(check, name, [...path, "migrations", i]);
    }
    checkRows(check, feature, path);
  }
}

function checkUse(check: FileCheck, key: string, columns: "*" | readonly string[], path: Path, list: Path = path) {
  const relation = requireRelation(check, key, path, "key", check.file.known);
  if (relation === null) return;
  if (columns !== "*") requireColumns(check, relation, columns, (i) => [...list, i]);
  else if (relation.columns.size === 0 && check.trusted([...relation.path, "columns"])) {
    check.report(list, `"*" means the columns that relation ${JSON.stringify(key)} names, and it names none`);
  }
}

function checkWrites(check: FileCheck, key: string, written: WrittenSection, path: Path): void {
  if (written === "*" || Array.isArray(written)) {
    checkUse(check, key, written, path);
    return;
  }
  const { insert, update } = written;
  if (insert !== undefined) checkUse(check, key, insert, path, [...path, "insert"]);
  if (update !== undefined) checkUse(check, key, update, path, [...path, "update"]);
  if (insert !== undefined || update !== undefined) return;
  if (written.delete === true) requireRelation(check, key, path, "key", check.file.known);
  else check.report(path, "nothing is written here: give insert, update or delete");
}

function checkRows(check: FileCheck, feature: FeatureSection, featurePath: Path): void {
  for (const [i, rows] of (feature.rows ?? []).entries()) {
    const path = [...featurePath, "rows", i];
    requireRelation(check, rows.table, [...path, "table"], "value", check.file.known);
    const { where, atLeast = 1, atMost } = rows;
    const problem = where === undefined ? null : expressionProblem(where);
    if (problem !== null) check.report([...path, "where"], `not one expression: ${problem}`);
    if (atMost === undefined || atMost >= atLeast) continue;
    const minimum = rows.atLeast === undefined ? "atLeast, which is 1 by default" : `atLeast ${atLeast}`;
    check.report([...path, "atMost"], `atMost ${atMost} is less than ${minimum}`);
  }
}
