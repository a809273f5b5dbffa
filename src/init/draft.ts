/** The text of a first check file. Pure. */
import type { Application, ExpectedRelation } from "../model/contract.js";
import { compareText, qualifiedKey } from "../model/names.js";
import { yamlList, yamlText } from "./yaml-text.js";

/** A line of the section `expect`, without indentation: `sql: ../structure.sql`. */
export type ExpectLine = string;

export interface DraftInput {
  readonly application: string;
  /** Null: the file names none. */
  readonly schema: string | null;
  readonly expect: ExpectLine;
  /** Other sources that could stand there. */
  readonly others: readonly ExpectLine[];
  /** Path of the JSON Schema, for editors; null: not installed. */
  readonly jsonSchema: string | null;
  /** What the source gives, for examples with names that exist. */
  readonly known: Application;
}

/** A check file that expects everything of the source, with examples to uncomment. */
export function draftCheckFile({ application, schema, expect, others, jsonSchema, known }: DraftInput): string {
  const lines = [
    ...(jsonSchema === null ? [] : [`# yaml-language-server: $schema=${jsonSchema}`]),
    "# What the application needs from its database. docs/check-files.md of schemaready explains every key.",
    "version: 1",
    `application: ${yamlText(application)}`,
    ...(schema === null ? [] : [`schema: ${yamlText(schema)}`]),
    "# The role that the application connects as, whose privileges are judged; without it, the one that looks:",
    "# role: app_user",
    "",
    "# Everything that this makes must be there.",
    "expect:",
    `  ${expect}`,
    ...(others.length === 0
      ? []
      : ["  # Or one of these, which were found as well:", ...others.map((each) => `  # ${each}`)]),
    "",
    "# The parts of the application and what each of them uses: then a report says what is broken, and for whom.",
    "# Uncomment and adapt:",
    ...exampleFeatures(known).map((line) => `# ${line}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** Features about relations that exist. Uncommented they are right, but for what the application really does. */
function exampleFeatures(known: Application): string[] {
  const examples = centralRelations(known)
    .slice(0, 2)
    .map((relation) => exampleFeature(relation, known.schema));
  return ["features:", ...examples.flat()];
}

function exampleFeature({ schema, name, columns }: ExpectedRelation, home: string): string[] {
  const key = yamlText(schema === home ? name : `${schema}.${name}`);
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  const path = slug === "" ? "example" : slug;
  const some = columns.slice(0, 3).map((column) => column.name);
  return [
    `  ${yamlText(`list-${path}`)}:`,
    `    title: ${yamlText(`List ${name}`)}`,
    `    endpoints: ["GET /api/${path}"]`,
    `    reads: { ${key}: ${yamlList(some)} }`,
  ];
}

/** Tables with columns; those that others refer to most come first. */
function centralRelations({ relations, schema }: Application): ExpectedRelation[] {
  const references = new Map<string, number>();
  for (const { constraints } of relations) {
    for (const constraint of constraints) {
      if (constraint.kind !== "foreign-key") continue;
      const key = qualifiedKey(constraint.references);
      references.set(key, (references.get(key) ?? 0) + 1);
    }
  }
  const weight = (relation: ExpectedRelation) => references.get(qualifiedKey(relation)) ?? 0;
  const away = (relation: ExpectedRelation) => (relation.schema === schema ? 0 : 1);
  return relations
    .filter(({ columns }) => columns.length > 0)
    .sort((a, b) => away(a) - away(b) || weight(b) - weight(a) || compareText(a.name, b.name));
}
