export type { BaselineSettings } from "./baseline.js";
export { childEnvironment } from "./child-environment.js";
export { type ColourMode, colourMode } from "./colour.js";
export {
  type ConnectionSettings,
  displayConnection,
  parseConnectionString,
  type SslMode,
  type SslSettings,
} from "./connection-string.js";
export { withPasswordFrom } from "./database.js";
export { DEFINITIONS, type Definition, flagOf, type SettingName } from "./definitions.js";
export { type Environment, environment } from "./environment.js";
export { type GithubActions, githubActions } from "./github.js";
export type { HttpClientSettings } from "./http-client.js";
export { type LintSettings, lintSettings } from "./lint-settings.js";
export type { Flags } from "./reader.js";
export { createRedactor, MIN_SECRET_LENGTH, REDACTED, type Redactor, withoutUrlPasswords } from "./redact.js";
export { type RepairSettings, repairSettings } from "./repair-settings.js";
export { type Redact, redactSettings, settingSecrets } from "./secrets.js";
export { type ServeSettings, serveSettings, type Webhook } from "./serve-settings.js";
export {
  type CompileSettings,
  type ContractSettings,
  compileSettings,
  type InitSettings,
  initSettings,
  type NamedSchema,
  type ScratchSettings,
  type Sources,
  type TrialSettings,
  type VerifySettings,
  verifySettings,
} from "./settings.js";
export {
  type GateSettings,
  gateSettings,
  type SmokeSettings,
  smokeSettings,
  type WaitFor,
} from "./smoke-settings.js";
export {
  hostWithoutScheme,
  type LintOutput,
  type LogLevel,
  type Output,
  type RepairOutput,
  type SmokeOutput,
} from "./values.js";
export { TOOL_VERSION } from "./version.js";
export { type WaitSettings, waitSettings } from "./wait-settings.js";
