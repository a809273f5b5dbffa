/** Smoke flows as people write them; src/expect/smoke turns them into src/model/flow.ts. */
import { z } from "zod";
import { exactlyOne, names, section, text } from "./blocks.js";
import { assertions, predicateSection, predicates, statuses } from "./claims.js";
import { captures, redirects, request, secret } from "./smoke-request.js";
import { duration, json, milliseconds, oneForm, scalar } from "./values.js";

const rowClaims = section({
  rows: z
    .union([z.int().min(0), predicateSection])
    .optional()
    .describe("Number of rows."),
  values: names(predicates).optional().describe("Column of the first row -> what it must be."),
});

const pace = {
  every: duration.optional().describe("Wait between two tries; default 500ms. Retry-After may make it longer."),
  everyMs: milliseconds.optional().describe("The same in milliseconds."),
  backoff: z
    .number()
    .min(1)
    .max(10)
    .optional()
    .describe("Each wait is so many times the one before, up to 30s; default 1."),
  max: z.int().min(1).max(10_000).optional().describe("Most tries; default: as many as there is time for."),
  timeout: duration.optional().describe("For all tries together; default 15s."),
  timeoutMs: milliseconds.optional().describe("The same in milliseconds."),
};

const poll = section({
  until: assertions.describe("Repeat the request until this holds."),
  failWhen: assertions.optional().describe("Give up at once when this holds."),
  ...pace,
}).superRefine(paceOnce);

const sqlPoll = section({
  until: rowClaims.describe("Repeat the statement until this holds."),
  failWhen: rowClaims.optional().describe("Give up at once when this holds."),
  ...pace,
  every: duration.optional().describe("Wait between two tries; default 500ms."),
}).superRefine(paceOnce);

function paceOnce(value: object, context: z.core.$RefinementCtx): void {
  oneForm(value, "every", context);
  oneForm(value, "timeout", context);
}

const sql = section({
  query: text.describe("One read-only statement; parameters are $1, $2, ..."),
  params: z.array(scalar).optional().describe("Values of the parameters, templates allowed."),
  assert: rowClaims.optional().describe("What the result must be."),
  capture: names(
    z.union([
      text.describe("Column of the first row."),
      section({ column: text.describe("Column of the first row."), secret }),
    ]),
  )
    .optional()
    .describe("Name -> column of the first row."),
  poll: sqlPoll.optional().describe("Repeat the statement until a condition holds, then judge `assert`."),
  timeout: duration.optional().describe("For each time that it runs; default 5s."),
  timeoutMs: milliseconds.optional().describe("The same in milliseconds."),
}).superRefine((value, context) => oneForm(value, "timeout", context));

const cleanup = section({
  request: request.describe("Request that removes what this step created."),
  status: statuses.optional().describe("Default: 2xx, 404 and 410."),
  describes: text.optional().describe("What stays behind if the clean-up fails: `project {{projectId}}`."),
});

const tag = z.string().regex(/^[A-Za-z0-9][\w.:/-]*$/, "a tag has letters, digits and . : / _ -");
const tags = z.array(tag).min(1);

const step = section({
  title: text.optional().describe("For people; default: the step's key."),
  feature: text.optional().describe("Feature of this file that the step exercises."),
  requires: z
    .array(text)
    .min(1)
    .optional()
    .describe(
      "Relations, `relation.column`, enums, domains that the step cannot do without: a gap in them explains it.",
    ),
  needs: z.array(text).optional().describe("Earlier steps of the flow that must have passed (captures are implied)."),
  tags: tags.optional().describe("What the step can be chosen by."),
  optional: z.boolean().optional().describe("A failure is told and does not count; the same as severity info."),
  severity: z
    .enum(["error", "warning", "info"])
    .optional()
    .describe("What a failure does: fail the run (default), warn, or only be told."),
  request: request.optional().describe("`POST /path`, or a mapping with path, query, headers, json."),
  capture: captures.optional().describe("Name -> where the value comes from; later steps use it as {{name}}."),
  assert: assertions.optional().describe("What the response must be; default: any 2xx."),
  poll: poll.optional().describe("Repeat the request until a condition holds, then judge `assert`."),
  cleanup: z
    .union([cleanup, z.array(cleanup).min(1)])
    .optional()
    .describe(
      "Registered when the step has passed; run last-in first-out at the end, a list in its order, whatever happened.",
    ),
  sql: sql.optional().describe("A read-only statement on the target database instead of a request."),
}).superRefine((value, context) => {
  exactlyOne(value, ["request", "sql"], context);
  if (value.optional !== undefined && value.severity !== undefined) {
    const message = "optional and severity say the same: leave one of them out";
    context.addIssue({ code: "custom", path: ["optional"], message });
  }
  if (value.sql === undefined) return;
  const foreign = (["capture", "assert", "poll", "cleanup"] as const).filter((key) => value[key] !== undefined);
  for (const key of foreign) {
    const hint = key === "cleanup" ? "" : "; move it into sql";
    context.addIssue({ code: "custom", path: [key], message: `${key} belongs to a request${hint}` });
  }
});

/** More than that is a load test. */
export const MOST_ROWS = 200;

const each = z.union([
  z.array(names(json)).min(1).max(MOST_ROWS).describe("Rows: name -> value."),
  section({ file: text.describe("CSV with a header line, or a JSON list of objects, beside the check file.") }),
]);

const flow = section({
  title: text.optional().describe("For people; default: the flow's key. May hold names of `each`."),
  needs: z.array(text).optional().describe("Flows that run first, once a run; their captures are visible here."),
  tags: tags.optional().describe("What the flow can be chosen by."),
  each: each.optional().describe("Run the flow once for each row; the row's names are {{name}} in it."),
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
  cookies: z
    .boolean()
    .optional()
    .describe("Keep cookies within a flow and hand them to flows that need it; default false."),
  flows: names(flow).describe("Name -> flow."),
});
