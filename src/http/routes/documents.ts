/** The status page and the index of routes, which share `/`; the OpenAPI document. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Access, BASIC_CHALLENGE, callerOf } from "../access.js";
import { negotiate } from "../negotiation.js";
import { PAGE_POLICY, type StatusPages } from "../page/index.js";
import type { Refresher } from "../refresher.js";
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
  { path: "/schema/repair", description: "A plan that closes the gaps; as JSON, text, Markdown, or SQL for psql." },
  { path: "/openapi.json", description: "All of this as OpenAPI 3.1." },
  { path: "/docs", description: "The same, to click through." },
];

const INDEX = operation({
  operationId: "index",
  tag: "Documents",
  summary: "What can be asked here; for browsers, the status page",
  description:
    "The page shows the verdict and counts to everybody, and the rest to callers with access to details. With `details` in the query, browsers without access are asked for the token.",
  responses: {
    200: answer("The routes, or the page.", { "application/json": indexSchema, "text/plain": TEXT, "text/html": TEXT }),
    401: answer("The page without details, and the question for the token.", { "text/html": TEXT }),
  },
});

const OPENAPI = operation({
  operationId: "openapi",
  tag: "Documents",
  summary: "This document",
  responses: { 200: answer("OpenAPI 3.1.", { "application/json": openApiSchema }) },
});

export interface DocumentOptions {
  readonly access: Access;
  readonly pages: StatusPages;
  readonly refresher: Pick<Refresher, "current">;
  /** Of schemaready. */
  readonly version: string;
}

/** Registers `/` and `/openapi.json`; `/docs` is registered with the OpenAPI document. */
export function registerDocuments(app: FastifyInstance, options: DocumentOptions): void {
  const { version } = options;
  const config = { access: "open" } as const;
  const json = Buffer.from(JSON.stringify({ name: "schemaready", version, routes: ROUTES }));
  const lines = ROUTES.map(({ path, description }) => `${path.padEnd(20)} ${description}`);
  const text = Buffer.from(`${[`schemaready ${version}`, ...lines].join("\n")}\n`);
  // An open page asks again and again, so it is logged like a probe.
  app.get("/", { config: { ...config, probe: true }, schema: INDEX }, (request, reply) => {
    const type = negotiate(request.headers.accept, ["application/json", "text/plain", "text/html"]);
    if (type === "text/html") return sendPage(request as FastifyRequest, reply, options);
    if (type === "text/plain") return sendBytes(reply, 200, "text/plain; charset=utf-8", text);
    return sendBytes(reply, 200, "application/json", json);
  });
  let document: Buffer | null = null;
  app.get("/openapi.json", { config, schema: OPENAPI }, (_request, reply) => {
    // Made when first asked for: most processes are never asked, and every process starts faster.
    document ??= Buffer.from(JSON.stringify(app.swagger()));
    return sendBytes(reply, 200, "application/json", document);
  });
}

/** 200 whatever the verdict: it is the page of the service, and /schema/health is for programs. */
function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { access, pages, refresher }: DocumentOptions,
): FastifyReply {
  const problem = access(callerOf(request.raw));
  const { ageMs, state } = refresher.current();
  const { id, body } = pages(problem);
  reply.headers({ "content-security-policy": PAGE_POLICY, "schemaready-page": id, "schemaready-state": state });
  if (ageMs !== null) reply.header("age", Math.floor(ageMs / 1000));
  const isAsked = problem?.status === 401 && Object.hasOwn(Object(request.query), "details");
  if (isAsked) reply.header("www-authenticate", BASIC_CHALLENGE);
  return sendBytes(reply, isAsked ? 401 : 200, "text/html; charset=utf-8", body);
}
