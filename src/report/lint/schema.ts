/**
 * What `lint --format json` promises (src/model/lint.ts), as a zod schema. The types at the end of this file do not
 * compile unless the schema and the model say the same.
 */
import { z } from "zod";
import {
  DIRECTORY_CODES,
  FINDING_SEVERITIES,
  LINT_CODES,
  LINT_FORMAT_VERSION,
  LINT_HAZARD_KINDS,
  type LintFinding,
  type LintHazard,
  type LintResult,
  LOCK_MODES,
  STATEMENT_CODES,
} from "../../model/lint.js";
import { MIGRATION_TOOLS, MIGRATION_WARNING_CODES } from "../../model/migrations.js";
import type { Holds, Same } from "../../model/same-type.js";

const count = (of: string) => z.int().nonnegative().describe(of);

export const lintHazard = z
  .strictObject({
    kind: z.enum(LINT_HAZARD_KINDS).describe("What sort of danger."),
    lock: z.enum(LOCK_MODES).nullable().describe("Of kind lock: the mode, by PostgreSQL's name; null otherwise."),
    subject: z.string().nullable().describe("What it happens to, as the statement writes it."),
  })
  .meta({ id: "LintHazard", description: "A typed danger of a statement." });

export const findingCodes = [
  ...new Set([...LINT_CODES, ...STATEMENT_CODES, ...DIRECTORY_CODES, ...MIGRATION_WARNING_CODES]),
];

const finding = z
  .strictObject({
    code: z.enum(findingCodes).describe("`schemaready explain CODE` prints its page; never reused, never renumbered."),
    severity: z
      .enum(FINDING_SEVERITIES)
      .describe("error: it fails, or the tool refuses it. warning: it can hurt. note: worth knowing."),
    migration: z.string().nullable().describe("Name as the tool records it; null: about no single migration."),
    file: z.string().nullable().describe("Relative to the directory, with /."),
    line: z.int().positive().nullable().describe("1-based; null: about the file as a whole."),
    statement: z.string().nullable().describe("Begin of the statement, on one line, without passwords."),
    sqlstate: z.string().nullable().describe("Only where the throwaway PostgreSQL refused the statement."),
    message: z.string().describe("What is wrong."),
    why: z.string().describe("Why it matters, or why it happens."),
    fix: z.string().describe("What to do."),
    hazards: z.array(lintHazard).describe("Dangers of the statement; empty: none that is known."),
  })
  .meta({ id: "LintFinding", description: "One finding at one place." });

export const lintSchema = z
  .strictObject({
    formatVersion: z.literal(LINT_FORMAT_VERSION).describe("Changes when a reader of this format would break."),
    tool: z.strictObject({ name: z.string(), version: z.string() }).describe("What wrote this."),
    directory: z.string().describe("The directory of migrations; relative where it can be."),
    migrationTool: z.enum(MIGRATION_TOOLS).describe("The tool whose migrations they are."),
    migrations: count("Migrations in the directory."),
    newMigrations: count("Those that the contract compiled before does not know.")
      .nullable()
      .describe("Null: no contract was given, and every migration was looked at."),
    replayed: z.boolean().describe("Whether the migrations were run in a throwaway PostgreSQL."),
    summary: z
      .strictObject({
        errors: count("Findings of severity error."),
        warnings: count("Findings of severity warning."),
        notes: count("Findings of severity note."),
      })
      .describe("Counts of the findings."),
    findings: z
      .array(finding)
      .describe("By migration in the order in which they run, then by line; what belongs to none stands first."),
    arrangements: z.array(z.string()).describe("What was arranged so that the replay could run."),
  })
  .meta({ id: "LintResult", title: "schemaready lint, format version 1" });

/** The JSON Schema (draft 2020-12) of `lint --format json`. */
export function lintJsonSchema(): Record<string, unknown> {
  const { $schema, $defs = {} } = z.toJSONSchema(lintSchema, { target: "draft-2020-12" });
  // zod puts everything with an id into $defs, the result too; readers expect it at the top.
  const { LintResult: top, ...parts } = $defs;
  return { $schema, ...top, $defs: parts };
}

type File = z.infer<typeof lintSchema>;

/** The compiler's proof that schema and model agree; `false` here is a type error. */
export type SchemaMatchesModel = [
  Holds<Same<File, LintResult>>,
  Holds<Same<File["findings"][number], LintFinding>>,
  Holds<Same<File["findings"][number]["hazards"][number], LintHazard>>,
];
