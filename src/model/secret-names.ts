/** Names that sound like a secret: of captures, environment variables, headers and properties of an answer. */

/** "author" and "keyword" hold the syllables and mean something else. */
const SECRET_NAMES = /token|secret|password|key(?!word|board)|session|cookie|[cx]srf|auth(?!or(?!i[sz]))/i;

/** Whether what has this name is taken for a secret unless somebody says otherwise. */
export function soundsSecret(name: string): boolean {
  return SECRET_NAMES.test(name);
}

/** What another session calls itself; anybody may put anything there, and some put their connection string. Null then. */
export function shownApplication(name: string | null): string | null {
  return name !== null && (/:\/\//.test(name) || /(?:password|secret|token)\s*[=:]/i.test(name)) ? null : name;
}
