/**
 * The service's log: pino, one JSON line an event, secrets replaced twice: by the name of the field, and once more at
 * the sink, where every line passes whatever way it came (messages, stack traces, errors of the driver).
 */
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";

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

const CENSOR = "[redacted]";
const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "password",
  "token",
  "databaseUrl",
  "connectionString",
  "DATABASE_URL",
];
/** Shorter ones are ordinary words; replacing them would shred the log and hide nothing. */
const SHORTEST_SECRET = 4;

/** Makes the logger that server, application and refresher share. */
export function createLogger({ level, secrets, destination = process.stdout }: LogOptions): Logger {
  const scrub = scrubber(secrets);
  return pino(
    {
      level,
      base: { name: "schemaready" },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: CENSOR },
    },
    { write: (line: string) => void destination.write(scrub(line)) },
  );
}

/**
 * A function that replaces the secrets in a line of JSON, in each spelling that a line may hold: as it is, escaped for
 * JSON, percent-encoded, base64; and the password of any URL, whoever it belongs to.
 */
export function scrubber(secrets: readonly (string | null)[]): (line: string) => string {
  const known = secrets.filter((secret): secret is string => secret !== null && secret.length >= SHORTEST_SECRET);
  const spellings = [...new Set(known.flatMap(spellingsOf))].sort((a, b) => b.length - a.length);
  return (line) => {
    const withoutUrls = line
      .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@"\\]*):[^\s"\\]*@/gi, `$1:${CENSOR}@`)
      .replace(/([?&](?:password|sslpassword)=)[^&\s"\\]*/gi, `$1${CENSOR}`);
    return spellings.reduce((text, secret) => text.replaceAll(secret, CENSOR), withoutUrls);
  };
}

function spellingsOf(secret: string): string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("base64url"),
  ];
}
