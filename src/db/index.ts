export { DEFAULT_LIMITS, type SessionLimits, sslOptions } from "./connect.js";
export { connectionError, describeDatabaseError, isServerError, sqlstateOf } from "./error.js";
export { type KeptConnection, keepConnection } from "./kept.js";
export {
  type InSession,
  PRINTING_SETTINGS,
  type ReadSession,
  type Row,
  type SqlConnection,
  withReadSession,
} from "./session.js";
