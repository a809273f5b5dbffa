/** Settings of `schemaready wait`. */
import type { ConnectionSettings } from "./connection-string.js";
import { readOutputs } from "./outputs.js";
import {
  type ContractSettings,
  collect,
  contractSettings,
  DEFAULT_TIMEOUT_MS,
  requireConnection,
  type Sources,
} from "./settings.js";
import type { Output } from "./values.js";

export interface WaitSettings extends ContractSettings {
  readonly connection: ConnectionSettings;
  /** For one verification. */
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly everyMs: number;
  /** Ids; empty: every feature. */
  readonly features: readonly string[];
  readonly outputs: readonly Output[];
  /** A warning is not enough. */
  readonly strict: boolean;
}

/** @throws as verifySettings */
export function waitSettings(sources: Sources): WaitSettings {
  return collect(sources, (reader) => {
    const connection = requireConnection(reader, sources.environment);
    const settings = {
      ...contractSettings(reader, sources),
      timeoutMs: reader.one("timeout") ?? DEFAULT_TIMEOUT_MS,
      deadlineMs: reader.one("deadline") ?? 300_000,
      everyMs: reader.one("every") ?? 2_000,
      features: reader.many("feature"),
      outputs: readOutputs(reader, sources.directory, reader.many("format")),
      strict: sources.flags["strict"] === true,
    };
    return connection === null ? null : { ...settings, connection };
  });
}
