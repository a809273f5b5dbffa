/** OpenAPI 3.1 from the routes that exist and the zod schemas they are described with. */
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { createJsonSchemaTransformObject, jsonSchemaTransform } from "fastify-type-provider-zod";

type OpenApi = Readonly<Record<string, unknown>>;

/** Swagger UI's own files and inline styles, nothing from elsewhere: it works on a closed network. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Must be registered before the routes that the document is to show. */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  const components = createJsonSchemaTransformObject({});
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.1",
      info: {
        title: "schemaready",
        version,
        description:
          "Whether the schema of a PostgreSQL database is what the deployed code needs, and what is broken when it is not.",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "/" }],
      tags: [
        { name: "Smoke", description: "Runs of the application's flows." },
        { name: "Probes", description: "For orchestrators and load balancers." },
        { name: "Schema", description: "The verdict, and everything behind it." },
        { name: "Documents", description: "About this service." },
      ],
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "The token of this service, when it has one." },
          password: { type: "http", scheme: "basic", description: "The same token as the password of any user." },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withRetryAfter(onlyReferenced(components(document) as OpenApi)),
  });
}

/** Swagger UI at /docs, open to everybody: it shows the shape of answers, never an answer. */
export async function registerDocs(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook("onRoute", (route) => {
      route.config = { ...route.config, access: "open" };
    });
    await scope.register(swaggerUi, { routePrefix: "/docs", staticCSP: DOCS_POLICY, logLevel: "silent" });
  });
}

/** Every schema that zod knows lands in the components; the document keeps those that something refers to. */
function onlyReferenced(document: OpenApi): OpenApi {
  const { components = {}, ...rest } = document as { components?: OpenApi };
  const schemas = (components["schemas"] ?? {}) as OpenApi;
  const kept = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"/]+)"/g)) {
      if (kept.has(name)) continue;
      kept.add(name);
      visit(schemas[name]);
    }
  };
  visit(rest);
  const names = [...kept].filter((name) => name in schemas).sort();
  return { ...rest, components: { ...components, schemas: Object.fromEntries(names.map((n) => [n, schemas[n]])) } };
}

interface Response {
  readonly headers?: OpenApi;
}

const RETRY_AFTER = {
  "retry-after": { description: "Whole seconds until another answer can be expected.", schema: { type: "integer" } },
};

/** Each 503 says when to ask again; the schema of a route has no place to say so. */
function withRetryAfter(document: OpenApi): OpenApi {
  const paths = document["paths"] as Record<string, Record<string, { responses?: Record<string, Response> }>>;
  for (const { responses } of Object.values(paths).flatMap((path) => Object.values(path))) {
    const unavailable = responses?.["503"];
    if (responses !== undefined && unavailable !== undefined) {
      responses["503"] = { ...unavailable, headers: RETRY_AFTER };
    }
  }
  return document;
}
