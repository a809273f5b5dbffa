/** The secrets among this process's settings: known from the raw text, so even a URL that cannot be parsed is covered. */
import type { Environment } from "./environment.js";
import { createRedactor } from "./redact.js";

export type Redact = (text: string) => string;

/**
 * Makes the redactor for what this process prints about its own settings.
 * @param flags arguments of the command line
 */
export function redactSettings(flags: readonly string[], environment: Environment): Redact {
  const redactor = createRedactor();
  for (const secret of settingSecrets(flags, environment)) redactor.add(secret);
  return (text) => redactor.redact(text);
}

/**
 * The passwords of all URLs among the settings, as they are written and decoded, PGPASSWORD, the service's token and the webhook's address.
 * @param texts settings, or arguments of the command line that hold them
 */
export function settingSecrets(settings: readonly string[], environment: Environment): string[] {
  const texts = [...settings, ...Object.values(environment).flatMap((value) => value ?? [])];
  const urls = texts.flatMap((text) => urlIn(text) ?? []);
  const visible = new Set(urls.flatMap(visibleParts));
  const passwords = [
    ...urls.flatMap(passwordsIn),
    environment["PGPASSWORD"] ?? "",
    environment["SCHEMAREADY_TOKEN"] ?? "",
    environment["SCHEMAREADY_WEBHOOK_URL"] ?? "",
  ];
  // What is also the name of a user or a database is no secret as a word; it is one only behind the colon of a URL.
  return passwords.flatMap((each) => [each, decode(each)]).filter((secret) => secret !== "" && !visible.has(secret));
}

/** No connection string is longer; a pull request's text in a variable of a CI job may be. */
const LONGEST_URL = 2_048;
const MOST_READINGS = 8;

/** The setting itself, or the value of `--flag=value`, when it is a URL from its first character on. */
function urlIn(text: string): string | null {
  const value = text.slice(0, LONGEST_URL).replace(/^--?[\w-]+=/, "");
  return /^[a-z][a-z0-9+.-]{0,30}:\/\//i.test(value) ? value : null;
}

/**
 * What stands between the colon and an @, percent-encoded or not, and `password=` among the parameters. In a URL whose
 * password was not encoded nobody can say which @ ends it: the first few readings and the last one count.
 */
function passwordsIn(url: string): string[] {
  const afterUser = /^[^:]*:\/\/[^:/@]*:(.*)$/s.exec(url)?.[1] ?? "";
  const pieces = afterUser.split("@");
  const ends = pieces.slice(1).map((_, at) => at + 1);
  const readings = ends.length <= MOST_READINGS ? ends : [...ends.slice(0, MOST_READINGS - 1), ends.length];
  const parameter = /[?&]password=([^&#]*)/.exec(url)?.[1] ?? "";
  return [...readings.map((end) => pieces.slice(0, end).join("@")), parameter];
}

function visibleParts(text: string): string[] {
  if (!URL.canParse(text)) return [];
  const { username, hostname, pathname } = new URL(text);
  return [username, hostname, pathname.slice(1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
