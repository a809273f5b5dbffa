/** What the sections of the page have in common. */
import type { Style } from "../text/page.js";
import { type Content, element, type Html, lines } from "./element.js";

/**
 * A section with its heading; nothing when it has nothing to say.
 * @param id unique on the page: what updates it finds the section by its id
 */
export function section(id: string, heading: string, ...content: Content[]): Html[] {
  const isEmpty = content.every((each) => Array.isArray(each) && each.length === 0);
  return isEmpty ? [] : [element("section", { id }, element("h2", {}, heading), ...content)];
}

/** Colours mean the same in every format. */
const CLASSES: Readonly<Record<Style, string>> = {
  red: "bad",
  green: "good",
  yellow: "warn",
  cyan: "odd",
  bold: "",
  dim: "dim",
};

export function word({ word: text, style }: { readonly word: string; readonly style: Style }): Html {
  return element("span", { class: `word ${CLASSES[style]}`.trim() }, text);
}

export function classOf(style: Style): string {
  return CLASSES[style];
}

export function code(text: string): Html {
  return element("code", {}, text);
}

export function pre(text: string): Html {
  return element("pre", {}, lines(text));
}

/** A table with a head; on a narrow screen its cells stand below each other. Nothing without rows. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Content[])[],
  numbers: readonly number[] = [],
): Html[] {
  if (rows.length === 0) return [];
  const cell = (content: Content, at: number) =>
    element("td", numbers.includes(at) ? { class: "number" } : {}, content);
  const headRow = element("tr", {}, ...head.map((each) => element("th", { scope: "col" }, each)));
  const body = rows.map((row) => element("tr", {}, ...row.map(cell)));
  return [element("table", {}, element("thead", {}, headRow), element("tbody", {}, ...body))];
}

export function list(items: readonly Content[]): Html[] {
  return items.length === 0 ? [] : [element("ul", {}, ...items.map((each) => element("li", {}, each)))];
}
