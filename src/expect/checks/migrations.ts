/** Which migration brings which object: `introducedBy` beside the object, or `creates` beside the migration. */
import type { CheckFile, FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import { type FileNames, findColumn, findRelation, type NamedColumn, type NamedRelation } from "../names.js";
import type { CheckFileContent } from "../schema/check-file.js";

/** The names of the migrations that the file requires, in order. */
export function requiredMigrations(content: CheckFileContent): string[] {
  return (content.migrations?.required ?? []).map((entry) => (typeof entry === "string" ? entry : entry.name));
}

interface Creation {
  readonly migration: string;
  readonly relation: NamedRelation;
  readonly column: NamedColumn | null;
  readonly path: Path;
}

export interface Introductions {
  /** Relation key -> migration. */
  readonly relations: ReadonlyMap<string, string>;
  /** Relation key -> column name -> migration, only where it is not the relation's own. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** What the file says about the origin of its objects; contradictions have been reported by checkMigrations. */
export function introductions(content: CheckFileContent, names: FileNames): Introductions {
  const created = byObject(readCreates(content, names).creations);
  const relations = new Map<string, string>();
  const columns = new Map<string, Map<string, string>>();
  for (const relation of names.values()) {
    const own = created.get(relation)?.[0]?.migration;
    const introducedBy = relation.section.introducedBy ?? own;
    if (introducedBy !== undefined) relations.set(relation.key, introducedBy);
    const byColumn = new Map<string, string>();
    for (const column of relation.columns.values()) {
      const migration = column.introducedBy ?? created.get(column)?.[0]?.migration;
      if (migration !== undefined && migration !== introducedBy) byColumn.set(column.name, migration);
    }
    columns.set(relation.key, byColumn);
  }
  return { relations, columns };
}

/** `relation`, or `relation.column`; both names may hold dots, so the file's own names decide. */
function readCreates(content: CheckFileContent, names: FileNames) {
  const creations: Creation[] = [];
  const unknown: { text: string; path: Path }[] = [];
  for (const [i, entry] of (content.migrations?.required ?? []).entries()) {
    if (typeof entry === "string") continue;
    for (const [j, text] of (entry.creates ?? []).entries()) {
      const path = ["migrations", "required", i, "creates", j];
      const object = objectNamed(text, names);
      if (object === null) unknown.push({ text, path });
      else creations.push({ migration: entry.name, path, ...object });
    }
  }
  return { creations, unknown };
}

function objectNamed(text: string, names: FileNames): Pick<Creation, "relation" | "column"> | null {
  const whole = findRelation(names, text);
  if (whole !== null) return { relation: whole, column: null };
  for (let dot = text.indexOf("."); dot >= 0; dot = text.indexOf(".", dot + 1)) {
    const relation = findRelation(names, text.slice(0, dot));
    const column = relation === null ? null : findColumn(relation, text.slice(dot + 1));
    if (relation !== null && column !== null) return { relation, column };
  }
  return null;
}

/** Checks that every migration that is named is required, and that no object has two origins. */
export function checkMigrations(check: FileCheck): void {
  const { content, names } = check.file;
  reportRepeated(check, requiredMigrations(content));
  const { creations, unknown } = readCreates(content, names);
  const candidates = [...names.values()].flatMap(({ key, columns }) => [
    key,
    ...[...columns.keys()].map((column) => `${key}.${column}`),
  ]);
  for (const { text, path } of check.trusted(["relations"]) ? unknown : []) {
    const hint = check.suggest(text, candidates);
    check.report(path, `this file has no relation or relation.column ${JSON.stringify(text)}${hint}`);
  }
  const created = byObject(creations);
  for (const relation of names.values()) {
    requireMigration(check, relation.section.introducedBy, [...relation.path, "introducedBy"]);
    reportTwoOrigins(check, relation.section.introducedBy, created.get(relation) ?? []);
    for (const column of relation.columns.values()) {
      requireMigration(check, column.introducedBy ?? undefined, [...column.path, "introducedBy"]);
      reportTwoOrigins(check, column.introducedBy ?? undefined, created.get(column) ?? []);
    }
  }
}

/** Creations by what they create: the column, or the relation as a whole. */
function byObject(creations: readonly Creation[]): ReadonlyMap<NamedRelation | NamedColumn, readonly Creation[]> {
  const found = new Map<NamedRelation | NamedColumn, Creation[]>();
  for (const creation of creations) {
    const object = creation.column ?? creation.relation;
    const others = found.get(object);
    if (others === undefined) found.set(object, [creation]);
    else others.push(creation);
  }
  return found;
}

function reportRepeated(check: FileCheck, required: readonly string[]): void {
  const seen = new Set<string>();
  for (const [i, name] of required.entries()) {
    if (seen.has(name)) {
      check.report(["migrations", "required", i], `migration ${JSON.stringify(name)} is required twice`);
    }
    seen.add(name);
  }
}

function reportTwoOrigins(check: FileCheck, introducedBy: string | undefined, creations: readonly Creation[]): void {
  const first = introducedBy ?? creations[0]?.migration;
  for (const { migration, path } of creations) {
    if (migration === first) continue;
    check.report(path, `it is said to come from ${JSON.stringify(first)} as well: one object has one origin`);
  }
}

/** Reports a migration that neither `migrations.required` nor the schema that the file is joined with requires. */
export function requireMigration(check: FileCheck, name: string | undefined, path: Path): void {
  if (name === undefined) return;
  const required = requiredOnce(check.file);
  if (required.has(name) || !check.trusted(["migrations", "required"])) return;
  const hint = check.suggest(name, required);
  check.report(path, `migrations.required does not list ${JSON.stringify(name)}${hint}`);
}

const REQUIRED = new WeakMap<CheckFile, ReadonlySet<string>>();

/** Asked for every relation, column and feature of the file. */
function requiredOnce(file: CheckFile): ReadonlySet<string> {
  const required = REQUIRED.get(file) ?? new Set([...requiredMigrations(file.content), ...file.knownMigrations]);
  REQUIRED.set(file, required);
  return required;
}
