/**
 * Every setting once: its flag, its environment variables, what it means, how its text is read. The command line's
 * options and help, the resolution and docs/cli.md follow this table.
 */
import type { z } from "zod";
import { MIGRATION_TOOLS } from "../model/migrations.js";
import {
  baseUrl,
  duration,
  FORMATS,
  flag,
  jobs,
  LOG_LEVELS,
  lintOutput,
  majorVersion,
  oneOf,
  origin,
  output,
  pause,
  port,
  repairOutput,
  SMOKE_FORMATS,
  smokeOutput,
  text,
  token,
  webhookUrl,
} from "./values.js";

export interface Definition<Value> {
  /** As commander writes it: `--timeout <duration>`. */
  readonly flags: string;
  /** In order of preference; only without the flag. In a list setting, commas separate the values. */
  readonly variables: readonly string[];
  readonly description: string;
  /** What holds when nothing is given, for people; null when there is no default. */
  readonly fallback: string | null;
  readonly repeatable: boolean;
  readonly value: z.ZodType<Value, string>;
}

function define<Value>(
  flags: string,
  description: string,
  value: z.ZodType<Value, string>,
  more: Partial<Pick<Definition<Value>, "variables" | "fallback" | "repeatable">> = {},
): Definition<Value> {
  return { flags, description, value, variables: [], fallback: null, repeatable: false, ...more };
}

export const DEFINITIONS = {
  databaseUrl: define("--database-url <url>", "the database to look at, Prisma's URL parameters included", text, {
    variables: ["DATABASE_URL"],
    fallback: "PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE",
  }),
  schema: define("--schema <name>", "schema of objects that are written without one", text, {
    variables: ["SCHEMAREADY_SCHEMA"],
    fallback: "?schema= of the URL, else public",
  }),
  checks: define("--checks <path>", "check file, or a directory of them; repeatable", text, {
    variables: ["SCHEMAREADY_CHECKS"],
    fallback: "./checks if it exists",
    repeatable: true,
  }),
  contract: define("--contract <file>", "compiled contract to verify against; no throwaway server is started", text, {
    variables: ["SCHEMAREADY_CONTRACT"],
    fallback: "the check files are compiled",
  }),
  migrations: define("--migrations <directory>", "migrations: everything that they make is expected", text, {
    variables: ["SCHEMAREADY_MIGRATIONS"],
  }),
  prisma: define("--prisma <path>", "schema.prisma, a folder of them, or a package: all of it is expected", text, {
    variables: ["SCHEMAREADY_PRISMA"],
  }),
  waitingMigrations: define(
    "--migrations <directory>",
    "the migrations of the build: those that wait are tried on a copy of the schema in a throwaway PostgreSQL",
    text,
    { variables: ["SCHEMAREADY_MIGRATIONS"], fallback: "those that the check files name" },
  ),
  tool: define("--tool <name>", `tool of the migrations: ${MIGRATION_TOOLS.join(", ")}`, oneOf(MIGRATION_TOOLS), {
    fallback: "found out from the directory",
  }),
  sql: define("--sql <file>", "SQL file (pg_dump, structure.sql, DDL): everything that it makes is expected", text, {
    variables: ["SCHEMAREADY_SQL"],
  }),
  fromContract: define("--from-contract <file>", "another contract: what it expects is expected", text, {
    variables: ["SCHEMAREADY_FROM_CONTRACT"],
  }),
  fromDatabase: define(
    "--from-database <url>",
    "reference database: everything in its schema is expected; read only",
    text,
    { variables: ["SCHEMAREADY_FROM_DATABASE"] },
  ),
  output: define("-o, --output <path>", "file for the contract; - is stdout", text, { fallback: "contract.json" }),
  scratchUrl: define("--scratch-url <url>", "server to build expectations in, instead of starting one", text, {
    variables: ["SCHEMAREADY_SCRATCH_URL"],
    fallback: "a throwaway PostgreSQL is started",
  }),
  scratchVersion: define(
    "--scratch-version <major>",
    "major version of the throwaway PostgreSQL: that of the database, or the nearest newer one that is here",
    majorVersion,
    { variables: ["SCHEMAREADY_SCRATCH_VERSION"], fallback: "that of the optional dependency" },
  ),
  scratchBinaries: define(
    "--scratch-binaries <folder>",
    "folder with bin/, lib/ and share/ of the PostgreSQL to start",
    text,
    {
      variables: ["SCHEMAREADY_SCRATCH_BINARIES"],
      fallback: "the optional dependency",
    },
  ),
  timeout: define("--timeout <duration>", "limit for one verification, connecting included", duration, {
    variables: ["SCHEMAREADY_TIMEOUT"],
    fallback: "15s",
  }),
  deadline: define("--deadline <duration>", "how long to wait in all", duration, {
    variables: ["SCHEMAREADY_DEADLINE"],
    fallback: "5m",
  }),
  gateDeadline: define("--deadline <duration>", "how long to wait for the schema before the flows run", duration, {
    variables: ["SCHEMAREADY_DEADLINE"],
    fallback: "none: one look",
  }),
  every: define("--every <duration>", "pause between two verifications", duration, {
    variables: ["SCHEMAREADY_EVERY"],
    fallback: "2s",
  }),
  baseline: define("--baseline <file>", "gaps that are accepted: only others fail", text, {
    variables: ["SCHEMAREADY_BASELINE"],
  }),
  writeBaseline: define(
    "--write-baseline <file>",
    "accept the gaps that are there now: write them into this file",
    text,
  ),
  feature: define("--feature <id>", "only this feature and what it needs; repeatable", text, {
    repeatable: true,
  }),
  format: define("--format <format>", `${FORMATS.join(", ")}; format=PATH writes a file; repeatable`, output, {
    fallback: "text",
    repeatable: true,
  }),
  smokeFormat: define(
    "--format <format>",
    `${SMOKE_FORMATS.join(", ")}; format=PATH writes a file; repeatable`,
    smokeOutput,
    { fallback: "text", repeatable: true },
  ),
  lintFormat: define("--format <format>", "text, json or github; format=PATH writes a file; repeatable", lintOutput, {
    fallback: "text",
    repeatable: true,
  }),
  repairFormat: define(
    "--format <format>",
    "text, sql, markdown or json; format=PATH writes a file; repeatable",
    repairOutput,
    { fallback: "text", repeatable: true },
  ),
  savedReport: define("--report <file>", "report in JSON whose gaps are repaired; the database is not verified", text, {
    fallback: "the database is verified now",
  }),
  backfill: define(
    "--backfill <column=expression>",
    "SQL expression for rows that have no value: 'schema.table.column=EXPRESSION'; repeatable",
    text,
    { repeatable: true },
  ),
  earlierContract: define(
    "--contract <file>",
    "contract compiled before: migrations that it does not know are looked at, and the others compared with it",
    text,
    { fallback: "every migration is looked at" },
  ),
  baseUrl: define("--base-url <url>", "where the application answers", baseUrl, {
    variables: ["SCHEMAREADY_BASE_URL"],
    fallback: "baseUrl of the check file",
  }),
  allowOrigin: define("--allow-origin <origin>", "requests go to these origins only; repeatable", origin, {
    variables: ["SCHEMAREADY_ALLOW_ORIGIN"],
    fallback: "that of the base URL, and those that the check file names",
    repeatable: true,
  }),
  allowLinkLocal: define("--allow-link-local", "requests may go to link-local addresses", flag, {
    variables: ["SCHEMAREADY_ALLOW_LINK_LOCAL"],
  }),
  caFile: define("--ca-file <path>", "certificates (PEM) that are trusted besides those of Node", text, {
    variables: ["SCHEMAREADY_CA_FILE"],
  }),
  clientCert: define("--client-cert <path>", "certificate (PEM) that the application asks its clients for", text, {
    variables: ["SCHEMAREADY_CLIENT_CERT"],
  }),
  clientKey: define("--client-key <path>", "private key (PEM) of the client certificate, not encrypted", text, {
    variables: ["SCHEMAREADY_CLIENT_KEY"],
  }),
  serverName: define(
    "--server-name <name>",
    "name in the application's certificate, when it is not that of the host",
    text,
    {
      variables: ["SCHEMAREADY_SERVER_NAME"],
    },
  ),
  insecure: define("--insecure", "do not look at certificates: anybody may answer, and read what is sent", flag, {
    variables: ["SCHEMAREADY_INSECURE"],
  }),
  only: define("--only <flow>", "run only this flow and those it needs; repeatable", text, { repeatable: true }),
  tag: define("--tag <tag>", "run only flows and steps with this tag, or without it (!tag); repeatable", text, {
    repeatable: true,
  }),
  jobs: define("--jobs <number>", "flows that run side by side when neither needs the other", jobs, { fallback: "1" }),
  waitFor: define(
    "--wait-for <url...>",
    "before the first step: ask this URL (or /path) until it answers 2xx, or a time is over: --wait-for /livez 60s; repeatable",
    text,
    { repeatable: true },
  ),
  runFile: define("--run-file <path>", "file that lists what the run creates, while it is there", text, {
    variables: ["SCHEMAREADY_RUN_FILE"],
    fallback: ".schemaready/smoke-ID.jsonl",
  }),
  cleanupOnly: define("--cleanup-only <run-file>", "run no flows: remove what an earlier run has left behind", text),
  host: define("--host <address>", "address to listen on", text, {
    variables: ["SCHEMAREADY_HOST"],
    fallback: "127.0.0.1",
  }),
  port: define("--port <port>", "port to listen on; 0 lets the system choose", port, {
    variables: ["PORT"],
    fallback: "3000",
  }),
  refreshInterval: define("--refresh-interval <duration>", "pause between two verifications", duration, {
    variables: ["SCHEMAREADY_REFRESH_INTERVAL"],
    fallback: "5s",
  }),
  maxStale: define("--max-stale <duration>", "a verdict older than this is not trusted", duration, {
    variables: ["SCHEMAREADY_MAX_STALE"],
    fallback: "5m",
  }),
  readyRequires: define(
    "--ready-requires <what>",
    "what /readyz waits for: verification (a first one, whatever it said) or schema (the first pass or warn)",
    oneOf(["verification", "schema"]),
    { variables: ["READY_REQUIRES"], fallback: "verification" },
  ),
  tokenFile: define("--token-file <path>", "file with the token that callers send to see details", text, {
    fallback: "SCHEMAREADY_TOKEN; without one, details only for this machine",
  }),
  token: define("--token <never>", "only in the environment: command lines are visible to every process", token, {
    variables: ["SCHEMAREADY_TOKEN"],
  }),
  drainDelay: define(
    "--drain-delay <duration>",
    "how long to go on serving after SIGTERM, while /readyz says 503 (0s: not at all)",
    pause,
    { variables: ["SCHEMAREADY_DRAIN_DELAY"], fallback: "5s" },
  ),
  webhookUrlFile: define("--webhook-url-file <path>", "file with an address that is told of every change", text, {
    fallback: "SCHEMAREADY_WEBHOOK_URL; without one, nobody is told",
  }),
  webhookUrl: define("--webhook-url <never>", "only in the environment: the address is a secret", webhookUrl, {
    variables: ["SCHEMAREADY_WEBHOOK_URL"],
  }),
  webhookFormat: define("--webhook-format <format>", "json or slack", oneOf(["json", "slack"]), {
    variables: ["SCHEMAREADY_WEBHOOK_FORMAT"],
    fallback: "slack for hooks.slack.com, else json",
  }),
  logLevel: define("--log-level <level>", LOG_LEVELS.join(", "), oneOf(LOG_LEVELS), {
    variables: ["SCHEMAREADY_LOG_LEVEL"],
    fallback: "info",
  }),
} as const;

/** How messages and help call a setting: `--timeout`. */
export function flagOf({ flags }: Definition<unknown>): string {
  return flags.split(/[ ,]+/).find((part) => part.startsWith("--")) ?? flags;
}

export type SettingName = keyof typeof DEFINITIONS;
export type SettingValue<Name extends SettingName> =
  (typeof DEFINITIONS)[Name] extends Definition<infer Value> ? Value : never;
