/** Smoke flows as people write them; src/expect/smoke turns them into src/model/flow.ts. */
import { z } from "zod";
import type { Json } from "../../model/report.js";
import { exactlyOne, names, section, text } from "./blocks.js";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const duration = z.int().min(1).max(3_600_000);
const status = z.int().min(100).max(599);
const statuses = z.union([status, z.array(status).min(1)]);

/** Mappings inside are Map: toJson makes plain objects of them. */
export const json = z.custom<unknown>((value) => isJson(value), "expected a JSON value");

function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (value instanceof Map) return [...value.values()].every(isJson);
  return typeof value === "object" && Object.values(value).every(isJson);
}

/** A validated JSON value, with plain objects instead of maps; `__proto__` becomes an ordinary property. */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number") {
    return value;
  }
  if (Array.isArray(value)) return value.map(toJson);
  const entries = value instanceof Map ? [...value] : Object.entries(value ?? {});
  return Object.fromEntries(entries.map(([key, each]) => [String(key), toJson(each)]));
}

export const PREDICATES = [
  "equals",
  "notEquals",
  "contains",
  "matches",
  "exists",
  "type",
  "length",
  "atLeast",
  "atMost",
  "greaterThan",
  "lessThan",
] as const;

const predicateSection = section({
  equals: json.optional().describe("Equal as JSON."),
  notEquals: json.optional().describe("Not equal as JSON."),
  contains: z.string().optional().describe("Holds this text, or a list holds it as an element."),
  matches: text.optional().describe("Matches this JavaScript regular expression (flag u)."),
  exists: z.boolean().optional().describe("Is there, or is not there."),
  type: z.enum(["string", "number", "boolean", "object", "array", "null"]).optional().describe("JSON type."),
  length: z.int().min(0).optional().describe("Number of elements or characters."),
  atLeast: z.number().optional().describe(">="),
  atMost: z.number().optional().describe("<="),
  greaterThan: z.number().optional().describe(">"),
  lessThan: z.number().optional().describe("<"),
}).superRefine((predicate, context) => exactlyOne(predicate, PREDICATES, context));

const predicate = z.union([scalar.describe("Equal to this value."), predicateSection]);
const predicates = z.union([scalar.describe("Equal to this value."), predicateSection, z.array(predicate).min(1)]);

const redirects = z.int().min(0).max(20);

const requestSection = section({
  method: z
    .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    .optional()
    .describe("Default GET, or POST when there is a body."),
  path: text.describe("Path below baseUrl; an absolute URL must have its origin, or one of `origins`."),
  query: names(scalar).optional().describe("Query parameters."),
  headers: names(scalar).optional().describe("Request headers."),
  json: json.optional().describe("JSON body."),
  form: names(scalar).optional().describe("Body as application/x-www-form-urlencoded."),
  text: z.string().optional().describe("Body as it stands."),
  timeoutMs: duration.optional().describe("Default 10000."),
  redirects: redirects.optional().describe("How many redirects are followed, within the same origin; default none."),
  retries: z
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe("How often it is sent again when there is no connection; default 0."),
  idempotencyKey: z.boolean().optional().describe("Send Idempotency-Key: a UUID, the same in every repetition."),
}).superRefine((request, context) => {
  const bodies = (["json", "form", "text"] as const).filter((body) => request[body] !== undefined);
  if (bodies.length > 1) {
    context.addIssue({ code: "custom", message: `a request has one body; here are ${bodies.join(" and ")}` });
  }
});

/** `POST /api/projects`, the short form of a request. */
export const SHORT_REQUEST = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\S.*)$/;

const request = z.union([
  z.string().regex(SHORT_REQUEST, 'write METHOD and path, for example "GET /api/projects"'),
  requestSection,
]);

const secret = z
  .boolean()
  .optional()
  .describe("Redact the value everywhere; default true for names like token, password, session.");

const captureSection = section({
  jsonPath: text.optional().describe("JSONPath (RFC 9535); the first match is kept."),
  header: text.optional().describe("Name of a response header."),
  status: z.literal(true).optional().describe("The status code."),
  secret,
}).superRefine((capture, context) => exactlyOne(capture, ["jsonPath", "header", "status"], context));

const assertions = section({
  status: statuses.optional().describe("Accepted status codes; default any 2xx."),
  headers: names(predicates).optional().describe("Response header -> what it must be."),
  jsonPath: names(predicates).optional().describe("JSONPath -> what it must be; a plain value means equals."),
  body: predicates.optional().describe("What the body, as text, must be."),
  maxDurationMs: duration.optional().describe("Longest acceptable duration."),
});

const sql = section({
  query: text.describe("One read-only statement; parameters are $1, $2, ..."),
  params: z.array(scalar).optional().describe("Values of the parameters, templates allowed."),
  assert: section({
    rows: z
      .union([z.int().min(0), predicateSection])
      .optional()
      .describe("Number of rows."),
    values: names(predicates).optional().describe("Column of the first row -> what it must be."),
  })
    .optional()
    .describe("What the result must be."),
  capture: names(
    z.union([
      text.describe("Column of the first row."),
      section({ column: text.describe("Column of the first row."), secret }),
    ]),
  )
    .optional()
    .describe("Name -> column of the first row."),
  timeoutMs: duration.optional().describe("Default 5000."),
});

const step = section({
  title: text.optional().describe("For people; default: the step's key."),
  feature: text.optional().describe("Feature of this file that the step exercises."),
  needs: z.array(text).optional().describe("Earlier steps of the flow that must have passed (captures are implied)."),
  request: request.optional().describe("`POST /path`, or a mapping with path, query, headers, json."),
  capture: names(z.union([text.describe("JSONPath."), captureSection]))
    .optional()
    .describe("Name -> where the value comes from; later steps use it as {{name}}."),
  assert: assertions.optional().describe("What the response must be; default: any 2xx."),
  poll: section({
    until: assertions.describe("Repeat the request until this holds."),
    failWhen: assertions.optional().describe("Give up at once when this holds."),
    everyMs: duration.optional().describe("Default 500."),
    timeoutMs: duration.optional().describe("Default 15000."),
  })
    .optional()
    .describe("Repeat the request until a condition holds, then judge `assert`."),
  cleanup: section({
    request: request.describe("Request that removes what this step created."),
    status: statuses.optional().describe("Default: 2xx, 404 and 410."),
    describes: text.optional().describe("What stays behind if the clean-up fails: `project {{projectId}}`."),
  })
    .optional()
    .describe("Registered when the step has passed; run last-in first-out at the end, whatever happened."),
  sql: sql.optional().describe("A read-only statement on the target database instead of a request."),
}).superRefine((value, context) => {
  exactlyOne(value, ["request", "sql"], context);
  if (value.sql === undefined) return;
  const foreign = (["capture", "assert", "poll", "cleanup"] as const).filter((key) => value[key] !== undefined);
  for (const key of foreign) {
    const hint = key === "capture" || key === "assert" ? `; move it into sql` : "";
    context.addIssue({ code: "custom", path: [key], message: `${key} belongs to a request${hint}` });
  }
});

const flow = section({
  title: text.optional().describe("For people; default: the flow's key."),
  needs: z.array(text).optional().describe("Flows that run first, once a run; their captures are visible here."),
  steps: names(step).describe("Name -> step, in order."),
});

export const smoke = section({
  baseUrl: text.optional().describe("Origin of the application, for example {{env.APP_URL}}; default --base-url."),
  origins: z.array(text).min(1).optional().describe("Other origins that absolute URLs of requests may have."),
  redirects: redirects
    .optional()
    .describe("For requests that do not say how many redirects they follow; default none."),
  variables: names(scalar).optional().describe("Name -> value, for {{name}}."),
  secrets: names(scalar).optional().describe("As variables, but redacted wherever the run prints anything."),
  flows: names(flow).describe("Name -> flow."),
});
