/** Tasks for relations: tables, one statement for each column, keys, checks, indexes, foreign keys. */
import { type QualifiedName, quoteIdentifier, quoteQualified, truncateIdentifier } from "../../model/names.js";
import type { CheckFile } from "../check-file.js";
import { readIndexKey } from "../checks/index-key.js";
import { findColumn, findRelation, type NamedRelation } from "../names.js";
import type { ForeignKeySection, IndexKeySection, IndexSection, UniqueSection } from "../schema/check-file.js";
import { scanSql } from "../text/sql-scan.js";
import type { BuildTask } from "./tasks.js";

/** Begins the names of what the build needs and the file does not say; never part of the contract. */
export const HELPER_PREFIX = "schemaready_helper_";

export function qualify(relation: NamedRelation, schema: string): QualifiedName {
  return { schema: relation.schema ?? schema, name: relation.name };
}

/** Every relation is built as a table: what the application needs of a view is its columns. */
export function tableTasks({ names }: CheckFile, schema: string): BuildTask[] {
  return [...names.values()].map((relation) => ({
    path: relation.path,
    part: "key",
    statement: `create table ${quoteQualified(qualify(relation, schema))} ()`,
    defines: { kind: "relation", name: relation.name },
  }));
}

/** One statement a column: what PostgreSQL refuses is refused at the very definition. */
export function columnTasks({ names }: CheckFile, schema: string): BuildTask[] {
  return [...names.values()].flatMap((relation) =>
    [...relation.columns.values()].map(({ name, definition, definitionPath }) => ({
      path: definitionPath,
      part: "value",
      // The line break ends a comment that the definition may end with.
      statement: `${alter(relation, schema)} add column ${quoteIdentifier(name)} ${definition}\n`,
      defines: { kind: "column", name },
    })),
  );
}

/** Keys before checks and indexes, foreign keys at the end: they need the keys of others. */
export function constraintTasks(file: CheckFile, schema: string): BuildTask[] {
  const relations = [...file.names.values()];
  return [
    ...relations.flatMap((relation) => keyTasks(relation, schema)),
    ...relations.flatMap((relation) => checkTasks(relation, schema)),
    ...relations.flatMap((relation) => indexTasks(relation, schema)),
    ...relations.flatMap((relation) =>
      (relation.section.foreignKeys ?? []).map((section, i) => foreignKeyTask(file, relation, section, i, schema)),
    ),
  ];
}

function alter(relation: NamedRelation, schema: string): string {
  return `alter table ${quoteQualified(qualify(relation, schema))}`;
}

function nameList(names: readonly string[]): string {
  return names.map((name) => quoteIdentifier(truncateIdentifier(name))).join(", ");
}

function constraintName(name: string | undefined): string {
  return name === undefined ? "" : `constraint ${quoteIdentifier(truncateIdentifier(name))} `;
}

interface Deferral {
  readonly deferrable?: boolean | undefined;
  readonly initiallyDeferred?: boolean | undefined;
}

function deferral({ deferrable, initiallyDeferred }: Deferral): string {
  const first = deferrable === undefined ? "" : deferrable ? " deferrable" : " not deferrable";
  const second = initiallyDeferred === undefined ? "" : ` initially ${initiallyDeferred ? "deferred" : "immediate"}`;
  return first + second;
}

function keyTasks(relation: NamedRelation, schema: string): BuildTask[] {
  const { section, path } = relation;
  const tasks = (section.unique ?? []).map((entry, i): BuildTask => {
    const statement = `${alter(relation, schema)} add ${uniqueText(entry)}`;
    return { path: [...path, "unique", i], part: "value", statement, defines: null };
  });
  if (section.primaryKey === undefined || hasInlineKey(relation, section.primaryKey)) return tasks;
  const statement = `${alter(relation, schema)} add primary key (${nameList(section.primaryKey)})`;
  return [{ path: [...path, "primaryKey"], part: "value", statement, defines: null }, ...tasks];
}

/** `id: text primary key` and `primaryKey: [id]` say the same. */
function hasInlineKey(relation: NamedRelation, columns: readonly string[]): boolean {
  const [name, ...others] = columns;
  const column = name === undefined || others.length > 0 ? null : findColumn(relation, name);
  return column !== null && hasWords(column.definition, ["primary", "key"]);
}

/** Whether the words follow each other outside of parentheses and quotes. */
export function hasWords(definition: string, wanted: readonly string[]): boolean {
  const { words } = scanSql(definition);
  return words.some((_, i) => wanted.every((word, j) => words[i + j] === word));
}

function uniqueText(entry: UniqueSection): string {
  if (Array.isArray(entry)) return `unique (${nameList(entry)})`;
  const nulls = entry.nullsNotDistinct === true ? " nulls not distinct" : "";
  const include = entry.include === undefined ? "" : ` include (${nameList(entry.include)})`;
  return `${constraintName(entry.name)}unique${nulls} (${nameList(entry.columns)})${include}${deferral(entry)}`;
}

function checkTasks(relation: NamedRelation, schema: string): BuildTask[] {
  const { section, path } = relation;
  const checks = (section.checks ?? []).map((entry, i): BuildTask => {
    const { name, expression } = typeof entry === "string" ? { name: undefined, expression: entry } : entry;
    const statement = `${alter(relation, schema)} add ${constraintName(name)}check (${expression}\n)`;
    return { path: [...path, "checks", i], part: "value", statement, defines: null };
  });
  const exclusions = (section.exclusions ?? []).map((text, i): BuildTask => {
    const statement = `${alter(relation, schema)} add exclude ${text}\n`;
    return { path: [...path, "exclusions", i], part: "value", statement, defines: null };
  });
  return [...checks, ...exclusions];
}

function indexTasks(relation: NamedRelation, schema: string): BuildTask[] {
  return (relation.section.indexes ?? []).map((index, i) => {
    const table = quoteQualified(qualify(relation, schema));
    return {
      path: [...relation.path, "indexes", i],
      part: "value",
      statement: indexText(relation, table, index),
      defines: null,
    };
  });
}

function indexText(relation: NamedRelation, table: string, index: IndexSection): string {
  const key = (section: IndexKeySection) => indexKeyText(relation, section);
  if (Array.isArray(index)) return `create index on ${table} (${index.map(key).join(", ")})`;
  const name = index.name === undefined ? "" : `${quoteIdentifier(truncateIdentifier(index.name))} `;
  const nulls = index.nullsNotDistinct === true ? " nulls not distinct" : "";
  return [
    `create${index.unique === true ? " unique" : ""} index ${name}on ${table}`,
    index.method === undefined ? "" : ` using ${quoteIdentifier(index.method)}`,
    ` (${index.columns.map(key).join(", ")})`,
    index.include === undefined ? "" : ` include (${nameList(index.include)})`,
    nulls,
    index.where === undefined ? "" : ` where (${index.where}\n)`,
  ].join("");
}

function indexKeyText(relation: NamedRelation, section: IndexKeySection): string {
  const key = readIndexKey(section, (name) => findColumn(relation, name) !== null);
  return [
    key.column === null ? `(${key.expression ?? ""}\n)` : quoteIdentifier(truncateIdentifier(key.column)),
    key.collation === null ? "" : ` collate ${quoteIdentifier(key.collation)}`,
    key.operatorClass === null ? "" : ` ${quoteIdentifier(key.operatorClass)}`,
    key.order === null ? "" : ` ${key.order}`,
    key.nulls === null ? "" : ` nulls ${key.nulls}`,
  ].join("");
}

function foreignKeyTask(
  file: CheckFile,
  relation: NamedRelation,
  section: ForeignKeySection,
  i: number,
  schema: string,
): BuildTask {
  const target = findRelation(file.names, section.references);
  const table = target === null ? quoteIdentifier(section.references) : quoteQualified(qualify(target, schema));
  const { referencedColumns, match, onDelete, onUpdate } = section;
  const statement = [
    `${alter(relation, schema)} add ${constraintName(section.name)}foreign key (${nameList(section.columns)})`,
    ` references ${table}`,
    referencedColumns === undefined ? "" : ` (${nameList(referencedColumns)})`,
    match === undefined ? "" : ` match ${match}`,
    onDelete === undefined ? "" : ` on delete ${onDelete}`,
    onUpdate === undefined ? "" : ` on update ${onUpdate}`,
    deferral(section),
  ].join("");
  const task: BuildTask = { path: [...relation.path, "foreignKeys", i], part: "value", statement, defines: null };
  if (referencedColumns === undefined) return task;
  // The file need not say that the referenced columns are unique: 42830 is not its author's mistake.
  const position = [...file.names.values()].indexOf(relation);
  const helper = quoteIdentifier(`${HELPER_PREFIX}${position}_${i}`);
  const remedy = `create unique index ${helper} on ${table} (${nameList(referencedColumns)})`;
  return { ...task, remedy: { sqlstate: "42830", statement: remedy } };
}
