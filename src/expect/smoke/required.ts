/** What a step `requires`: a relation, `relation.column`, or another object by its name. */
import { truncateIdentifier } from "../../model/names.js";
import type { RequiredObject } from "../../model/report.js";
import type { FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import { type FileNames, findColumn, findRelation, type NamedRelation } from "../names.js";
import type { CheckFileContent } from "../schema/check-file.js";

/** The object as the database calls it. @param schema the application's */
export function resolveRequired(text: string, known: FileNames, schema: string): RequiredObject {
  const found = findRequired(text, known);
  if (found === null) return { schema, relation: null, name: truncateIdentifier(text) };
  const { relation, column } = found;
  const inSchema = relation.schema ?? schema;
  if (column === null) return { schema: inSchema, relation: null, name: relation.name };
  return { schema: inSchema, relation: relation.name, name: truncateIdentifier(column) };
}

interface Found {
  readonly relation: NamedRelation;
  readonly column: string | null;
}

/** Names may hold dots themselves, so the whole text is tried first, then each dot as the one before the column. */
function findRequired(text: string, known: FileNames): Found | null {
  const whole = findRelation(known, text);
  if (whole !== null) return { relation: whole, column: null };
  for (let dot = text.indexOf("."); dot > 0; dot = text.indexOf(".", dot + 1)) {
    const relation = findRelation(known, text.slice(0, dot));
    if (relation !== null) return { relation, column: text.slice(dot + 1) };
  }
  return null;
}

/** Reports what neither the file nor the schema that it is joined with has. */
export function checkRequired(check: FileCheck, requires: readonly string[] | undefined, path: Path): void {
  const { known } = check.file;
  for (const [i, text] of (requires ?? []).entries()) {
    const found = findRequired(text, known);
    const at = [...path, "requires", i];
    if (found === null) checkOther(check, text, at);
    else if (found.column !== null && findColumn(found.relation, found.column) === null) {
      const { relation, column } = found;
      if (!check.trusted([...relation.path, "columns", column])) continue;
      const hint = check.suggest(column, relation.columns.keys());
      check.report(at, `relation ${JSON.stringify(relation.key)} names no column ${JSON.stringify(column)}${hint}`);
    }
  }
}

function checkOther({ file, trusted, report, suggest }: FileCheck, text: string, at: Path): void {
  const others = otherNames(file.content);
  const relation = text.split(".")[0] ?? text;
  if (others.includes(text) || !trusted(["relations", text]) || !trusted(["relations", relation])) return;
  const hint = suggest(text, [...file.known.keys(), ...others]);
  report(at, `nothing in this file is called ${JSON.stringify(text)}${hint}`);
}

/** Enums, domains, sequences, extensions and functions of the file. */
function otherNames({ enums, domains, sequences, extensions, functions }: CheckFileContent): string[] {
  const entries = [...(sequences ?? []), ...(extensions ?? []), ...(functions ?? [])];
  const nameOf = (entry: (typeof entries)[number]) => (typeof entry === "string" ? entry : entry.name);
  const listed = entries.map(nameOf).map((name) => name.replace(/\(.*$/s, ""));
  return [...(enums?.keys() ?? []), ...(domains?.keys() ?? []), ...listed];
}
