/** The shape of a health answer: its type, and what the OpenAPI document says about it. */
import { z } from "zod";

const healthStatus = z.enum(["pass", "warn", "fail"]);
export type HealthStatus = z.infer<typeof healthStatus>;

const check = z
  .strictObject({
    componentId: z.string().optional().describe("The object or the feature that the entry is about."),
    componentType: z.enum(["component", "datastore", "system"]),
    observedValue: z
      .union([z.string(), z.number()])
      .describe("Code of the gap, status of the feature, or a measurement."),
    observedUnit: z.string().optional(),
    status: healthStatus,
    time: z.string().describe("When the value was read, ISO 8601 UTC."),
    affectedEndpoints: z.array(z.string()).optional().describe("URI Templates (RFC 6570); left out on pass."),
    output: z.string().optional().describe("What is wrong; left out on pass."),
    gap: z.string().optional().describe("Id of the gap in the report."),
    features: z.array(z.string()).optional().describe("Ids of the features that feel it."),
  })
  .meta({ id: "HealthCheck", description: "One entry of `checks`." });
export type Check = z.infer<typeof check>;

export const healthSchema = z
  .strictObject({
    status: healthStatus.describe("pass and warn come with 200, fail with 503."),
    version: z.literal("1").describe("Version of this format."),
    releaseId: z.string().describe("Version of schemaready."),
    serviceId: z.literal("schemaready"),
    description: z.string().optional().describe("The feature that was asked for."),
    output: z.string().optional().describe("Why it is not pass."),
    notes: z.array(z.string()).optional().describe("When the schema was looked at."),
    links: z.strictObject({ about: z.string().describe("Where the report is.") }),
    checks: z
      .record(z.string(), z.array(check))
      .optional()
      .describe("`component:measurement` to entries; only for callers with access to details."),
  })
  .meta({ id: "Health", description: "application/health+json, draft-inadarei-api-health-check-06." });
export type HealthBody = z.infer<typeof healthSchema>;
