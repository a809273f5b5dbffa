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

/** A table with a head; on a narrow screen its cells stand below each other. Nothing without rows, no empty columns. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Content[])[],
  numbers: readonly number[] = [],
): Html[] {
  if (rows.length === 0) return [];
  const columns = [...head.keys()].filter((at) => rows.some((row) => !isEmpty(row[at] ?? "")));
  const cell = (content: Content, at: number) =>
    element("td", numbers.includes(at) ? { class: "number" } : {}, content);
  const headRow = columns.map((at) => element("th", { scope: "col" }, head[at] ?? ""));
  const body = rows.map((row) => element("tr", {}, ...columns.map((at) => cell(row[at] ?? "", at))));
  return [element("table", {}, element("thead", {}, element("tr", {}, ...headRow)), element("tbody", {}, ...body))];
}

function isEmpty(content: Content): boolean {
  return content === "" || (Array.isArray(content) && content.every(isEmpty));
}

export function list(items: readonly Content[]): Html[] {
  return items.length === 0 ? [] : [element("ul", {}, ...items.map((each) => element("li", {}, each)))];
}
