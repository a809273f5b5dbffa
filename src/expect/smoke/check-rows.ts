/** The rows of a repeated flow: can they be read, and can their names be filled in? */

import { didYouMean } from "../../model/suggest.js";
import type { FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import type { FlowSection } from "../schema/check-file.js";
import { checkTemplates } from "./known-names.js";
import { type Rows, readRows } from "./rows.js";
import { nameProblem, templateNames } from "./templates.js";

/** Reports what is wrong with the rows. @returns the names that they give to the flow */
export function checkRows(check: FileCheck, id: string, flow: FlowSection, declared: readonly string[]): string[] {
  const path = ["smoke", "flows", id];
  const found = readRows(flow, check.file.attachments);
  if (found === null) {
    checkId(check, id, path);
    return [];
  }
  const place = placeOf(flow, [...path, "each"]);
  for (const { row, message } of found.problems) check.report(place(row), message);
  const names = [...(found.rows[0]?.keys() ?? [])];
  for (const name of names) {
    const taken = declared.includes(name) ? `${JSON.stringify(name)} is a variable or a secret already` : null;
    const problem = nameProblem(name) ?? taken;
    if (problem !== null) check.report(place(0, name), problem);
  }
  checkValues(check, found, place, declared);
  for (const name of templateNames(flow.title ?? "")) {
    if (names.includes(name)) continue;
    check.report([...path, "title"], `the rows have no name ${JSON.stringify(name)}${didYouMean(name, names)}`);
  }
  return names;
}

/** In a file, every row stands at the name of the file. */
function placeOf({ each }: FlowSection, path: Path): (row: number | null, name?: string) => Path {
  return (row, name) => {
    if (!Array.isArray(each)) return [...path, "file"];
    return [...path, ...(row === null ? [] : [row]), ...(name === undefined ? [] : [name])];
  };
}

function checkValues(
  check: FileCheck,
  { rows }: Rows,
  place: (row: number | null, name?: string) => Path,
  declared: readonly string[],
): void {
  const known = { names: new Set(declared), flow: null, step: null };
  for (const [i, row] of rows.entries()) {
    for (const [name, value] of row) checkTemplates(check, value, place(i, name), known);
  }
}

/** `upload[1]` is the first run of a repeated flow `upload`. */
function checkId(check: FileCheck, id: string, path: Path): void {
  const of = /^(.+)\[\d+\]$/.exec(id)?.[1];
  if (of === undefined || check.file.content.smoke?.flows.get(of)?.each === undefined) return;
  check.report(path, `${JSON.stringify(id)} is what a run of the repeated flow ${JSON.stringify(of)} is called`, "key");
}
