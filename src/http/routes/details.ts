/** /schema/verify and its parts: the report, for people and jobs with access to details. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Report } from "../../model/report.js";
import { reporters, reportSchema } from "../../report/index.js";
import { oncePerReport } from "../answers.js";
import type { joinSmoke } from "../joined-smoke.js";
import { PROBLEM_TYPE } from "../problem.js";
import { limited } from "../rate-limit.js";
import { retryAfter } from "../ready-answer.js";
import type { Refresher } from "../refresher.js";
import { featuresSchema, migrationsSchema, noQuery, problemSchema, verifyQuery } from "../schemas.js";
import type { Attempt, Failure } from "../verdict.js";
import { answer, operation, problems, TEXT } from "./route.js";
import { sendView, TEXT_WIDTH, type View } from "./view.js";

/** Each view: media type to bytes, the preferred type first. */
const REPORT: View = {
  "application/json": oncePerReport((report) => JSON.stringify(report)),
  "text/plain": oncePerReport((report) => reporters.text(report, { colour: false, width: TEXT_WIDTH })),
  "text/markdown": oncePerReport((report) => reporters.markdown(report, { colour: false, width: TEXT_WIDTH })),
  "text/html": oncePerReport((report) => reporters.html(report, { colour: false, width: TEXT_WIDTH })),
};
const REPORT_TYPES = { "application/json": reportSchema, "text/plain": TEXT, "text/markdown": TEXT, "text/html": TEXT };
const FEATURES: View = {
  "application/json": oncePerReport(({ verdict, checkedAt, features }) =>
    JSON.stringify({ verdict, checkedAt, features }),
  ),
};
const MIGRATIONS: View = {
  "application/json": oncePerReport(({ verdict, checkedAt, history }) =>
    JSON.stringify({ verdict, checkedAt, history }),
  ),
};

const AGE =
  "The headers `age` (seconds since the schema was looked at) and `schemaready-state` (current, damped, late or expired) say how fresh it is.";

/** A flood of them would share verifications, but keep the database busy without a pause. */
const REFRESHES = limited("verifications were asked for", ({ query }) => isRefresh(query));

function isRefresh(query: unknown): boolean {
  return typeof query === "object" && query !== null && "refresh" in query && query.refresh === "true";
}

const VERIFY = operation({
  operationId: "schemaVerify",
  tag: "Schema",
  summary: "The report: verdict, features, gaps, causes, repair",
  description: `200 whenever there is a report, whatever its verdict; 503 with a report when the database could not be asked at all. With refresh=true the verification begins after the request, and callers who wait at the same time share it. ${AGE}`,
  query: verifyQuery,
  details: true,
  responses: {
    200: answer("The report.", REPORT_TYPES),
    503: answer("The database could not be asked, or there is no report yet.", {
      ...REPORT_TYPES,
      [PROBLEM_TYPE]: problemSchema,
    }),
    ...problems(400, 406, 429, 500),
  },
});

const part = (operationId: string, summary: string, schema: z.ZodType) =>
  operation({
    operationId,
    tag: "Schema",
    summary,
    description: `Of the current report, with its status codes. ${AGE}`,
    query: noQuery,
    details: true,
    responses: {
      200: answer("As of the current report.", { "application/json": schema }),
      503: answer("The database could not be asked, or there is no report yet.", {
        "application/json": schema,
        [PROBLEM_TYPE]: problemSchema,
      }),
      ...problems(400, 406, 500),
    },
  });

export interface DetailOptions {
  readonly refresher: Refresher;
  readonly intervalMs: number;
  /** Puts the newest smoke run of this service into a report. */
  readonly joined: ReturnType<typeof joinSmoke>;
}

/** Registers /schema/verify, /schema/features and /schema/migrations; who may call them is checked before they run. */
export function registerDetails(app: FastifyInstance, { refresher, intervalMs, joined }: DetailOptions): void {
  const config = { access: "details" } as const;
  const retry = retryAfter(intervalMs);
  const sendCurrent = (request: FastifyRequest, reply: FastifyReply, view: View) => {
    const { report, failure, state, ageMs } = refresher.current();
    if (ageMs !== null) reply.headers({ age: Math.floor(ageMs / 1000), "schemaready-state": state });
    return sendView(request, reply, view, { report: joined(report), failure, retry });
  };
  app.get<{ Querystring: z.infer<typeof verifyQuery> }>(
    "/schema/verify",
    { config: { ...config, rateLimit: REFRESHES }, schema: VERIFY },
    async (request, reply) => {
      if (request.query.refresh !== "true") return sendCurrent(request as FastifyRequest, reply, REPORT);
      const attempt = await refresher.refresh();
      reply.headers({ age: 0, "schemaready-state": "current" });
      const { report, failure } = partsOf(attempt);
      return sendView(request as FastifyRequest, reply, REPORT, { report: joined(report), failure, retry });
    },
  );
  const features = part("schemaFeatures", "What the application can do with this schema", featuresSchema);
  app.get("/schema/features", { config, schema: features }, (request, reply) => sendCurrent(request, reply, FEATURES));
  const migrations = part("schemaMigrations", "What the migration records say", migrationsSchema);
  app.get("/schema/migrations", { config, schema: migrations }, (request, reply) =>
    sendCurrent(request, reply, MIGRATIONS),
  );
}

function partsOf(attempt: Attempt): { readonly report: Report | null; readonly failure: Failure | null } {
  return attempt.kind === "report" ? { report: attempt.report, failure: null } : { report: null, failure: attempt };
}
