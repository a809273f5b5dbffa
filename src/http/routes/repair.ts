/** /schema/repair: the plan for the gaps of the current report, made when somebody asks. */
import type { FastifyInstance } from "fastify";
import { repairReporters } from "../../report/index.js";
import { oncePerReport } from "../answers.js";
import { negotiate } from "../negotiation.js";
import type { Plans } from "../plans.js";
import { PROBLEM_TYPE, type Problem, sendProblem } from "../problem.js";
import type { Refresher } from "../refresher.js";
import { noQuery, planSchema, problemSchema } from "../schemas.js";
import type { Failure } from "../verdict.js";
import { answer, operation, problems, retryAfter, TEXT } from "./route.js";
import { notAcceptable, sendView, TEXT_WIDTH, type View } from "./view.js";

const OPTIONS = { colour: false, width: TEXT_WIDTH } as const;

const PLAN: View = {
  "application/json": oncePerReport(({ verdict, checkedAt, repair }) => JSON.stringify({ verdict, checkedAt, repair })),
  "text/plain": oncePerReport((report) => repairReporters.text(report, OPTIONS)),
  "text/markdown": oncePerReport((report) => repairReporters.markdown(report, OPTIONS)),
  "application/sql": oncePerReport((report) => repairReporters.sql(report, OPTIONS)),
};
const TYPES = {
  "application/json": planSchema,
  "text/plain": TEXT,
  "text/markdown": TEXT,
  "application/sql": TEXT,
};

const REPAIR = operation({
  operationId: "schemaRepair",
  tag: "Schema",
  summary: "A plan that closes the gaps",
  description:
    "Ordered commands and statements for the gaps of the current report, what they risk, and what is left to people. It is made when somebody asks, reads the database only, and counts for a minute while the gaps stay the same. Whether it was tried on a copy stands under `proof`. schemaready never executes it. `application/sql` is a file for psql.",
  query: noQuery,
  details: true,
  responses: {
    200: answer("The plan; without steps when there are no gaps.", TYPES),
    503: answer("The database could not be asked, there is no report yet, or the plan took too long.", {
      ...TYPES,
      [PROBLEM_TYPE]: problemSchema,
    }),
    ...problems(400, 406, 500),
  },
});

export interface RepairOptions {
  readonly refresher: Refresher;
  readonly plans: Plans;
  readonly intervalMs: number;
}

/** Registers /schema/repair; who may call it is checked before it runs. */
export function registerRepair(app: FastifyInstance, { refresher, plans, intervalMs }: RepairOptions): void {
  const retry = retryAfter(intervalMs);
  app.get("/schema/repair", { config: { access: "details" }, schema: REPAIR }, async (request, reply) => {
    // Before anything is made for somebody who cannot read it.
    if (negotiate(request.headers.accept, Object.keys(PLAN)) === null) {
      return sendProblem(reply, notAcceptable(Object.keys(PLAN)));
    }
    const { report, failure, state, ageMs } = refresher.current();
    if (ageMs !== null) reply.headers({ age: Math.floor(ageMs / 1000), "schemaready-state": state });
    if (report === null) return sendView(request, reply, PLAN, { report, failure, retry });
    const attempt = await plans.of(report);
    if (attempt.kind === "failure") return sendProblem(reply, notMade(attempt, retry));
    return sendView(request, reply, PLAN, { report: attempt.report, failure: null, retry });
  });
}

/** A bug is 500; a plan that takes too long, or a service that stops, is 503. */
function notMade({ reason, message }: Failure, retry: string): Problem {
  const isBug = reason === "error";
  return {
    status: isBug ? 500 : 503,
    code: "PLAN_FAILED",
    detail: `There is no plan: ${message}. \`schemaready repair\` makes one from the command line.`,
    ...(isBug ? {} : { headers: { "retry-after": retry } }),
  };
}
