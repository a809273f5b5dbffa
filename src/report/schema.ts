/**
 * The Report (src/model/report.ts) as a zod schema: what `verify --format json` and `GET /schema/verify` promise.
 * The types at the end of this file do not compile unless the schema and the model say the same.
 */
import { z } from "zod";
import { RECORD_TOOLS } from "../model/migrations.js";
import {
  CAUSE_CODES,
  GAP_CODES,
  type History,
  type Json,
  MIGRATION_STATUSES,
  REPORT_FORMAT_VERSION,
  type Report,
  type SmokeResult,
  SUBJECT_KINDS,
} from "../model/report.js";
import type { Holds, Same } from "../model/same-type.js";
import { repairSchema } from "./schema-repair.js";
import { smokeSchema } from "./schema-smoke.js";

const json: z.ZodType<Json> = z
  .lazy(() => z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]))
  .meta({ id: "Json", description: "Any JSON value." });

const ids = (of: string) => z.array(z.string()).describe(`Ids of ${of}.`);
const count = (of: string) => z.int().nonnegative().describe(of);
const operation = z.enum(["select", "insert", "update", "delete"]).describe("Kind of statement.");

const subject = z
  .strictObject({
    kind: z.enum(SUBJECT_KINDS).describe("What sort of object it is."),
    schema: z.string().nullable().describe("Schema of the object; null when it has none."),
    relation: z.string().nullable().describe("The relation it belongs to: for columns, indexes, constraints, rows."),
    name: z.string().describe("The object's own name, exactly as the catalog stores it."),
  })
  .meta({ id: "Subject", description: "The object a finding is about." });

const target = z
  .strictObject({
    host: z.string().describe("Host name, address or socket directory; empty when no database was given."),
    port: z.int().nonnegative().describe("Port; 0 when no database was given."),
    database: z.string().describe("Database that was looked at."),
    user: z.string().describe("The role that looked."),
    server: z.string().nullable().describe("Version as the server says it; null when it could not be asked."),
    schema: z.string().describe("Schema of every object that is written without one."),
    searchPath: z.array(z.string()).nullable().describe("The role's effective search_path; null when unknown."),
    inRecovery: z.boolean().nullable().describe("True on a read-only replica; null when unknown."),
  })
  .meta({ id: "Target", description: "Where we looked. Never a password." });

const summary = z
  .strictObject({
    expectations: count("Required facts: satisfied + gaps that stand for one + implied + unverified."),
    satisfied: count("Expectations that the database satisfies."),
    gaps: count("Gaps in this report."),
    implied: count("Expectations that follow from a missing parent (the columns of a missing table)."),
    unverified: count("Expectations that could not be looked at."),
  })
  .meta({ id: "Summary", description: "Counts; docs/report.md says how they add up." });

const gap = z
  .strictObject({
    id: z.string().describe("Stable between runs: the same gap has the same id."),
    code: z.enum(GAP_CODES).describe("What sort of gap; never reused, never renumbered."),
    severity: z.enum(["error", "warning"]).describe("error: statements fail. warning: slower or less safe."),
    subject,
    expected: json.describe("What the contract requires, in the words of PostgreSQL."),
    actual: json.describe("What the database has; null when there is nothing."),
    applications: z.array(z.string()).describe("Applications whose contract has the expectation."),
    introducedBy: z.string().nullable().describe("Migration that brings the object, when the contract knows it."),
    causes: ids("the causes that explain it"),
    features: ids("the features that it breaks or degrades"),
    operations: z.array(operation).describe("The statements that feel it."),
    message: z.string().describe("One sentence for people."),
  })
  .meta({ id: "Gap", description: "An expectation that the database does not satisfy." });

const symptom = z
  .strictObject({
    sqlstate: z.string().describe("PostgreSQL's error code."),
    prisma: z.string().nullable().describe("The Prisma client's code for it (P2021, P2022, ...)."),
    operation,
  })
  .meta({ id: "Symptom", description: "What the users of a feature see." });

const feature = z
  .strictObject({
    id: z.string().describe("Id of the feature in its check file."),
    application: z.string().describe("Application it belongs to."),
    title: z.string().describe("Name for people."),
    status: z.enum(["working", "degraded", "broken", "unverified"]).describe("What the gaps do to it."),
    endpoints: z.array(z.string()).describe("`METHOD /path/{parameter}`"),
    gaps: ids("the gaps that break or degrade it"),
    symptoms: z.array(symptom).describe("What its users see."),
  })
  .meta({ id: "FeatureResult", description: "A named part of the application, and whether this schema serves it." });

const cause = z
  .strictObject({
    id: z.string().describe("Stable between runs."),
    code: z.enum(CAUSE_CODES).describe("What sort of cause."),
    confidence: z.enum(["certain", "likely", "possible"]).describe("How sure the evidence makes us."),
    explains: ids("the gaps it explains"),
    unverified: z.array(subject).describe("What could not be looked at because of it."),
    message: z.string().describe("One sentence for people."),
    evidence: z
      .array(
        z.strictObject({
          fact: z.string().describe("What was seen."),
          source: z.string().describe("Where it was seen."),
        }),
      )
      .describe("The rows and facts that prove it, and where each was seen."),
  })
  .meta({ id: "Cause", description: "Why a group of gaps exists." });

const migration = z
  .strictObject({
    name: z.string().describe("Name of the migration."),
    status: z
      .enum(MIGRATION_STATUSES)
      .describe(
        "What record table and expected migrations say together. Done: applied, edited (another text now), recorded-without-running, forged (the tool did not write the row). Not done: pending, running, failed, rolled-back, out-of-order. unknown: this build does not have it.",
      ),
    required: z.boolean().describe("Whether the contract requires it."),
    blocks: z.boolean().describe("Whether the tool refuses to run anything as long as its row stands as it is."),
    startedAt: z.string().nullable().describe("From the record, ISO 8601 UTC."),
    finishedAt: z.string().nullable().describe("From the record, ISO 8601 UTC."),
    note: z.string().nullable().describe("What a person should know about the record."),
  })
  .meta({ id: "Migration", description: "One migration with its state." });

const history = z
  .strictObject({
    application: z.string().describe("Application whose migrations these are."),
    tool: z.enum(RECORD_TOOLS).describe("Migration tool."),
    table: z.string().nullable().describe("The record table, `schema.table`; null when none was found."),
    state: z
      .enum(["up-to-date", "behind", "ahead", "diverged", "none", "unreadable"])
      .describe("Database against build: `none` is no record table, `unreadable` is one we may not read."),
    migrations: z.array(migration).describe("Oldest first."),
  })
  .meta({ id: "History", description: "What the record table and the expected migrations say together." });

const extra = z
  .strictObject({ subject, message: z.string().describe("One sentence for people.") })
  .meta({ id: "Extra", description: "Present but not expected: information, never a gap." });

const unverified = z
  .strictObject({
    subject,
    reason: z.string().describe("Why it could not be looked at."),
    sqlstate: z.string().nullable().describe("PostgreSQL's error code, when the server answered."),
    features: ids("the features that depend on it"),
  })
  .meta({ id: "Unverified", description: "Could not be looked at: neither fine nor a gap." });

const severity = z.enum(["error", "warning"]);

/** A gap that was accepted: in a report, and in the file of a baseline. */
export const baselineEntrySchema = z
  .strictObject({
    id: z.string().min(1).describe("The gap's id. By it the gap is known again, whatever its message says."),
    code: z.enum(GAP_CODES).describe("Code of the gap."),
    severity: severity.describe("error: statements fail because of it."),
    subject,
    note: z.string().exactOptional().describe("Why it is accepted, in the words of a person."),
  })
  .meta({ id: "BaselineEntry", description: "A gap that was accepted." });

const baselineSchema = z
  .strictObject({
    accepted: z
      .array(
        z.strictObject({
          id: z.string().describe("Id of the gap."),
          severity: severity.describe("Without the baseline."),
        }),
      )
      .describe("Gaps that the baseline accepts."),
    stale: z.array(baselineEntrySchema).describe("Entries of gaps that are not there any more."),
  })
  .meta({ id: "BaselineComparison", description: "The report beside a baseline." });

export const reportSchema = z
  .strictObject({
    formatVersion: z.literal(REPORT_FORMAT_VERSION).describe("Changes when a reader of this format would break."),
    tool: z
      .strictObject({
        name: z.string().describe("schemaready"),
        version: z.string().describe("Version of the package."),
      })
      .describe("Who made the report."),
    verdict: z
      .enum(["pass", "warn", "fail", "unverified"])
      .describe("fail: a gap breaks statements. unverified: could not look. warn: gaps that only degrade. pass: none."),
    checkedAt: z.iso.datetime().describe("When the verification began, UTC."),
    durationMs: z.number().nonnegative().describe("How long it took, in milliseconds."),
    target,
    contract: z
      .strictObject({
        id: z.string().describe("`sha256:` and the digest of the content; empty when no contract was compiled."),
        source: z.string().describe("What it was compiled from."),
        objects: count("Objects that the contract names."),
      })
      .describe("What was expected."),
    summary,
    features: z.array(feature).describe("Every feature of the contract, working ones too."),
    gaps: z.array(gap).describe("Each gap once; features and causes refer to it by id."),
    causes: z.array(cause).describe("Why the gaps exist."),
    history: z.array(history).describe("Migration history, one entry for each application that has migrations."),
    repair: repairSchema,
    extras: z.array(extra).describe("Present but not expected."),
    unverified: z.array(unverified).describe("What could not be looked at, with the reason."),
    smoke: smokeSchema.nullable().describe("Result of a smoke run; null when none was made."),
    baseline: baselineSchema
      .exactOptional()
      .describe("What a baseline accepts; absent when none was given. Accepted gaps stand in `gaps` as warnings."),
    gate: z
      .enum(["pass", "warn", "fail", "unverified"])
      .exactOptional()
      .describe("Verdict of schema and smoke run together; only `schemaready gate` gives it."),
  })
  .meta({ id: "Report", title: "schemaready report, format version 1" });

/** The JSON Schema (draft 2020-12) of the Report, with a description on every field. */
export function reportJsonSchema(): Record<string, unknown> {
  const { $schema, $defs = {} } = z.toJSONSchema(reportSchema, { target: "draft-2020-12" });
  // zod puts everything with an id into $defs, the Report too; readers expect it at the top.
  const { Report: top, ...parts } = $defs;
  return { $schema, ...top, $defs: parts };
}

type File = z.infer<typeof reportSchema>;

/** The compiler's proof that schema and model agree; `false` here is a type error. */
export type SchemaMatchesModel = [
  Holds<Same<File, Report>>,
  Holds<Same<File["history"][number], History>>,
  Holds<Same<NonNullable<File["smoke"]>, SmokeResult>>,
];
