/** Enums, domains, sequences, functions, extensions: no name twice, no text that is two. */
import { truncateIdentifier } from "../../model/names.js";
import type { FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import { sameName } from "../names.js";
import { definitionProblem } from "../text/sql-scan.js";
import { readEnum } from "./enums.js";

interface Named {
  readonly name: string;
  readonly identity: string;
  readonly path: Path;
  readonly part: "key" | "value";
}

/** Checks the objects that stand beside the relations. */
export function checkObjects(check: FileCheck): void {
  const { enums, domains, sequences = [], extensions = [] } = check.file.content;
  const types = [...keysOf("enums", enums), ...keysOf("domains", domains)];
  reportSame(check, types);
  reportSame(check, listOf("sequences", sequences));
  reportSame(check, listOf("extensions", extensions));
  for (const [name, entry] of enums ?? []) {
    const path = ["enums", name, ...(Array.isArray(entry) ? [] : ["labels"])];
    const labels = readEnum(entry).labels;
    reportSame(
      check,
      labels.map((label, i) => ({ name: label, identity: label, path: [...path, i], part: "value" })),
    );
  }
  for (const [name, definition] of domains ?? []) {
    const problem = definitionProblem(definition);
    if (problem !== null) check.report(["domains", name], `not one domain definition: ${problem}`);
  }
}

function keysOf(section: string, map: ReadonlyMap<string, unknown> | undefined): Named[] {
  return [...(map?.keys() ?? [])].map((name) => ({
    name,
    identity: truncateIdentifier(name),
    path: [section, name],
    part: "key",
  }));
}

function listOf(section: string, list: readonly (string | { name: string; schema?: string | undefined })[]): Named[] {
  return list.map((entry, i) => {
    const { name, schema } = typeof entry === "string" ? { name: entry, schema: undefined } : entry;
    // An extension exists once in a database, whatever its schema.
    const where = section === "extensions" ? null : (schema ?? null);
    return { name, identity: JSON.stringify([where, truncateIdentifier(name)]), path: [section, i], part: "value" };
  });
}

function reportSame(check: FileCheck, all: readonly Named[]): void {
  const seen = new Map<string, string>();
  for (const { name, identity, path, part } of all) {
    const other = seen.get(identity);
    if (other === undefined) seen.set(identity, name);
    else check.report(path, sameName(name, other), part);
  }
}
