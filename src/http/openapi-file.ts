/** The OpenAPI document without a service: for openapi/openapi.json. */
import { buildApp } from "./app.js";
import { createLogger } from "./log.js";
import { createPlans } from "./plans.js";
import { createReadiness } from "./readiness.js";
import { createRefresher } from "./refresher.js";

/** The document that a service of this version has at /openapi.json. */
export async function openApiDocument(version: string): Promise<object> {
  const logger = createLogger({ level: "silent", secrets: [] });
  const verify = () => Promise.reject(new Error("not started"));
  const refresher = createRefresher({ verify, intervalMs: 1, maxStaleMs: 1, logger });
  const readiness = createReadiness(refresher);
  const plans = createPlans({ plan: verify, logger });
  const options = { refresher, readiness, plans, version, token: null, host: "localhost", intervalMs: 1, logger };
  const app = await buildApp(options);
  const document = app.swagger();
  await app.close();
  return document;
}
