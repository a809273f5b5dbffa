/** Text of an application's answer, made fit for a terminal, a log and a report. */
import { stripVTControlCharacters } from "node:util";
import { REDACTED } from "../config/index.js";

/** Control characters (except newline and tab) and the marks that reverse the direction of writing. */
const UNPRINTABLE = /[^\P{Cc}\n\t]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Without ANSI sequences, control characters and direction marks; line ends are newlines. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/\r\n?/g, "\n").replace(UNPRINTABLE, "");
}

/** One line: every run of white space becomes one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** At most `max` characters, the last one an ellipsis when something was cut off; cut only where `cutPoint` allows. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, cutPoint(text, max - 1))}…`;
}

/** The place itself, or the next one before it: never inside a character or the stand-in of a secret. */
export function cutPoint(text: string, at: number): number {
  const hidden = text.lastIndexOf(REDACTED, at);
  if (hidden !== -1 && hidden < at && at < hidden + REDACTED.length) return hidden;
  return /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1)) ? at - 1 : at;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Replaces the character references that error pages use: the five of XML, nbsp, and numeric ones. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** What a browser would show of a page, roughly: without scripts, styles and tags, blocks on lines of their own. */
export function htmlToText(html: string): string {
  const withoutCode = html
    .replace(/<(script|style|svg)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ");
  const withLines = withoutCode.replace(/<(?:br|\/?(?:p|div|h[1-6]|li|tr|pre|title|body))\b[^<>]*>/gi, "\n");
  const text = decodeEntities(withLines.replace(/<\/?[a-zA-Z!][^<>]*>/g, ""));
  return text
    .split("\n")
    .map((line) => line.replace(/[ \t]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
