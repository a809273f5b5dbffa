/** The OpenAPI document without a service: for openapi/openapi.json. */
import { buildApp } from "./app.js";
import { createLogger } from "./log.js";
import { createReadiness } from "./readiness.js";
import { createRefresher } from "./refresher.js";

/** The document that a service of this version has at /openapi.json. */
export async function openApiDocument(version: string): Promise<object> {
  const logger = createLogger({ level: "silent", secrets: [] });
  const verify = () => Promise.reject(new Error("not started"));
  const refresher = createRefresher({ verify, intervalMs: 1, maxStaleMs: 1, logger });
  const readiness = createReadiness(refresher);
  const app = await buildApp({ refresher, readiness, version, token: null, host: "localhost", intervalMs: 1, logger });
  const document = app.swagger();
  await app.close();
  return document;
}
