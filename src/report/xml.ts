/** As much XML 1.0 as a JUnit report needs: elements, attributes, text. Whatever goes in comes out well-formed. */

export interface XmlElement {
  readonly name: string;
  /** In the order of the keys; undefined attributes are left out. */
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children: readonly (XmlElement | string)[];
}

export function element(
  name: string,
  attributes: XmlElement["attributes"],
  children: XmlElement["children"] = [],
): XmlElement {
  return { name, attributes, children };
}

/** The document with its declaration, indented by two spaces; elements with text stay on their own lines. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, "")}\n`;
}

function write({ name, attributes, children }: XmlElement, indent: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`)
    .join("");
  const open = `${indent}<${name}${written}`;
  if (children.length === 0) return `${open}/>`;
  const texts = children.filter((child) => typeof child === "string");
  if (texts.length === children.length) return `${open}>${texts.map(escapeText).join("")}</${name}>`;
  const inner = children.map((child) =>
    typeof child === "string" ? `${indent}  ${escapeText(child)}` : write(child, `${indent}  `),
  );
  return `${open}>\n${inner.join("\n")}\n${indent}</${name}>`;
}

/** Escape sequences of terminals: CSI ... letter, OSC ... BEL or ST, two-character ones. */
const ANSI =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with ESC
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
/** What XML 1.0 does not allow, not even as a reference (https://www.w3.org/TR/xml/#charsets); lone surrogates included. */
const ILLEGAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Removes terminal escapes; replaces characters that XML cannot hold by U+FFFD. */
export function legalXml(text: string): string {
  return text.replace(ANSI, "").replace(ILLEGAL, "\ufffd");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** `>` too: `]]>` may not stand in text. */
function escapeText(text: string): string {
  return legalXml(text)
    .replace(/[&<>]/g, (found) => ENTITIES[found] ?? found)
    .replaceAll("\r", "&#13;");
}

/** Line ends and tabs as references: a parser would turn them into spaces otherwise. */
function escapeAttribute(text: string): string {
  return legalXml(text)
    .replace(/[&<>"]/g, (found) => ENTITIES[found] ?? found)
    .replace(/[\t\n\r]/g, (found) => `&#${found.charCodeAt(0)};`);
}
