/** Which properties, headers and parameters of an exchange hold secrets although no check file says so. */
import { REDACTED } from "../config/index.js";
import { soundsSecret } from "../model/secret-names.js";

/** Names that applications use besides those that a check file may use. */
const ALSO = /passw|passphrase|pwd|jwt|bearer|credential|signature/i;
/** Keys that unlock nothing. They are needed to understand why a row was refused. */
const KEYS_OF_DATA =
  /(?:primary|foreign|unique|partition|sort|message|error|translation|i18n|idempotency|public)[ _-]?keys?/gi;
/** Last words of names that say something about a secret: `tokenType`, `password_error`, `sessionExpiresAt`. */
const ABOUT_ONE = new Set(
  "count type status state error errors message reason name limit length mode method provider required enabled expires expiry ttl at".split(
    " ",
  ),
);

/** Whether the text that stands under this name in an answer is a secret. */
export function namesSecret(name: string): boolean {
  // A name that holds a secret is hidden already, and can no longer be judged.
  if (name.includes(REDACTED)) return true;
  const rest = name.replace(KEYS_OF_DATA, "");
  return (soundsSecret(rest) || ALSO.test(rest)) && !ABOUT_ONE.has(lastWord(name));
}

function lastWord(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1 $2").split(/[^A-Za-z\d]+/);
  return words.length > 1 ? (words.at(-1) ?? "").toLowerCase() : "";
}

const WORD = /^[\p{L}'"`().,:;!?_\\/-]{1,40}$|^\d{1,4}[.,;:)]?$/u;
const SAYING =
  /\b(?:is|are|was|must|not|no|has|have|cannot|should|required|invalid|missing|expired|does|failed|too|unknown|wrong|at|least)\b/i;

/** A sentence under a name (`{"password": "must be at least 8 characters"}`) explains a failure; a token is one word. */
export function isSentence(value: string): boolean {
  if (value.length > 300 || !SAYING.test(value)) return false;
  const words = value.trim().split(/\s+/);
  return words.length > 1 && words.every((word) => WORD.test(word));
}
