/** Shapes of the answers that are not the Report: types for the code, and what the OpenAPI document says about them. */
import { z } from "zod";
import { reportSchema } from "../report/index.js";

export { healthSchema } from "../report/index.js";

export const probeSchema = z
  .strictObject({
    status: z.enum(["pass", "fail"]),
    output: z.string().optional().describe("Why it is not pass."),
  })
  .meta({ id: "Probe", description: "Liveness or readiness of this process." });

export const problemSchema = z
  .strictObject({
    type: z.literal("about:blank"),
    title: z.string().describe("The status in words."),
    status: z.int().min(400).max(599),
    detail: z.string().describe("What is wrong, and what to do."),
    code: z.string().describe("Stable word for programs."),
    requestId: z.string().optional().describe("Finds the line in the log."),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details." });

const { verdict, checkedAt, features, history, repair } = reportSchema.shape;

export const featuresSchema = z
  .strictObject({ verdict, checkedAt, features })
  .meta({ id: "Features", description: "The features of the contract, and whether this schema serves them." });

export const migrationsSchema = z
  .strictObject({ verdict, checkedAt, history })
  .meta({ id: "Migrations", description: "Migration history, one entry for each application that has migrations." });

export const changesSchema = z
  .strictObject({
    total: z.int().nonnegative().describe("Since the service started."),
    changes: z.array(
      z.strictObject({
        at: z.string().describe("When the verification began that saw it, ISO 8601 UTC."),
        from: verdict.nullable().describe("Null: the first verdict of this process."),
        to: verdict,
        summary: z.string().nullable().describe("What was wrong, in counts, or why nobody could look."),
      }),
    ),
  })
  .meta({ id: "Changes", description: "The last changes of the verdict, newest first." });

export const planSchema = z
  .strictObject({ verdict, checkedAt, repair })
  .meta({ id: "Plan", description: "The repair plan for the gaps of the current report. Never executed." });

export const indexSchema = z
  .strictObject({
    name: z.literal("schemaready"),
    version: z.string(),
    routes: z.array(z.strictObject({ path: z.string(), description: z.string() })),
  })
  .meta({ id: "Index", description: "What can be asked here." });

export const openApiSchema = z
  .looseObject({ openapi: z.string() })
  .meta({ id: "OpenApi", description: "This document." });

const LONGEST_FEATURE_ID = 200;

const LONGEST_NAME = 200;
const MOST_NAMES = 100;
const nameList = (what: string) =>
  z.array(z.string().min(1).max(LONGEST_NAME)).min(1).max(MOST_NAMES).optional().describe(what);

/** What a caller may choose; without a body everything runs. */
export const smokeRunBody = z
  .strictObject({
    only: nameList("Ids of flows, also as application/flow; those that they need run as well."),
    tags: nameList("Tags of flows and steps; with ! in front, those without it."),
  })
  .nullish();

export const smokeRunParams = z.strictObject({ id: z.string().min(1).max(LONGEST_NAME).describe("Id of the run.") });

const runFacts = {
  id: z.string().describe("Of the run at this service."),
  begunBy: z
    .strictObject({
      address: z.string().nullable().describe("Where the request came from; behind a proxy, the proxy."),
      userAgent: z.string().nullable().describe("What the program calls itself."),
      idempotencyKey: z.string().nullable(),
    })
    .describe("Who asked for it, as far as a request tells."),
  only: z.array(z.string()).describe("What the caller chose; empty: all flows."),
  tags: z.array(z.string()).describe("As in the request."),
  state: z.enum(["running", "stopping", "ended", "broken"]).describe("broken: schemaready failed; its log says how."),
  startedAt: z.string().describe("ISO 8601, UTC."),
  endedAt: z.string().nullable().describe("Null while it runs."),
};

export const smokeRunSchema = z
  .strictObject({ ...runFacts, result: reportSchema.shape.smoke.describe("Null while it runs.") })
  .meta({ id: "SmokeRun", description: "A smoke run." });

export const smokeRunsSchema = z
  .strictObject({
    runs: z.array(
      z.strictObject({
        ...runFacts,
        outcome: z.enum(["passed", "warning", "failed"]).nullable().describe("Null while it runs."),
      }),
    ),
  })
  .meta({ id: "SmokeRuns", description: "The last smoke runs, newest first." });

/** Other parameters are allowed and mean nothing: monitors add some against caches. */
export const healthQuery = z.object({
  feature: z
    .string({ error: "must be given once" })
    .min(1, "must not be empty")
    .max(LONGEST_FEATURE_ID, `must have at most ${LONGEST_FEATURE_ID} characters`)
    .optional()
    .describe("Id of one feature, or application/id."),
});

/** Where people and jobs ask, a parameter that means nothing is a typing error: it must not get an old verdict. */
function strictQuery<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: ({ code, keys }) => {
      if (code !== "unrecognized_keys" || !Array.isArray(keys)) return undefined;
      const unknown = keys.map((key) => JSON.stringify(String(key).slice(0, LONGEST_FEATURE_ID))).join(", ");
      return `there is no parameter ${unknown} here; ${known === "" ? "this route takes none" : `this route takes ${known}`}`;
    },
  });
}

export const verifyQuery = strictQuery({
  refresh: z
    .enum(["true", "false"], { error: "must be true or false" })
    .optional()
    .describe("true: verify now and answer with the result."),
});

export const noQuery = strictQuery({});
