/** Which database: --database-url, else DATABASE_URL, else libpq's variables. */
import { SchemareadyError } from "../errors/index.js";
import { type ConnectionSettings, parseConnectionString } from "./connection-string.js";
import type { Environment } from "./environment.js";
import type { SettingReader } from "./reader.js";
import { port } from "./values.js";

/**
 * The connection, or null when no database was given (or it cannot be used: then the reader has the problems).
 * PGPASSWORD stands in for a password that the URL leaves out, as in libpq
 * (https://www.postgresql.org/docs/current/libpq-envars.html).
 */
export function readConnection(reader: SettingReader, environment: Environment): ConnectionSettings | null {
  const [given] = reader.given("databaseUrl");
  const schema = reader.one("schema");
  const connection = given === undefined ? fromLibpq(reader, environment) : parse(given.text, given.place, reader);
  if (connection === null) return null;
  return { ...withPasswordFrom(environment, connection), schema: schema ?? connection.schema };
}

/** PGPASSWORD stands in for a password that a URL leaves out. */
export function withPasswordFrom(environment: Environment, connection: ConnectionSettings): ConnectionSettings {
  return { ...connection, password: connection.password ?? (environment["PGPASSWORD"] || null) };
}

/** Whether somebody meant to give a database: a refused one is not a missing one. */
export function databaseGiven(reader: SettingReader, environment: Environment): boolean {
  return reader.given("databaseUrl").length > 0 || usesLibpq(environment);
}

/** The reference database of `compile`, or null when none was given (or it cannot be used). PGPASSWORD as above. */
export function readReference(reader: SettingReader, environment: Environment): ConnectionSettings | null {
  const [given] = reader.given("fromDatabase");
  const connection = given === undefined ? null : parse(given.text, given.place, reader);
  return connection === null ? null : withPasswordFrom(environment, connection);
}

/** Checks a URL that is only passed on; the text itself is what is used. */
export function checkUrl(name: "scratchUrl", reader: SettingReader): string | null {
  const [given] = reader.given(name);
  if (given === undefined) return null;
  return parse(given.text, given.place, reader) === null ? null : given.text;
}

function parse(text: string, place: string, reader: SettingReader): ConnectionSettings | null {
  try {
    return parseConnectionString(text);
  } catch (error) {
    if (!(error instanceof SchemareadyError)) throw error;
    reader.problems.push(...error.problems.map(({ message }) => ({ place, message })));
    return null;
  }
}

function usesLibpq(environment: Environment): boolean {
  return Boolean(environment["PGHOST"] || environment["PGDATABASE"]);
}

/** libpq's variable -> parameter of a PostgreSQL URI. */
const PARAMETERS: Readonly<Record<string, string>> = {
  PGHOST: "host",
  PGUSER: "user",
  PGPASSWORD: "password",
  PGDATABASE: "dbname",
  PGSSLMODE: "sslmode",
  PGSSLROOTCERT: "sslrootcert",
  PGSSLCERT: "sslcert",
  PGSSLKEY: "sslkey",
  PGCONNECT_TIMEOUT: "connect_timeout",
  PGOPTIONS: "options",
};

function fromLibpq(reader: SettingReader, environment: Environment): ConnectionSettings | null {
  if (!usesLibpq(environment)) return null;
  const parameters = new URLSearchParams();
  for (const [variable, parameter] of Object.entries(PARAMETERS)) {
    const value = environment[variable];
    if (value) parameters.set(parameter, value);
  }
  const portText = environment["PGPORT"] || "5432";
  const result = port.safeParse(portText);
  if (!result.success) {
    reader.problems.push(...result.error.issues.map(({ message }) => ({ place: "PGPORT", message })));
    return null;
  }
  parameters.set("port", String(result.data));
  return parse(`postgresql:///?${parameters}`, "PGHOST, PGDATABASE, ...", reader);
}
