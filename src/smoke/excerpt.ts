/** The part of an answer that is kept in the report of a step that did not pass. */
import type { Redactor } from "../config/index.js";
import { conceal } from "./secret-fields.js";
import { cut, cutPoint, htmlToText, printable } from "./text.js";

export const MAX_EXCERPT = 2_000;
const HEAD = 800;
const BINARY = /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip|gzip|wasm)\b/i;
/** Where the interesting part of a long answer is: the words that PostgreSQL and Prisma use. */
const ERROR_WORDS =
  /does not exist|violates|permission denied|\bP20\d\d\b|\b42P01\b|invalid input value for enum|no unique or exclusion constraint/i;

/**
 * Redacted, printable, at most 2,000 characters. An HTML page becomes its text; a long answer keeps its beginning and
 * the place where a database error stands.
 * @param cutOff the answer ends where reading ended, perhaps in the middle of a secret
 */
export function excerpt(body: string, contentType: string, redactor: Redactor, cutOff = false): string {
  if (BINARY.test(contentType)) return `(${contentType}, ${body.length} characters)`;
  const hidden = conceal(cutOff ? redactor.redactCut(body) : body, redactor);
  const isHtml = /\bx?html\b/i.test(contentType) || /^\s*<(?:!doctype html|html)\b/i.test(hidden);
  // Once more after decoding: taking characters away or decoding entities can put a secret together.
  const text = conceal(printable(isHtml ? htmlToText(hidden) : hidden), redactor).trim();
  return text.length <= MAX_EXCERPT ? text : withErrorPart(text);
}

function withErrorPart(text: string): string {
  const at = text.search(ERROR_WORDS);
  if (at < MAX_EXCERPT - 400) return cut(text, MAX_EXCERPT);
  const room = MAX_EXCERPT - HEAD - 3;
  // Names stand in front of "does not exist" as often as after it.
  const part = text.slice(cutPoint(text, Math.max(HEAD, at - 400)));
  return `${cut(text, HEAD)}\n…\n${cut(part, room)}`;
}
