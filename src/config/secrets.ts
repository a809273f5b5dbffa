/** Removes secrets from text that is about to be shown. It knows them from the raw settings, so even a URL that cannot be parsed is covered. */
import type { Environment } from "./environment.js";

export type Redact = (text: string) => string;

const SHORTEST = 4;
const REPLACEMENT = "[redacted]";

/**
 * Makes the redactor of one process.
 * @param flags arguments of the command line
 */
export function createRedactor(flags: readonly string[], environment: Environment): Redact {
  const texts = [...flags, ...Object.values(environment).flatMap((value) => value ?? [])];
  const urls = texts.filter((text) => text.includes("://"));
  const visible = new Set(urls.flatMap(visibleParts));
  const passwords = [
    ...urls.flatMap(passwordsIn),
    environment["PGPASSWORD"] ?? "",
    environment["SCHEMAREADY_TOKEN"] ?? "",
  ];
  const spellings = new Set(passwords.filter((each) => each !== "").flatMap(spellingsOf));
  // What is also the name of a user or a database is no secret as a word; it is one only behind the colon of a URL.
  const words = [...spellings].filter((each) => each.length >= SHORTEST && !visible.has(each)).sort(longestFirst);
  return (text) => {
    const withoutWords = words.reduce((kept, word) => kept.replaceAll(word, REPLACEMENT), text);
    return withoutWords.replace(/(\w:\/\/[^\s:/@]*:)[^\s"'<>]*@/g, `$1${REPLACEMENT}@`);
  };
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

function spellingsOf(secret: string): string[] {
  const plain = decode(secret);
  return [secret, plain, encodeURIComponent(plain), JSON.stringify(plain).slice(1, -1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}
