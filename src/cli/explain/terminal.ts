/** Markdown, as far as our pages use it, as plain text of a width. */

/** Ends with a newline. Headings stand out by themselves; code blocks are indented and never wrapped. */
export function toTerminal(markdown: string, width: number): string {
  const blocks = markdown.trim().split(/\n\s*\n(?=(?:[^`]*```[^`]*```)*[^`]*$)/);
  return `${blocks
    .flatMap((block) => blockLines(block, width))
    .join("\n")
    .trimEnd()}\n`;
}

function blockLines(block: string, width: number): string[] {
  const [first = "", ...rest] = block.split("\n");
  const heading = /^(#+) (.*)$/.exec(first);
  if (heading !== null) {
    const text = inline(heading[2] ?? "");
    const isTitle = heading[1]?.length === 1;
    const below = rest.length === 0 ? [] : blockLines(rest.join("\n"), width);
    return isTitle ? [text, "=".repeat(text.length), "", ...below] : [text, "-".repeat(text.length), ...below];
  }
  if (first.startsWith("```"))
    return [...rest.filter((line) => !line.startsWith("```")).map((line) => `    ${line}`), ""];
  if (/^(?:[-*]|\d+\.) /.test(first)) return [...items(block).flatMap((item) => itemLines(item, width)), ""];
  if (first.startsWith("|")) return [...tableLines(block, width), ""];
  return [...wrap(inline(block.replaceAll("\n", " ")), width, "", ""), ""];
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
function tableLines(block: string, width: number): string[] {
  const rows = block.split("\n").filter((row) => !/^\|[\s:|-]+\|$/.test(row));
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
