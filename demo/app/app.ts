/** Builds the application: routes, and how an error becomes an answer. Listening is server.ts's part. */
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance } from "fastify";
import { HttpError, QueryError } from "./errors.js";
import type { Services } from "./guard.js";
import { accountRoutes } from "./routes/account.js";
import { catalogRoutes } from "./routes/catalog.js";
import { generationRoutes } from "./routes/generations.js";
import { projectRoutes } from "./routes/projects.js";
import { statsRoutes } from "./routes/stats.js";

/** Takes the services and a log; returns an application that is ready for `listen` or `inject`. */
export function buildApp(services: Services, log?: FastifyBaseLogger): FastifyInstance {
  const app: FastifyInstance = log ? Fastify({ loggerInstance: log }) : Fastify();
  app.setErrorHandler<FastifyError | HttpError | QueryError>((error, request, reply) => {
    const { status, body } = answerTo(error);
    if (status >= 500) request.log.error({ err: error }, error.message);
    return reply.code(status).send(body);
  });
  // The health check that the original had: it says that the process runs, whatever the schema is like.
  app.get("/health", async () => ({ status: "ok" }));
  accountRoutes(app, services);
  catalogRoutes(app, services);
  projectRoutes(app, services);
  generationRoutes(app, services);
  statsRoutes(app, services);
  return app;
}

function answerTo(error: FastifyError | HttpError | QueryError): { status: number; body: object } {
  if (error instanceof HttpError) return { status: error.status, body: error.body };
  // As the original does, the text of the database error goes to the client. It is what smoke tests can read there.
  if (error instanceof QueryError) {
    const code = error.code ?? "INTERNAL_ERROR";
    return { status: 500, body: { error: "Internal server error", details: error.message, code } };
  }
  if ("validation" in error && error.validation) {
    return { status: 400, body: { error: "Validation error", details: error.message, code: "VALIDATION_ERROR" } };
  }
  const status = error.statusCode ?? 500;
  if (status < 500) return { status, body: { error: error.message } };
  return { status, body: { error: "Internal server error", details: error.message, code: "INTERNAL_ERROR" } };
}
