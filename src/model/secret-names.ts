/** Names that sound like a secret: of captures, environment variables, headers and properties of an answer. */

/** "author" and "keyword" hold the syllables and mean something else. */
const SECRET_NAMES = /token|secret|password|key(?!word|board)|session|cookie|auth(?!or(?!i[sz]))/i;

/** Whether what has this name is taken for a secret unless somebody says otherwise. */
export function soundsSecret(name: string): boolean {
  return SECRET_NAMES.test(name);
}
