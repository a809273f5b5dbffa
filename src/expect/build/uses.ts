/** What a feature does with its relations: `*` and plain lists become the columns of SELECT, INSERT and UPDATE. */
import type { ExpectedRelation, RelationUse } from "../../model/contract.js";
import { compareQualified, truncateIdentifier } from "../../model/names.js";
import type { Column, DomainType } from "../../model/schema.js";
import type { Path } from "../load/place.js";
import type { FeatureSection, WrittenSection } from "../schema/check-file.js";

export interface BuiltRelations {
  /** The relation that a key of the file means. */
  readonly find: (key: string) => ExpectedRelation | null;
  readonly domains: readonly DomainType[];
}

export interface Uses {
  readonly uses: readonly RelationUse[];
  readonly problems: readonly { readonly path: Path; readonly message: string }[];
}

interface Writes {
  readonly insert: readonly string[] | null;
  readonly update: readonly string[];
  readonly delete: boolean;
}

const NOTHING: Writes = { insert: null, update: [], delete: false };

/** Resolves reads, writes and deletes of one feature; `path` is the feature's. */
export function readUses(feature: FeatureSection, relations: BuiltRelations, path: Path): Uses {
  const problems: { path: Path; message: string }[] = [];
  const uses = new Map<ExpectedRelation, RelationUse>();
  const add = (key: string, more: Partial<RelationUse>) => {
    const relation = relations.find(key);
    if (relation === null) return;
    const { schema, name } = relation;
    const use = uses.get(relation) ?? { relation: { schema, name }, select: [], ...NOTHING };
    uses.set(relation, merge(use, more));
  };
  for (const [key, columns] of feature.reads ?? []) {
    add(key, { select: columns === "*" ? namesOf(relations.find(key)?.columns ?? []) : cut(columns) });
  }
  for (const [key, written] of feature.writes ?? []) {
    const relation = relations.find(key);
    if (relation === null) continue;
    add(key, readWrites(relation, written, relations.domains));
    problems.push(...writtenGenerated(relation, written, [...path, "writes", key]));
  }
  for (const key of feature.deletes ?? []) add(key, { delete: true });
  const sorted = [...uses.values()].sort((a, b) => compareQualified(a.relation, b.relation));
  return { uses: sorted, problems };
}

function merge(use: RelationUse, more: Partial<RelationUse>): RelationUse {
  const both = (a: readonly string[], b: readonly string[] = []) => [...new Set([...a, ...b])];
  const insert = use.insert === null ? (more.insert ?? null) : both(use.insert, more.insert ?? []);
  return {
    relation: use.relation,
    select: both(use.select, more.select),
    insert,
    update: both(use.update, more.update),
    delete: use.delete || more.delete === true,
  };
}

function readWrites(relation: ExpectedRelation, written: WrittenSection, domains: readonly DomainType[]): Writes {
  const writable = namesOf(relation.columns.filter(isWritable));
  if (written === "*") return { ...NOTHING, insert: writable, update: writable };
  const list = (columns: "*" | readonly string[]) => (columns === "*" ? writable : cut(columns));
  if (Array.isArray(written)) {
    const columns = list(written);
    const inserts = relation.columns.every((column) => columns.includes(column.name) || !mustBeGiven(column, domains));
    return { ...NOTHING, insert: inserts ? columns : null, update: columns };
  }
  return {
    insert: written.insert === undefined ? null : list(written.insert),
    update: written.update === undefined ? [] : list(written.update),
    delete: written.delete === true,
  };
}

/** An INSERT that leaves the column out fails: NOT NULL, and nothing fills it in. A domain has a say in both. */
function mustBeGiven(column: Column, domains: readonly DomainType[]): boolean {
  const { type } = column;
  const domain = type.array
    ? undefined
    : domains.find(({ schema, name }) => type.kind === "domain" && schema === type.schema && name === type.name);
  const filledIn = column.default ?? column.identity ?? column.generated ?? domain?.default ?? null;
  return filledIn === null && (!column.nullable || domain?.nullable === false);
}

function isWritable(column: Column): boolean {
  return column.generated === null && column.identity !== "always";
}

function writtenGenerated(relation: ExpectedRelation, written: WrittenSection, path: Path): Uses["problems"] {
  const lists: readonly (readonly [Path, "*" | readonly string[] | undefined])[] =
    written === "*" || Array.isArray(written)
      ? [[path, written]]
      : [
          [[...path, "insert"], written.insert],
          [[...path, "update"], written.update],
        ];
  return lists.flatMap(([place, columns]) =>
    cut(columns === "*" ? [] : (columns ?? [])).flatMap((name, i) => {
      const column = relation.columns.find((each) => each.name === name);
      if (column === undefined || column.generated === null) return [];
      return [{ path: [...place, i], message: `column ${JSON.stringify(name)} is generated and cannot be written` }];
    }),
  );
}

function namesOf(columns: readonly Column[]): string[] {
  return columns.map(({ name }) => name);
}

function cut(names: readonly string[]): string[] {
  return names.map(truncateIdentifier);
}
