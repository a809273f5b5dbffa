/** The service: an app over a refresher. src/server.ts makes both and listens. */
export { type AppOptions, buildApp } from "./app.js";
export { createLogger, type EventLogger, type LogLevel } from "./log.js";
export { openApiDocument } from "./openapi-file.js";
export { createPlans, type Plans, type PlansOptions } from "./plans.js";
export { createReadiness, type Readiness, type ReadyRequirement } from "./readiness.js";
export {
  createRefresher,
  DEFAULT_DEADLINE_MS,
  type Refresher,
  type RefresherOptions,
  type VerdictChange,
} from "./refresher.js";
export { createSmokeRuns, type SmokeCaller, type SmokeRun, type SmokeRuns, type StartSmoke } from "./smoke-runs.js";
export type { Attempt, CurrentVerdict, VerdictState } from "./verdict.js";
export { type Notifier, startWebhook } from "./webhook.js";
