/** /schema/health: the verdict, for monitors and deploy gates. */
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { Report } from "../../model/report.js";
import { LONGEST_NAME } from "../../report/index.js";
import type { Access } from "../access.js";
import { callerOf } from "../access.js";
import { createHealthAnswers, HEALTH_TYPES } from "../answers.js";
import { createNegotiator } from "../negotiation.js";
import { type Problem, sendProblem } from "../problem.js";
import { sendReady } from "../ready-answer.js";
import type { Refresher } from "../refresher.js";
import { healthQuery, healthSchema } from "../schemas.js";
import { answer, operation, problems, TEXT } from "./route.js";

const CONTENT = { "application/health+json": healthSchema, "application/json": healthSchema, "text/plain": TEXT };

const HEALTH = operation({
  operationId: "schemaHealth",
  tag: "Schema",
  summary: "Does the schema serve the application?",
  description:
    "From memory: never waits for PostgreSQL. Callers with access to details (the token; without one, this machine) also get `checks`. Also as HEAD.",
  query: healthQuery,
  responses: {
    200: answer("It does (pass), or with gaps that only degrade it (warn).", CONTENT),
    503: answer("It does not, or that could not be found out, or the verdict is too old.", CONTENT),
    ...problems(400, 404),
  },
});

const MOST_FEATURES = 50;

/** @param report null: the caller may not know which features there are. */
function unknownFeature(feature: string, report: Report | null): Problem {
  const ids = [...new Set((report?.features ?? []).map(({ id }) => id))];
  const more = ids.length > MOST_FEATURES ? ` and ${ids.length - MOST_FEATURES} more` : "";
  const known = ids.length === 0 ? "" : ` Its features: ${ids.slice(0, MOST_FEATURES).join(", ")}${more}.`;
  const named = JSON.stringify(feature.slice(0, LONGEST_NAME));
  return { status: 404, code: "UNKNOWN_FEATURE", detail: `The contract has no feature ${named}.${known}` };
}

export interface HealthOptions {
  readonly refresher: Refresher;
  readonly access: Access;
  readonly version: string;
  readonly intervalMs: number;
}

/** Registers the route. */
export function registerHealth(app: FastifyInstance, options: HealthOptions): void {
  const { refresher, access, version, intervalMs } = options;
  const answers = createHealthAnswers(refresher, version, intervalMs);
  const typeFor = createNegotiator(HEALTH_TYPES);
  // Who sends a wrong token gets what everybody gets: a probe must not fail because of it.
  const mayKnow = (request: IncomingMessage) => access(callerOf(request)) === null;
  const healthFor = (request: IncomingMessage, feature: string | null) => {
    const type = typeFor(request.headers.accept) ?? HEALTH_TYPES[0];
    return answers({ detail: mayKnow(request), feature }, type);
  };
  const config = { access: "open", probe: true, poll: (request: IncomingMessage) => healthFor(request, null) } as const;
  app.get<{ Querystring: z.infer<typeof healthQuery> }>(
    "/schema/health",
    { config, schema: HEALTH },
    (request, reply) => {
      const feature = request.query.feature ?? null;
      const health = healthFor(request.raw, feature);
      if (health !== null) return sendReady(reply, health);
      const report = mayKnow(request.raw) ? refresher.current().report : null;
      sendProblem(reply, unknownFeature(feature ?? "", report));
    },
  );
}
