/** The index of routes, the OpenAPI document, and Swagger UI from our own files. */
import type { FastifyInstance } from "fastify";
import { negotiate } from "../negotiation.js";
import { indexSchema, openApiSchema } from "../schemas.js";
import { answer, operation, sendBytes, TEXT } from "./route.js";

const ROUTES: readonly { readonly path: string; readonly description: string }[] = [
  { path: "/livez", description: "Does the process serve?" },
  { path: "/readyz", description: "May it get traffic?" },
  { path: "/schema/health", description: "Does the schema serve the application? For monitors and deploy gates." },
  { path: "/schema/verify", description: "The report: verdict, features, gaps, causes, repair." },
  { path: "/schema/features", description: "What the application can do with this schema." },
  { path: "/schema/migrations", description: "What the migration records say." },
  { path: "/schema/changes", description: "When the verdict changed." },
  { path: "/smoke/runs", description: "Smoke runs: POST begins one. Needs a token." },
  { path: "/smoke/runs/{id}", description: "One of them; its events as text/event-stream; DELETE stops it." },
  { path: "/metrics", description: "For Prometheus." },
  { path: "/openapi.json", description: "All of this as OpenAPI 3.1." },
  { path: "/docs", description: "The same, to click through." },
];

const INDEX = operation({
  operationId: "index",
  tag: "Documents",
  summary: "What can be asked here",
  responses: { 200: answer("The routes.", { "application/json": indexSchema, "text/plain": TEXT }) },
});

const OPENAPI = operation({
  operationId: "openapi",
  tag: "Documents",
  summary: "This document",
  responses: { 200: answer("OpenAPI 3.1.", { "application/json": openApiSchema }) },
});

/** Registers `/` and `/openapi.json`; `/docs` is registered with the OpenAPI document. */
export function registerDocuments(app: FastifyInstance, version: string): void {
  const config = { access: "open" } as const;
  const json = Buffer.from(JSON.stringify({ name: "schemaready", version, routes: ROUTES }));
  const lines = ROUTES.map(({ path, description }) => `${path.padEnd(20)} ${description}`);
  const text = Buffer.from(`${[`schemaready ${version}`, ...lines].join("\n")}\n`);
  app.get("/", { config, schema: INDEX }, (request, reply) =>
    negotiate(request.headers.accept, ["application/json", "text/plain"]) === "text/plain"
      ? sendBytes(reply, 200, "text/plain; charset=utf-8", text)
      : sendBytes(reply, 200, "application/json", json),
  );
  let document: Buffer | null = null;
  app.get("/openapi.json", { config, schema: OPENAPI }, (_request, reply) => {
    // Made when first asked for: most processes are never asked, and every process starts faster.
    document ??= Buffer.from(JSON.stringify(app.swagger()));
    return sendBytes(reply, 200, "application/json", document);
  });
}
