/** The secrets among this process's settings: known from the raw text, so even a URL that cannot be parsed is covered. */
import type { Environment } from "./environment.js";
import { createRedactor } from "./redact.js";

export type Redact = (text: string) => string;

/**
 * Makes the redactor for what this process prints about its own settings.
 * @param flags arguments of the command line
 */
export function redactSettings(flags: readonly string[], environment: Environment): Redact {
  const texts = [...flags, ...Object.values(environment).flatMap((value) => value ?? [])];
  const urls = texts.filter((text) => text.includes("://"));
  const visible = new Set(urls.flatMap(visibleParts));
  const passwords = [
    ...urls.flatMap(passwordsIn),
    environment["PGPASSWORD"] ?? "",
    environment["SCHEMAREADY_TOKEN"] ?? "",
  ];
  const redactor = createRedactor();
  // What is also the name of a user or a database is no secret as a word; it is one only behind the colon of a URL.
  for (const secret of passwords.flatMap((each) => [each, decode(each)])) {
    if (!visible.has(secret)) redactor.add(secret);
  }
  return (text) => redactor.redact(text);
}

/**
 * What stands between the colon and an @, percent-encoded or not, and `password=` among the parameters. In a URL whose
 * password was not encoded nobody can say which @ ends it: every reading counts.
 */
function passwordsIn(text: string): string[] {
  const afterUser = /:\/\/[^:/@]*:(.*)$/s.exec(text)?.[1] ?? "";
  const ends = [...afterUser].flatMap((character, at) => (character === "@" ? [at] : []));
  const parameter = /[?&]password=([^&#]*)/.exec(text)?.[1] ?? "";
  return [...ends.map((end) => [...afterUser].slice(0, end).join("")), parameter];
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
