/** Texts as YAML 1.2 writes them, so that they are read back as they were, whatever they hold. */

const PLAIN = /^(?!\.\d)[A-Za-z_./][\w./-]*$/;
/** Also what older readers take for something else than text. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n|\.inf|\.nan)$/i;
const ESCAPED = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Plain where that is safe anywhere in a file, in double quotes otherwise. One line, always. */
export function yamlText(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  // JSON is YAML, but for characters that are invisible or end a line.
  return JSON.stringify(text.replaceAll(/\p{Surrogate}/gu, "\ufffd")).replaceAll(ESCAPED, (found) => {
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** `[a, "b c"]` */
export function yamlList(texts: readonly string[]): string {
  return `[${texts.map(yamlText).join(", ")}]`;
}
