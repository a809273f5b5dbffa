/**
 * The blocks of a Prisma schema: just enough of its grammar to say where a block begins and ends and on which line a
 * field stands. What a schema means is said by Prisma's engine alone.
 * https://www.prisma.io/docs/orm/prisma-schema/overview
 */

export interface Block {
  readonly keyword: "generator" | "datasource" | "model" | "view" | "enum" | "type";
  readonly name: string;
  /** Offsets in the text: of the keyword, behind `{`, of `}`. A block that is not closed ends with the text. */
  readonly start: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

const ASIDE = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\r\n]|\\.)*"/g;

/** The text with comments and the insides of strings as spaces: same length, same lines, nothing in it misleads. */
export function withoutAsides(text: string): string {
  return text.replace(ASIDE, (aside) => {
    if (!aside.startsWith('"')) return blank(aside);
    return `"${blank(aside.slice(1, -1))}"`;
  });
}

/** Spaces of the same length and with the same line ends. */
export function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

const HEADER = /^[ \t]*(generator|datasource|model|view|enum|type)[ \t]+([\p{L}\p{N}_-]+)[ \t]*\{/gmu;

/** In the order of the text. @param masked what `withoutAsides` gives */
export function blocksOf(masked: string): Block[] {
  const blocks: Block[] = [];
  let last = 0;
  for (const match of masked.matchAll(HEADER)) {
    const [header, keyword, name] = match;
    const start = match.index + header.search(/\S/);
    if (keyword === undefined || name === undefined || start < last) continue;
    const bodyStart = match.index + header.length;
    const bodyEnd = endOfBody(masked, bodyStart);
    last = bodyEnd;
    blocks.push({ keyword: keyword as Block["keyword"], name, start, bodyStart, bodyEnd });
  }
  return blocks;
}

/** Braces nest: `where: { status: "open" }` of a partial index. */
function endOfBody(masked: string, bodyStart: number): number {
  let depth = 1;
  for (let i = bodyStart; i < masked.length; i++) {
    if (masked[i] === "{") depth++;
    if (masked[i] === "}" && --depth === 0) return i;
  }
  return masked.length;
}

/** 1-based line of an offset, as Prisma counts: by `\n`. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf("\n"); i !== -1 && i < offset; i = text.indexOf("\n", i + 1)) line++;
  return line;
}
