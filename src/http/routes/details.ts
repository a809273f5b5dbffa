/** /schema/verify and its parts: the report, for people and jobs with access to details. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Report, SmokeResult } from "../../model/report.js";
import { judgeGate } from "../../model/verdict.js";
import { reporters, reportSchema } from "../../report/index.js";
import { attribute } from "../../smoke/index.js";
import { oncePerReport } from "../answers.js";
import { negotiate } from "../negotiation.js";
import { PROBLEM_TYPE, type Problem, sendProblem } from "../problem.js";
import { limited } from "../rate-limit.js";
import type { Refresher } from "../refresher.js";
import { featuresSchema, migrationsSchema, noQuery, problemSchema, verifyQuery } from "../schemas.js";
import type { Attempt, Failure } from "../verdict.js";
import { answer, operation, problems, retryAfter, sendBytes, TEXT } from "./route.js";

type View = Readonly<Record<string, (report: Report) => Buffer>>;

const TEXT_WIDTH = 100;

/** Each view: media type to bytes, the preferred type first. */
const REPORT: View = {
  "application/json": oncePerReport((report) => JSON.stringify(report)),
  "text/plain": oncePerReport((report) => reporters.text(report, { colour: false, width: TEXT_WIDTH })),
  "text/markdown": oncePerReport((report) => reporters.markdown(report, { colour: false, width: TEXT_WIDTH })),
};
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
    200: answer("The report.", { "application/json": reportSchema, "text/plain": TEXT, "text/markdown": TEXT }),
    503: answer("The database could not be asked, or there is no report yet.", {
      "application/json": reportSchema,
      "text/plain": TEXT,
      "text/markdown": TEXT,
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
  /** Result of the newest smoke run of this service. */
  readonly smoke: () => SmokeResult | null;
}

/** Registers /schema/verify, /schema/features and /schema/migrations; who may call them is checked before they run. */
export function registerDetails(app: FastifyInstance, { refresher, intervalMs, smoke }: DetailOptions): void {
  const config = { access: "details" } as const;
  const retry = retryAfter(intervalMs);
  const joined = joinSmoke(smoke);
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

/** The report with the newest smoke run, made once for both. */
function joinSmoke(newest: () => SmokeResult | null): (report: Report | null) => Report | null {
  let kept: { readonly report: Report; readonly smoke: SmokeResult; readonly joined: Report } | null = null;
  return (report) => {
    const smoke = newest();
    if (report === null || smoke === null) return report;
    if (kept?.report === report && kept.smoke === smoke) return kept.joined;
    const explained = attribute(smoke, report);
    kept = { report, smoke, joined: { ...report, smoke: explained, gate: judgeGate(report.verdict, explained) } };
    return kept.joined;
  };
}

function partsOf(attempt: Attempt): { readonly report: Report | null; readonly failure: Failure | null } {
  return attempt.kind === "report" ? { report: attempt.report, failure: null } : { report: null, failure: attempt };
}

interface Subject {
  readonly report: Report | null;
  readonly failure: Failure | null;
  readonly retry: string;
}

function sendView(request: FastifyRequest, reply: FastifyReply, view: View, subject: Subject): FastifyReply {
  const types = Object.keys(view);
  const type = negotiate(request.headers.accept, types);
  const render = type === null ? undefined : view[type];
  if (type === null || render === undefined) return sendProblem(reply, notAcceptable(types));
  const { report, failure, retry } = subject;
  if (report === null) return sendProblem(reply, failure === null ? notYet(retry) : broken(failure, retry));
  const isAnswered = report.target.server !== null;
  if (!isAnswered) reply.header("retry-after", retry);
  const contentType = type.startsWith("text/") ? `${type}; charset=utf-8` : type;
  return sendBytes(reply, isAnswered ? 200 : 503, contentType, render(report));
}

function notAcceptable(types: readonly string[]): Problem {
  return { status: 406, code: "NOT_ACCEPTABLE", detail: `This route answers with ${types.join(" or ")}.` };
}

function notYet(retry: string): Problem {
  return {
    status: 503,
    code: "NOT_VERIFIED_YET",
    detail: "The first verification has not finished yet.",
    headers: { "retry-after": retry },
  };
}

/** A bug is 500; a database that is too slow, or a service that stops, is 503. */
function broken({ reason, message }: Failure, retry: string): Problem {
  return {
    status: reason === "error" ? 500 : 503,
    code: "VERIFICATION_FAILED",
    detail: `There is no report: ${message}.`,
    ...(reason === "error" ? {} : { headers: { "retry-after": retry } }),
  };
}
