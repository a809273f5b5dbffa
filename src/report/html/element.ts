/** HTML as values: text is escaped because there is no way to put it in unescaped. */
import { displaySafe } from "../display.js";

/** Markup that `element` has made. */
export interface Html {
  readonly markup: string;
}

export type Content = Html | string | readonly Content[];

const VOID = new Set(["meta", "br", "link"]);

/**
 * An element. Text in its content becomes text, whatever it holds; what could hide or turn text around is shown as an
 * escape. Attributes are in double quotes.
 */
export function element(name: string, attributes: Readonly<Record<string, string>>, ...content: Content[]): Html {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`);
  const open = `<${name}${written.join("")}>`;
  return { markup: VOID.has(name) ? open : `${open}${content.map(write).join("")}</${name}>` };
}

/** Text whose line ends are kept: for answers and statements, inside `pre`. */
export function lines(text: string): Html {
  return { markup: text.split(/\r?\n/).map(escapeHtml).join("\n") };
}

function write(content: Content): string {
  if (typeof content === "string") return escapeHtml(content);
  return isHtml(content) ? content.markup : content.map(write).join("");
}

function isHtml(content: Html | readonly Content[]): content is Html {
  return "markup" in content;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return displaySafe(text).replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
}
