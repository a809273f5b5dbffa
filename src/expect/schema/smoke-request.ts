/** Requests and captures of smoke flows as people write them. */
import { z } from "zod";
import { exactlyOne, names, section, text } from "./blocks.js";
import { duration, json, milliseconds, oneForm, scalar, scalars } from "./values.js";

const base64 = z
  .string()
  .regex(/^(?:[A-Za-z0-9+/\s]{1,}={0,2}|)\s*$/, "this is not Base64 (letters, digits, +, / and = at the end)");
/** A header of its own in the request, so no line end may stand in it. */
const contentType = z
  .string()
  .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?$/, "write a media type, such as image/png");
const file = text.describe("File beside the check file, or below its folder; sent as it is.");

const part = section({
  file: file.optional(),
  text: z.string().optional().describe("Content as text; templates allowed."),
  base64: base64.optional().describe("Content as Base64."),
  fileName: text.optional().describe("Name that the application sees; default: that of the file."),
  contentType: contentType.optional().describe("Default: by the name of the file."),
}).superRefine((value, context) => exactlyOne(value, ["file", "text", "base64"], context));

const partEntry = z.union([scalar.describe("A field."), part]);

export const BODIES = ["json", "form", "multipart", "text", "base64", "file"] as const;

export const redirects = z.int().min(0).max(20);

const requestSection = section({
  method: z
    .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    .optional()
    .describe("Default GET, or POST when there is a body."),
  path: text.describe("Path below baseUrl; an absolute URL must have its origin, or one of `origins`."),
  query: names(scalars).optional().describe("Query parameters; a list gives one several times."),
  headers: names(scalars).optional().describe("Request headers; a list becomes one header with commas."),
  json: json.optional().describe("JSON body."),
  form: names(scalars)
    .optional()
    .describe("Body as application/x-www-form-urlencoded; a list gives a field several times."),
  multipart: names(z.union([partEntry, z.array(partEntry).min(1)]))
    .optional()
    .describe("Body as multipart/form-data: field -> value, or a file."),
  text: z.string().optional().describe("Body as it stands."),
  base64: base64.optional().describe("Body as Base64, sent as its bytes."),
  file: file.optional(),
  timeout: duration.optional().describe("For the whole exchange, such as 30s; default 10s."),
  timeoutMs: milliseconds.optional().describe("The same in milliseconds."),
  redirects: redirects.optional().describe("How many redirects are followed, within the same origin; default none."),
  retries: z
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe("How often it is sent again when there is no connection; default 0."),
  idempotencyKey: z.boolean().optional().describe("Send Idempotency-Key: a UUID, the same in every repetition."),
}).superRefine((request, context) => {
  oneForm(request, "timeout", context);
  const bodies = BODIES.filter((body) => request[body] !== undefined);
  if (bodies.length > 1) {
    context.addIssue({ code: "custom", message: `a request has one body; here are ${bodies.join(" and ")}` });
  }
});

/** `POST /api/projects`, the short form of a request. */
export const SHORT_REQUEST = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\S.*)$/;

export const request = z.union([
  z.string().regex(SHORT_REQUEST, 'write METHOD and path, for example "GET /api/projects"'),
  requestSection,
]);

export const secret = z
  .boolean()
  .optional()
  .describe("Redact the value everywhere; default true for names like token, password, session.");

const SOURCES = ["jsonPath", "header", "cookie", "body", "duration", "status"] as const;

const captureSection = section({
  jsonPath: text.optional().describe("JSONPath (RFC 9535); the first match is kept."),
  header: text.optional().describe("Name of a response header."),
  cookie: text.optional().describe("Name of a cookie that the answer sets."),
  body: z.literal(true).optional().describe("The whole body, as text."),
  duration: z.literal(true).optional().describe("How long the exchange took, in milliseconds."),
  status: z.literal(true).optional().describe("The status code."),
  regex: text.optional().describe("Only what this regular expression (flag u) finds; alone: in the body."),
  group: z
    .union([z.int().min(0), text])
    .optional()
    .describe("Number or name of the group that is kept; default 1, or 0 (all) when there is none."),
  secret,
}).superRefine((capture, context) => {
  const alone = capture.regex !== undefined && SOURCES.every((source) => capture[source] === undefined);
  if (!alone) exactlyOne(capture, SOURCES, context);
  if (capture.group === undefined || capture.regex !== undefined) return;
  context.addIssue({ code: "custom", path: ["group"], message: "group belongs to a regex, and there is none" });
});

export const captures = names(z.union([text.describe("JSONPath."), captureSection]));
