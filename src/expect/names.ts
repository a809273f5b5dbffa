/**
 * The names of one check file: what its relations and columns are called in the database, and where they stand in the
 * file. Names are cut to 63 bytes here, as PostgreSQL would, before anything is looked up.
 */

import type { Application, ExpectedRelation } from "../model/contract.js";
import { qualifiedKey, truncateIdentifier } from "../model/names.js";
import type { Path } from "./load/place.js";
import type { CheckFileContent, ColumnSection, RelationSection } from "./schema/check-file.js";

export interface NamedColumn {
  /** As the database calls it. */
  readonly name: string;
  readonly path: Path;
  /** Column definition, the text after the name. */
  readonly definition: string;
  /** Where the definition stands. */
  readonly definitionPath: Path;
  readonly introducedBy: string | null;
}

export interface NamedRelation {
  /** As the file calls it. */
  readonly key: string;
  /** As the database calls it. */
  readonly name: string;
  /** Null: the application's schema. */
  readonly schema: string | null;
  readonly path: Path;
  readonly section: RelationSection;
  /** By name. */
  readonly columns: ReadonlyMap<string, NamedColumn>;
}

/** Relations by their key, cut like a name. */
export type FileNames = ReadonlyMap<string, NamedRelation>;

export interface NameProblem {
  readonly path: Path;
  readonly part: "key" | "value";
  readonly message: string;
}

/** The relation that a text in the file means. */
export function findRelation(names: FileNames, key: string): NamedRelation | null {
  return names.get(truncateIdentifier(key)) ?? null;
}

export function findColumn(relation: NamedRelation, name: string): NamedColumn | null {
  return relation.columns.get(truncateIdentifier(name)) ?? null;
}

/** Collects the names; two that are the same for PostgreSQL are a problem. */
export function nameRelations(content: CheckFileContent): { names: FileNames; problems: NameProblem[] } {
  const names = new Map<string, NamedRelation>();
  const inDatabase = new Map<string, string>();
  const problems: NameProblem[] = [];
  for (const [key, section] of content.relations ?? []) {
    const relation = nameRelation(key, section, problems);
    const identity = JSON.stringify([relation.schema ?? content.schema ?? null, relation.name]);
    const other = inDatabase.get(identity) ?? names.get(truncateIdentifier(key))?.key;
    if (other !== undefined) problems.push({ path: relation.path, part: "key", message: sameName(key, other) });
    inDatabase.set(identity, key);
    names.set(truncateIdentifier(key), relation);
  }
  return { names, problems };
}

/** A schema from another source (migrations, a reference database), which check files are joined with. */
export interface KnownSchema extends Pick<Application, "relations" | "domains"> {
  /** Names of the migrations that it requires. */
  readonly migrations: readonly string[];
}

/** Check files that are joined with nothing. */
export const NOTHING_KNOWN: KnownSchema = { relations: [], domains: [], migrations: [] };

/**
 * The names of a file together with those of the known schema. A relation that only the schema has goes by its name in
 * the application's schema, and by `schema.name` elsewhere.
 * @param schema the application's
 */
export function joinKnown(names: FileNames, schema: string, known: readonly ExpectedRelation[]): FileNames {
  const joined = new Map(names);
  const own = new Map([...names].map(([key, each]) => [qualifiedKey({ schema, ...inSchema(each) }), key]));
  for (const relation of known) {
    const local = relation.schema === schema;
    const key = own.get(qualifiedKey(relation)) ?? (local ? relation.name : `${relation.schema}.${relation.name}`);
    const columns = relation.columns.map(({ name }) => [name, elsewhere(name)] as const);
    const named = names.get(key) ?? {
      key,
      name: relation.name,
      schema: local ? null : relation.schema,
      path: [],
      section: {},
      columns: new Map(),
    };
    joined.set(truncateIdentifier(key), { ...named, columns: new Map([...columns, ...named.columns]) });
  }
  return joined;
}

function inSchema({ schema, name }: NamedRelation) {
  return schema === null ? { name } : { schema, name };
}

function elsewhere(name: string): NamedColumn {
  return { name, path: [], definition: "", definitionPath: [], introducedBy: null };
}

function nameRelation(key: string, section: RelationSection, problems: NameProblem[]): NamedRelation {
  const path = ["relations", key];
  const columns = new Map<string, NamedColumn>();
  const keys = new Map<string, string>();
  for (const [columnKey, value] of section.columns ?? []) {
    const column = nameColumn([...path, "columns", columnKey], columnKey, value);
    const other = keys.get(column.name);
    if (other !== undefined) problems.push({ path: column.path, part: "key", message: sameName(columnKey, other) });
    keys.set(column.name, columnKey);
    columns.set(column.name, column);
  }
  const schema = section.schema === undefined ? null : truncateIdentifier(section.schema);
  return { key, name: truncateIdentifier(section.name ?? key), schema, path, section, columns };
}

function nameColumn(path: Path, key: string, value: ColumnSection): NamedColumn {
  const short = typeof value === "string";
  return {
    name: truncateIdentifier(key),
    path,
    definition: short ? value : value.type,
    definitionPath: short ? path : [...path, "type"],
    introducedBy: short ? null : (value.introducedBy ?? null),
  };
}

/** What to say about two names of which PostgreSQL sees one. */
export function sameName(name: string, other: string): string {
  if (name === other) return `${JSON.stringify(name)} is named twice`;
  const cut = [name, other].some((each) => truncateIdentifier(each) !== each);
  const reason = cut ? " (PostgreSQL keeps 63 bytes of a name)" : "";
  return `${JSON.stringify(name)} is the same name as ${JSON.stringify(other)}${reason}`;
}
