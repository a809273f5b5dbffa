/** Reads a page as a browser would tokenize it, and fails on everything that is not ours. */

/** What a page may consist of. */
export interface Vocabulary {
  readonly elements: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
}

const WITHOUT_END = new Set(["meta", "link"]);

export const REPORT_VOCABULARY: Vocabulary = {
  elements: new Set(
    "html head meta title style body header main footer section h1 h2 h3 p div span strong code pre ul ol li dl dt dd table thead tbody tr th td details summary".split(
      " ",
    ),
  ),
  attributes: new Set(["lang", "charset", "http-equiv", "content", "name", "class", "scope", "id"]),
};

/** Of the status page: links, a script, an icon, a bar. */
export const PAGE_VOCABULARY: Vocabulary = {
  elements: new Set([...REPORT_VOCABULARY.elements, "a", "link", "script", "svg", "rect"]),
  attributes: new Set([
    ...REPORT_VOCABULARY.attributes,
    ..."href rel role tabindex aria-label aria-hidden data-page data-every viewBox preserveAspectRatio x y width height".split(
      " ",
    ),
  ]),
};

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/**
 * The text of a page, a line for each element.
 * @param without what stands in `style` and `script`, which are no text
 * @throws Error for elements and attributes that are not in the vocabulary, bad nesting, and bare `<`, `>` or `&`
 */
export function textOfHtml(html: string, { elements, attributes }: Vocabulary, without: readonly string[]): string {
  const page = without.reduce((rest, each) => rest.replace(each, ""), html.replace("<!DOCTYPE html>\n", ""));
  const open: string[] = [];
  let text = "";
  let position = 0;
  for (const match of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+="[^"<>]*")*)>/g)) {
    const [tag, closing, name = "", given = ""] = match;
    text += page.slice(position, match.index);
    position = match.index + tag.length;
    const unknown = [...given.matchAll(/ ([a-zA-Z-]+)="/g)]
      .map(([, each = ""]) => each)
      .filter((n) => !attributes.has(n));
    if (!elements.has(name) || unknown.length > 0) throw new Error(`not ours: ${tag}`);
    if (WITHOUT_END.has(name)) continue;
    if (closing === "") open.push(name);
    else if (open.pop() !== name) throw new Error(`badly nested: ${tag} at ${match.index}`);
    text += "\n";
  }
  const rest = text + page.slice(position);
  if (open.length > 0) throw new Error(`not closed: ${open.join(" ")}`);
  if (/[<>]/.test(rest) || rest.replace(/&(?:amp|lt|gt|quot|#39);/g, "").includes("&")) throw new Error("bare markup");
  return rest.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? "").replace(/\n+/g, "\n");
}
