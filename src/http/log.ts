/**
 * The service's log: pino, one JSON line an event, secrets replaced twice: by the name of the field, and once more at
 * the sink, where every line passes whatever way it came (messages, stack traces, errors of the driver).
 */

import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import { createRedactor, REDACTED } from "../config/index.js";

/** What the refresher needs of a logger. */
export interface EventLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

export interface LogOptions {
  readonly level: LogLevel;
  /** Values that must never appear: the token, the database password. */
  readonly secrets: readonly (string | null)[];
  /** Where lines go; standard output when not given. */
  readonly destination?: DestinationStream;
}

const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "password",
  "token",
  "databaseUrl",
  "connectionString",
  "DATABASE_URL",
];

/** Makes the logger that server, application and refresher share. */
export function createLogger({ level, secrets, destination = process.stdout }: LogOptions): Logger {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret ?? "");
  return pino(
    {
      level,
      base: { name: "schemaready" },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: REDACTED },
    },
    { write: (line: string) => void destination.write(redactor.redact(line)) },
  );
}
