/** Settings of `schemaready serve`. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { z } from "zod";
import type { ConnectionSettings } from "./connection-string.js";
import { DEFINITIONS, flagOf } from "./definitions.js";
import { type HttpClientSettings, readHttpClient } from "./http-client.js";
import type { SettingReader } from "./reader.js";
import {
  type ContractSettings,
  collect,
  contractSettings,
  DEFAULT_TIMEOUT_MS,
  requireConnection,
  type Sources,
} from "./settings.js";
import { type LogLevel, token, webhookUrl } from "./values.js";

/** Where changes of the verdict are told, and in whose words. */
export interface Webhook {
  /** A secret: whoever knows it may post. */
  readonly url: string;
  readonly format: "json" | "slack";
}

export interface ServeSettings extends ContractSettings, HttpClientSettings {
  readonly connection: ConnectionSettings;
  readonly timeoutMs: number;
  readonly host: string;
  readonly port: number;
  readonly refreshIntervalMs: number;
  readonly maxStaleMs: number;
  readonly readyRequires: "verification" | "schema";
  readonly token: string | null;
  /** Told of every change of the verdict; null: nobody is. */
  readonly webhook: Webhook | null;
  /** How long to go on serving after SIGTERM, while `/readyz` says no. */
  readonly drainDelayMs: number;
  readonly logLevel: LogLevel;
  /** The application whose flows may be run; null: none are. */
  readonly baseUrl: string | null;
  /** The variable that names an application whose flows are not run, because beside a contract nobody named check files. */
  readonly unusedBaseUrl: string | null;
}

/** @throws as verifySettings */
export function serveSettings(sources: Sources): ServeSettings {
  return collect(sources, (reader) => {
    const refreshIntervalMs = reader.one("refreshInterval") ?? 5_000;
    const maxStaleMs = reader.one("maxStale") ?? 300_000;
    if (maxStaleMs <= refreshIntervalMs) {
      const message = `${maxStaleMs} ms is not more than --refresh-interval (${refreshIntervalMs} ms): every verdict would expire before the next`;
      reader.problems.push({ place: "--max-stale", message });
    }
    const connection = requireConnection(reader, sources.environment);
    const settings = {
      ...flowSettings(reader, sources),
      ...readHttpClient(reader, sources.directory),
      timeoutMs: reader.one("timeout") ?? DEFAULT_TIMEOUT_MS,
      host: reader.one("host") ?? "127.0.0.1",
      port: reader.one("port") ?? 3000,
      refreshIntervalMs,
      maxStaleMs,
      readyRequires: reader.one("readyRequires") ?? "verification",
      token: readSecretFile(reader, "tokenFile", sources.directory, token) ?? reader.one("token"),
      webhook: readWebhook(reader, sources.directory),
      drainDelayMs: reader.one("drainDelay") ?? 5_000,
      logLevel: reader.one("logLevel") ?? "info",
    };
    return connection === null ? null : { ...settings, connection };
  });
}

/**
 * With the option --base-url, check files are wanted for their flows, beside a contract too. The variable may be there
 * for the other commands: it does not make the service read files that nobody named.
 */
function flowSettings(reader: SettingReader, sources: Sources) {
  const [address] = reader.given("baseUrl");
  const isAsked = address !== undefined && (address.place.startsWith("--") || reader.given("checks").length > 0);
  const settings = contractSettings(reader, sources, isAsked);
  const baseUrl = reader.one("baseUrl");
  if (address === undefined || isAsked || settings.contract === null) {
    return { ...settings, baseUrl, unusedBaseUrl: null };
  }
  return { ...settings, baseUrl: null, unusedBaseUrl: address.place };
}

function readWebhook(reader: SettingReader, directory: string): Webhook | null {
  const url = readSecretFile(reader, "webhookUrlFile", directory, webhookUrl) ?? reader.one("webhookUrl");
  const format = reader.one("webhookFormat");
  if (url === null) return null;
  return { url, format: format ?? (new URL(url).hostname === "hooks.slack.com" ? "slack" : "json") };
}

/** The first line of a file that holds a secret; null when no file is named, or what it holds is wrong and was noted. */
function readSecretFile(
  reader: SettingReader,
  name: "tokenFile" | "webhookUrlFile",
  directory: string,
  value: z.ZodType<string, string>,
): string | null {
  const path = reader.one(name);
  if (path === null) return null;
  const place = flagOf(DEFINITIONS[name]);
  try {
    const result = value.safeParse(readFileSync(resolve(directory, path), "utf8").trim());
    if (result.success) return result.data;
    // What the file holds is a secret, so the problem is told in other words than those of a value.
    reader.problems.push({ place, message: `${path} must hold ${WANTED[name]}` });
  } catch (error) {
    reader.problems.push({ place, message: error instanceof Error ? error.message : String(error) });
  }
  return null;
}

const WANTED = {
  tokenFile: "visible ASCII characters without spaces",
  webhookUrlFile: "one address that begins with https:// or http://",
} as const;
