/** What was read back from the build -> what is required: no more than the file asked for. */
import type { ExpectedRelation } from "../../model/contract.js";
import { truncateIdentifier } from "../../model/names.js";
import type { ForeignKey, Relation } from "../../model/schema.js";
import type { Introductions } from "../checks/migrations.js";
import { definitionOf, distinct } from "../distinct.js";
import { type FileNames, findRelation, type NamedRelation } from "../names.js";
import type { ForeignKeySection } from "../schema/check-file.js";
import { HELPER_PREFIX, hasWords, qualify } from "./relations.js";

export interface Surroundings {
  readonly names: FileNames;
  readonly schema: string;
  readonly introductions: Introductions;
}

/** The expectation of one relation. */
export function expectedRelation(named: NamedRelation, built: Relation, around: Surroundings): ExpectedRelation {
  const columns = [...named.columns.keys()].flatMap((name) => built.columns.filter((column) => column.name === name));
  const constraints = built.constraints.map((constraint) =>
    constraint.kind === "foreign-key" ? withoutUnnamed(constraint, named, around) : constraint,
  );
  return {
    ...qualify(named, around.schema),
    kind: named.section.kind ?? null,
    complete: named.section.complete ?? false,
    // Columns were added in several rounds: their order in the file is the one that means something.
    columns: columns.map((column, i) => ({ ...column, position: i + 1 })),
    constraints: distinct(constraints, definitionOf),
    indexes: distinct(
      built.indexes.filter(({ name }) => !name.startsWith(HELPER_PREFIX)),
      definitionOf,
    ),
    triggers: (named.section.triggers ?? []).map(truncateIdentifier),
    introducedBy: around.introductions.relations.get(named.key) ?? null,
    columnIntroducedBy: record(around.introductions.columns.get(named.key) ?? new Map()),
  };
}

/** Actions and MATCH are compared when the file names them, and not looked at when it does not. */
function withoutUnnamed(foreignKey: ForeignKey, named: NamedRelation, around: Surroundings): ForeignKey {
  const { onDelete, onUpdate, match, ...rest } = foreignKey;
  const asked = askedOf(foreignKey, named, around);
  return {
    ...rest,
    ...(asked.onDelete && onDelete !== undefined ? { onDelete } : {}),
    ...(asked.onUpdate && onUpdate !== undefined ? { onUpdate } : {}),
    ...(asked.match && match !== undefined ? { match } : {}),
  };
}

function askedOf(foreignKey: ForeignKey, named: NamedRelation, around: Surroundings) {
  const section = named.section.foreignKeys?.find((each) => isOf(foreignKey, each, around));
  if (section !== undefined) {
    return {
      onDelete: section.onDelete !== undefined,
      onUpdate: section.onUpdate !== undefined,
      match: section.match !== undefined,
    };
  }
  // Not in the list, so it stands in the column's own text.
  const definition = named.columns.get(foreignKey.columns[0] ?? "")?.definition ?? "";
  return {
    onDelete: hasWords(definition, ["on", "delete"]),
    onUpdate: hasWords(definition, ["on", "update"]),
    match: hasWords(definition, ["match"]),
  };
}

function isOf(foreignKey: ForeignKey, section: ForeignKeySection, { names, schema }: Surroundings): boolean {
  const target = findRelation(names, section.references);
  if (target === null) return false;
  const references = qualify(target, schema);
  const same = (a: readonly string[], b: readonly string[]) =>
    JSON.stringify(a.map(truncateIdentifier)) === JSON.stringify(b);
  return (
    same(section.columns, foreignKey.columns) &&
    references.schema === foreignKey.references.schema &&
    references.name === foreignKey.references.name &&
    (section.referencedColumns === undefined || same(section.referencedColumns, foreignKey.referencedColumns))
  );
}

/** Without a prototype: a column may be called `constructor` or `__proto__`. */
function record(map: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const result: Record<string, string> = Object.create(null);
  for (const [name, value] of map) Object.defineProperty(result, name, { value, enumerable: true });
  return result;
}
