/** The whole check file, and its JSON Schema for editors. */
import { z } from "zod";
import { names, section, text } from "./blocks.js";
import { feature, migrations } from "./features.js";
import { enumType, extension, functionEntry, relation, sequence } from "./relations.js";
import { smoke } from "./smoke.js";
import { expectSection } from "./sources.js";

/** Validates one check file, parsed from YAML. Takes and returns the same value: no defaults, no changes. */
export const checkFileSchema = section({
  $schema: z.string().optional().describe("For editors; not read."),
  version: z.literal(1).describe("Version of the check-file format."),
  application: text.describe("Name of the application."),
  schema: text.optional().describe("Schema of its objects; default: ?schema= of the connection URL, else public."),
  role: z
    .union([text, z.literal(false)])
    .optional()
    .describe("Role the application connects as; false: privileges are not judged; absent: the connected role."),
  expect: expectSection
    .optional()
    .describe("What the schema is taken from; everything in it is expected, and features may name it."),
  extensions: z.array(extension).optional().describe("Extensions that must be installed."),
  enums: names(enumType).optional().describe("Enum type -> labels, in order."),
  domains: names(text.describe("As after CREATE DOMAIN name AS: `text not null check (value like '%@%')`."))
    .optional()
    .describe("Domain -> its definition."),
  sequences: z.array(sequence).optional().describe("Sequences that must exist (those of serial columns are implied)."),
  functions: z.array(functionEntry).optional().describe("Functions that must exist."),
  relations: names(relation).optional().describe("What is named is required; nothing else is looked at."),
  migrations: migrations.optional().describe("Migrations that the deployed code needs."),
  features: names(feature).optional().describe("Parts of the application and what each needs: the unit of impact."),
  smoke: smoke.optional().describe("Flows that exercise the running application."),
});

export type CheckFileContent = z.output<typeof checkFileSchema>;
type Present<T> = Exclude<T, undefined>;
type ValueOf<T> = T extends Map<string, infer V> ? V : never;

export type RelationSection = ValueOf<Present<CheckFileContent["relations"]>>;
export type EnumSection = ValueOf<Present<CheckFileContent["enums"]>>;
export type ColumnSection = ValueOf<Present<RelationSection["columns"]>>;
export type UniqueSection = Present<RelationSection["unique"]>[number];
export type IndexSection = Present<RelationSection["indexes"]>[number];
export type IndexKeySection = Extract<IndexSection, readonly unknown[]>[number];
export type ForeignKeySection = Present<RelationSection["foreignKeys"]>[number];
export type FeatureSection = ValueOf<Present<CheckFileContent["features"]>>;
export type WrittenSection = ValueOf<Present<FeatureSection["writes"]>>;
export type SmokeSection = Present<CheckFileContent["smoke"]>;
export type FlowSection = ValueOf<SmokeSection["flows"]>;
export type StepSection = ValueOf<FlowSection["steps"]>;
export type RequestSection = Present<StepSection["request"]>;
export type AssertSection = Present<StepSection["assert"]>;
export type CaptureSection = ValueOf<Present<StepSection["capture"]>>;
export type SqlSection = Present<StepSection["sql"]>;

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The check file as JSON Schema (draft 2020-12): src/generate.ts writes it to openapi/check-file.schema.json. */
export function checkFileJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = jsonSchemaOf(checkFileSchema);
  return {
    $schema,
    title: "schemaready check file",
    description: "What an application needs from its database: relations, migrations, features, smoke flows.",
    ...rest,
  };
}

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "input",
    // A Map has no JSON Schema of its own; as YAML it is an object with keys of the author's choice.
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (!(zodSchema instanceof z.ZodMap)) return;
      const { $schema: _, ...value } = jsonSchemaOf(zodSchema.valueType as z.ZodType);
      Object.assign(jsonSchema, { type: "object", additionalProperties: value });
    },
  });
}
