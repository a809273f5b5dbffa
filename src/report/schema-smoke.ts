/** The smoke part of the Report's schema (src/report/schema.ts). */
import { z } from "zod";

export const outcome = z
  .enum(["passed", "failed", "errored", "skipped"])
  .describe("failed: a claim was false. errored: could not run. skipped: something it needs did not pass.");

const attribution = z
  .strictObject({
    kind: z
      .enum(["proved", "declared", "none"])
      .describe("proved: the error names the object. declared: the feature needs it. none: no schema cause."),
    gaps: z.array(z.string()).describe("Ids of the gaps behind the failure."),
    message: z.string().describe("One sentence for people."),
  })
  .meta({ id: "Attribution", description: "Why a step failed, as far as the database can tell." });

const requiredObject = z
  .strictObject({
    schema: z.string().describe("Schema of the object."),
    relation: z.string().nullable().describe("Relation of a column; null for anything else."),
    name: z.string().describe("Name of the object."),
  })
  .meta({ id: "RequiredObject", description: "An object of the schema that a step needs." });

export const stepSchema = z
  .strictObject({
    id: z.string().describe("Name of the step in its flow."),
    title: z.string().describe("Name for people."),
    feature: z.string().nullable().describe("Feature that the step exercises."),
    outcome,
    durationMs: z.number().nonnegative().describe("In milliseconds, polling included."),
    request: z.string().nullable().describe("`POST http://host/path`, secrets replaced; null for SQL steps."),
    status: z.int().nullable().describe("HTTP status of the answer; null when there was none."),
    failures: z.array(z.string()).describe("Each claim that was false, or why the step could not run."),
    severity: z
      .enum(["warning", "info"])
      .exactOptional()
      .describe("What a failure of this step means; absent: it fails the run. info: it is told and nothing more."),
    warnings: z
      .array(z.string())
      .exactOptional()
      .describe("What fails nothing: a step that was slow. Absent: nothing."),
    requires: z
      .array(requiredObject)
      .exactOptional()
      .describe("Objects that the step needs besides those of its feature."),
    body: z.string().nullable().describe("Excerpt of the answer, redacted; only for steps that did not pass."),
    curl: z
      .string()
      .nullable()
      .describe("The request as a command line for a POSIX shell, secrets as variables; only when it did not pass."),
    place: z
      .strictObject({
        file: z.string().describe("Path of the check file."),
        line: z.int().positive().describe("As editors count, from 1."),
      })
      .nullable()
      .describe("Where the step stands in its check file; null when that is not known."),
    attribution: attribution.nullable().describe("Null for steps that passed or were skipped."),
  })
  .meta({ id: "StepResult", description: "One smoke action and its outcome." });

const flow = z
  .strictObject({
    id: z.string().describe("Name of the flow in its check file."),
    application: z.string().describe("Application it belongs to."),
    title: z.string().describe("Name for people."),
    outcome,
    steps: z.array(stepSchema).describe("In the order in which they ran."),
  })
  .meta({ id: "FlowResult", description: "One flow with its steps." });

export const cleanupOutcome = z
  .enum(["passed", "failed", "nothing-to-do", "kept"])
  .describe("failed: something stayed behind. kept: nothing was tried, because everything was to stay (--keep).");

const cleanup = z
  .strictObject({
    outcome: cleanupOutcome,
    steps: z.array(stepSchema).describe("Clean-up requests, last-in first-out."),
    leftovers: z.array(z.string()).describe("What the run created and could not, or was not to, remove."),
  })
  .meta({ id: "CleanupResult", description: "Removing what the run created; its own verdict." });

export const smokeSchema = z
  .strictObject({
    runId: z.string().describe("Id of the run; requests carry it."),
    baseUrl: z.string().describe("Where the requests went."),
    startedAt: z.iso.datetime().describe("When the run began, UTC."),
    durationMs: z.number().nonnegative().describe("How long it took, in milliseconds."),
    outcome: z
      .enum(["passed", "warning", "failed"])
      .describe("failed: a step failed or errored. warning: only steps that warn did. Clean-up has its own outcome."),
    flows: z.array(flow).describe("Every flow that was asked for."),
    cleanup,
  })
  .meta({ id: "SmokeResult", description: "What a smoke run saw." });
