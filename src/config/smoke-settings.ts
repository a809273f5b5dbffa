/** Settings of `schemaready smoke`. */
import { type BaselineSettings, readBaselineSettings } from "./baseline.js";
import type { ConnectionSettings } from "./connection-string.js";
import { readConnection } from "./database.js";
import { type HttpClientSettings, readHttpClient } from "./http-client.js";
import { readOutputs } from "./outputs.js";
import type { SettingReader } from "./reader.js";
import { type RunFileSettings, readRunFiles } from "./run-file.js";
import {
  type ContractSettings,
  collect,
  contractSettings,
  DEFAULT_TIMEOUT_MS,
  requireConnection,
  type Sources,
  type TrialSettings,
  trialSettings,
  withTrialFlags,
} from "./settings.js";
import { durationIn, type SmokeOutput } from "./values.js";

export interface SmokeSettings extends ContractSettings, TrialSettings, RunFileSettings, HttpClientSettings {
  /** Null: no database was given; failures are then not explained by the schema. */
  readonly connection: ConnectionSettings | null;
  readonly timeoutMs: number;
  /** Null: the check file names it. */
  readonly baseUrl: string | null;
  /** Ids of flows; empty: all. */
  readonly only: readonly string[];
  /** Tags that choose flows and steps, `!tag` those that it takes out; empty: all. */
  readonly tags: readonly string[];
  /** Flows that may run side by side. */
  readonly jobs: number;
  /** No step begins after the first that fails or cannot run. */
  readonly failFast: boolean;
  /** Nothing is cleaned up. */
  readonly keep: boolean;
  /** What has to answer before the first step. */
  readonly waitFor: readonly WaitFor[];
  /** Only say what there is, or what would run; null: run it. */
  readonly show: "list" | "plan" | null;
  readonly outputs: readonly SmokeOutput[];
  /** A warning counts as a failure. */
  readonly strict: boolean;
}

export interface WaitFor {
  /** An address, or a path below that of the application. */
  readonly url: string;
  readonly timeoutMs: number;
}

const DEFAULT_WAIT_MS = 60_000;

/** A smoke run after a look at the schema, as one gate. */
export interface GateSettings extends SmokeSettings, BaselineSettings {
  readonly connection: ConnectionSettings;
  /** Ids; empty: every feature. */
  readonly features: readonly string[];
  /** How long the schema is waited for; 0: one look. */
  readonly deadlineMs: number;
  readonly everyMs: number;
}

/** @throws as verifySettings */
export function smokeSettings(sources: Sources): SmokeSettings {
  return collect(withSmokeFlags(sources), (reader) => readSmoke(reader, sources));
}

/** @throws as verifySettings */
export function gateSettings(sources: Sources): GateSettings {
  return collect(withSmokeFlags(sources), (reader) => {
    const connection = requireConnection(reader, sources.environment);
    const settings = {
      ...readSmoke(reader, sources),
      ...readBaselineSettings(reader, sources.directory),
      features: reader.many("feature"),
      deadlineMs: reader.one("gateDeadline") ?? 0,
      everyMs: reader.one("every") ?? 2_000,
    };
    return connection === null ? null : { ...settings, connection };
  });
}

function withSmokeFlags(sources: Sources): Sources {
  const { flags } = withTrialFlags(sources);
  return { ...sources, flags: { ...flags, smokeFormat: flags["format"], gateDeadline: flags["deadline"] } };
}

function readSmoke(reader: SettingReader, sources: Sources): SmokeSettings {
  const { flags, directory, environment } = sources;
  const outputs = readOutputs(reader, directory, reader.many("smokeFormat"));
  return {
    ...contractSettings(reader, sources, true),
    ...trialSettings(reader),
    connection: readConnection(reader, environment),
    timeoutMs: reader.one("timeout") ?? DEFAULT_TIMEOUT_MS,
    baseUrl: reader.one("baseUrl"),
    only: reader.many("only"),
    tags: reader.many("tag"),
    jobs: reader.one("jobs") ?? 1,
    failFast: flags["failFast"] === true,
    keep: flags["keep"] === true,
    waitFor: readWaits(reader),
    show: readShow(reader, flags, outputs),
    outputs,
    strict: flags["strict"] === true,
    ...readRunFiles(reader, directory),
    ...readHttpClient(reader, directory),
  };
}

/** `/livez 60s`, `/livez=60s`, `http://host/livez`: each address with the time behind it. */
function readWaits(reader: SettingReader): readonly WaitFor[] {
  const waits: { url: string; timeoutMs: number | null }[] = [];
  const refuse = (text: string) =>
    reader.problems.push({
      place: "--wait-for",
      message: `is ${JSON.stringify(text)}, expected an address (http://host/livez) or a path (/livez), then a time such as 60s`,
    });
  for (const text of reader.many("waitFor")) {
    const last = waits.at(-1);
    const alone = durationIn(text);
    const [, address = text, time = ""] = /^(.+)=(\d[\d.]*[a-z]+)$/.exec(text) ?? [];
    if (alone !== null && last !== undefined && last.timeoutMs === null) last.timeoutMs = alone;
    else if (isAddress(address)) waits.push({ url: address, timeoutMs: durationIn(time) });
    else refuse(withoutPassword(text));
  }
  return waits.map(({ url, timeoutMs }) => ({ url, timeoutMs: timeoutMs ?? DEFAULT_WAIT_MS }));
}

function isAddress(text: string): boolean {
  if (/^\/(?!\/)/.test(text)) return true;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//…@");
}

function readShow(
  reader: SettingReader,
  flags: Sources["flags"],
  outputs: readonly SmokeOutput[],
): SmokeSettings["show"] {
  const options = [...(flags["list"] === true ? ["--list"] : []), ...(flags["dryRun"] === true ? ["--dry-run"] : [])];
  const [option, other] = options;
  if (option === undefined) return null;
  if (other !== undefined) reader.problems.push({ place: option, message: `stands beside ${other}: give one of them` });
  const wrong = outputs.filter(({ format }) => format !== "text" && format !== "json");
  for (const { format } of wrong) {
    reader.problems.push({ place: "--format", message: `is ${format}: ${option} prints text or json` });
  }
  return option === "--list" ? "list" : "plan";
}
