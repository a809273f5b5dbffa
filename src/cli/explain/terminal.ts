/** Markdown, as far as our pages use it, as plain text of a width. */

/** Ends with a newline. Headings stand out by themselves; code blocks are indented and never wrapped. */
export function toTerminal(markdown: string, width: number): string {
  return `${blocksOf(markdown)
    .map((block) => blockLines(block, width).join("\n"))
    .join("\n\n")}\n`;
}

/** Paragraphs, lists, tables, headings, and code with its fences; comments are left out. */
function blocksOf(markdown: string): string[][] {
  const blocks: string[][] = [[]];
  let inCode = false;
  for (const line of markdown.replace(/<!--.*?-->/gs, "").split("\n")) {
    const last = blocks.at(-1) ?? [];
    const isFence = line.startsWith("```");
    const isHeading = !inCode && /^#+ /.test(line);
    if (!inCode && (line.trim() === "" || isHeading || isFence)) blocks.push(line.trim() === "" ? [] : [line]);
    else last.push(line);
    if (isHeading || (isFence && inCode)) blocks.push([]);
    if (isFence) inCode = !inCode;
  }
  return blocks.filter((block) => block.length > 0);
}

function blockLines(lines: readonly string[], width: number): string[] {
  const [first = ""] = lines;
  const [, marks = "", title = ""] = /^(#+) (.*)$/.exec(first) ?? [];
  if (marks !== "") return [inline(title), (marks.length === 1 ? "=" : "-").repeat(inline(title).length)];
  if (first.startsWith("```")) return lines.filter((line) => !line.startsWith("```")).map((line) => `    ${line}`);
  if (/^(?:[-*]|\d+\.) /.test(first)) return items(lines.join("\n")).flatMap((item) => itemLines(item, width));
  if (first.startsWith("|")) return tableLines(lines, width);
  return wrap(inline(lines.join(" ")), width, "", "");
}

/** Items of a list; lines that are indented belong to the item above. */
function items(block: string): string[] {
  return block.split(/\n(?=(?:[-*]|\d+\.) )/).map((item) => item.replace(/\n\s*/g, " "));
}

function itemLines(item: string, width: number): string[] {
  const [, mark = "-", text = ""] = /^([-*]|\d+\.) (.*)$/s.exec(item) ?? [];
  const bullet = `  ${mark} `;
  return wrap(inline(text), width, bullet, " ".repeat(bullet.length));
}

/** One line for each row, its cells behind the first one indented. */
function tableLines(lines: readonly string[], width: number): string[] {
  const rows = lines.filter((row) => !/^\|[\s:|-]+\|$/.test(row));
  return rows.slice(1).flatMap((row) => {
    const [first = "", ...cells] = row
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => inline(cell.trim()));
    return wrap(cells.join("; "), width, `  ${first}: `, "      ");
  });
}

/** Without the marks of links, code and emphasis; what a link leads to is said when it is an address. */
function inline(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, name: string, target: string) =>
      /^https?:/.test(target) ? `${name} (${target})` : name,
    )
    .replace(/`([^`]+)`/g, "$1")
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
}

function wrap(text: string, width: number, first: string, others: string): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      [line, isEmpty] = [others, true];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line.trimEnd()];
}
