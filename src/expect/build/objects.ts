/** Tasks for what stands beside the relations: schemas, extensions, enums, domains, sequences. */
import { quoteIdentifier, quoteLiteral, quoteQualified, truncateIdentifier } from "../../model/names.js";
import type { CheckFile } from "../check-file.js";
import { readEnum } from "../checks/enums.js";
import type { BuildTask } from "./tasks.js";

/** Every schema that something of the file stands in, once. */
export function schemaTasks(file: CheckFile, schema: string): BuildTask[] {
  const tasks = new Map<string, BuildTask>([[schema, schemaTask(schema, ["schema"])]]);
  const add = (name: string | null | undefined, path: BuildTask["path"]) => {
    if (name === null || name === undefined || tasks.has(truncateIdentifier(name))) return;
    tasks.set(truncateIdentifier(name), schemaTask(name, path));
  };
  for (const relation of file.names.values()) add(relation.schema, [...relation.path, "schema"]);
  for (const [section, entries] of [
    ["extensions", file.content.extensions],
    ["sequences", file.content.sequences],
    ["functions", file.content.functions],
  ] as const) {
    entries?.forEach((entry, i) => {
      if (typeof entry !== "string") add(entry.schema, [section, i, "schema"]);
    });
  }
  return [...tasks.values()];
}

function schemaTask(name: string, path: BuildTask["path"]): BuildTask {
  const statement = `create schema if not exists ${quoteIdentifier(truncateIdentifier(name))}`;
  return { path, part: "value", statement, defines: { kind: "schema", name } };
}

/** Run with search_path = public: without one of its own, an extension lands where it is usually found. */
export interface ExtensionTask extends BuildTask {
  readonly name: string;
  /** Null: the file names none. */
  readonly schema: string | null;
}

export function extensionTasks({ content }: CheckFile): ExtensionTask[] {
  return (content.extensions ?? []).map((entry, i) => {
    const { name, schema } = typeof entry === "string" ? { name: entry, schema: undefined } : entry;
    const named = schema === undefined ? null : truncateIdentifier(schema);
    const where = named === null ? "" : ` schema ${quoteIdentifier(named)}`;
    const statement = `create extension if not exists ${quoteIdentifier(name)}${where} cascade`;
    return { path: ["extensions", i], part: "value", statement, defines: null, name, schema: named };
  });
}

export function typeTasks({ content }: CheckFile, schema: string): BuildTask[] {
  const qualified = (name: string) => quoteQualified({ schema, name: truncateIdentifier(name) });
  const enums = [...(content.enums ?? [])].map(([name, entry]): BuildTask => {
    const statement = `create type ${qualified(name)} as enum (${readEnum(entry).labels.map(quoteLiteral).join(", ")})`;
    return { path: ["enums", name], part: "key", statement, defines: { kind: "type", name: truncateIdentifier(name) } };
  });
  const domains = [...(content.domains ?? [])].map(([name, definition]): BuildTask => {
    const statement = `create domain ${qualified(name)} as ${definition}\n`;
    return {
      path: ["domains", name],
      part: "value",
      statement,
      defines: { kind: "type", name: truncateIdentifier(name) },
    };
  });
  return [...enums, ...domains];
}

/** After the columns: a serial column makes its own, and the file may name that one, too. */
export function sequenceTasks({ content }: CheckFile, schema: string): BuildTask[] {
  return (content.sequences ?? []).map((entry, i) => {
    const { name, schema: own = schema } = typeof entry === "string" ? { name: entry } : entry;
    const sequence = { schema: truncateIdentifier(own), name: truncateIdentifier(name) };
    const statement = `create sequence if not exists ${quoteQualified(sequence)}`;
    return { path: ["sequences", i], part: "value", statement, defines: { kind: "relation", name: sequence.name } };
  });
}
