/**
 * Connection strings as applications write them: PostgreSQL URIs
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS) with the parameters that Prisma
 * adds (https://www.prisma.io/docs/orm/overview/databases/postgresql#arguments). Parameters that only concern a pool
 * (`connection_limit`, `pgbouncer`, ...) are accepted and have no effect: schemaready uses one connection and unnamed
 * statements, which every pooler understands.
 */
import { userInfo } from "node:os";
import { SchemareadyError } from "../errors/index.js";

export type SslMode = "disable" | "prefer" | "require" | "verify-ca" | "verify-full";

export interface SslSettings {
  readonly mode: SslMode;
  /** Path of a PEM file with the authorities to trust; null: those of Node. */
  readonly rootCertificate: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
}

export interface ConnectionSettings {
  /** Host name, address, or the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Null: none was given; ~/.pgpass is consulted. */
  readonly password: string | null;
  readonly ssl: SslSettings;
  /** Prisma's `?schema=`: the schema of the application's tables. */
  readonly schema: string | null;
  readonly connectTimeoutMs: number;
  readonly applicationName: string;
}

const DEFAULT_CONNECT_TIMEOUT_MS = 5_000;

/** `user@host:port/database`: for people; never holds the password. */
export function displayConnection(connection: ConnectionSettings): string {
  return `${connection.user}@${connection.host}:${connection.port}/${connection.database}`;
}

/**
 * Reads a PostgreSQL URI.
 * @throws SchemareadyError CONNECTION_STRING listing every problem; the text never repeats the string itself.
 */
export function parseConnectionString(text: string): ConnectionSettings {
  const url = parseUrl(text.trim());
  const problems: string[] = [];
  const decode = (part: string, what: string) => decodePart(part, what, problems);
  const parameters = url.searchParams;
  const user = decode(url.username, "user name") || parameters.get("user") || userInfo().username;
  const connection: ConnectionSettings = {
    host: readHost(url, problems),
    port: url.port ? Number(url.port) : Number(parameters.get("port") ?? 5432),
    database: decode(url.pathname.slice(1), "database name") || parameters.get("dbname") || user,
    user,
    password: readPassword(url, decode),
    ssl: readSsl(parameters, problems),
    schema: readSchema(parameters),
    connectTimeoutMs: readConnectTimeout(parameters, problems),
    applicationName: "schemaready",
  };
  if (url.pathname.slice(1).includes("/"))
    problems.push("the path has more than one part; the database name is what follows the first /");
  if (url.hash) problems.push("there is a # in it: percent-encode it as %23 (and / as %2F, @ as %40, ? as %3F)");
  if (problems.length > 0) throw invalid(problems);
  return connection;
}

function parseUrl(text: string): URL {
  if (text === "") throw invalid(["it is empty"]);
  if (/^prisma(\+postgres)?:/i.test(text)) {
    throw invalid([
      "it addresses Prisma's proxy; schemaready needs the direct URL of the database (Prisma's directUrl)",
    ]);
  }
  if (!/^postgres(ql)?:\/\//i.test(text)) throw invalid(["it does not begin with postgresql:// or postgres://"]);
  try {
    // libpq allows an empty host behind a user ("postgresql://app@/shop?host=/run/postgresql"), the URL standard does not.
    return new URL(text.replace(/^([a-z]+:\/\/[^/?#]*@)(?=[/?]|$)/i, "$1localhost"));
  } catch {
    throw invalid([
      "host or port cannot be read; in user name and password, percent-encode special characters (# is %23, / is %2F, @ is %40, : is %3A)",
    ]);
  }
}

function decodePart(part: string, what: string, problems: string[]): string {
  try {
    return decodeURIComponent(part);
  } catch {
    problems.push(`the ${what} holds a % that is not followed by two hexadecimal digits; write % as %25`);
    return "";
  }
}

function readHost(url: URL, problems: string[]): string {
  const host = url.searchParams.get("host") ?? decodePart(url.hostname, "host", problems);
  if (host.includes(",")) problems.push("it names several hosts; give the one that is to be verified");
  return host.replace(/^\[(.*)\]$/, "$1") || "localhost";
}

function readPassword(url: URL, decode: (part: string, what: string) => string): string | null {
  if (url.password !== "") return decode(url.password, "password");
  return url.searchParams.get("password");
}

/** Prisma's `schema`, else what libpq's `options=-c search_path=app` (also `--search_path=app`) puts first. */
function readSchema(parameters: URLSearchParams): string | null {
  const schema = parameters.get("schema");
  if (schema) return schema;
  const match = /search_path\s*=\s*"?([^",\s]+)/.exec(parameters.get("options") ?? "");
  return match?.[1] ?? null;
}

function readConnectTimeout(parameters: URLSearchParams, problems: string[]): number {
  const text = parameters.get("connect_timeout");
  if (text === null) return DEFAULT_CONNECT_TIMEOUT_MS;
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 0) {
    problems.push(`connect_timeout is ${JSON.stringify(text)}, expected a number of seconds`);
    return DEFAULT_CONNECT_TIMEOUT_MS;
  }
  return seconds === 0 ? DEFAULT_CONNECT_TIMEOUT_MS : seconds * 1000;
}

const SSL_MODES: Readonly<Record<string, SslMode>> = {
  disable: "disable",
  allow: "prefer",
  prefer: "prefer",
  require: "require",
  "no-verify": "require",
  "verify-ca": "verify-ca",
  "verify-full": "verify-full",
};

/** libpq: without `sslmode` it is `prefer`; `require` does not verify the certificate unless a root certificate is given. */
function readSsl(parameters: URLSearchParams, problems: string[]): SslSettings {
  const text = parameters.get("sslmode") ?? "prefer";
  const mode = Object.hasOwn(SSL_MODES, text) ? SSL_MODES[text] : undefined;
  if (mode === undefined) {
    problems.push(`sslmode is ${JSON.stringify(text)}, expected one of ${Object.keys(SSL_MODES).join(", ")}`);
  }
  const rootCertificate = parameters.get("sslrootcert");
  const strict = mode === "require" && (rootCertificate !== null || parameters.get("sslaccept") === "strict");
  return {
    mode: strict ? "verify-ca" : (mode ?? "prefer"),
    rootCertificate: rootCertificate === "system" ? null : rootCertificate,
    certificate: parameters.get("sslcert"),
    key: parameters.get("sslkey"),
  };
}

function invalid(problems: readonly string[]): SchemareadyError {
  return new SchemareadyError("CONNECTION_STRING", "The database URL cannot be used.", {
    problems: problems.map((message) => ({ message })),
  });
}
