/** Where the schema declares a table, a view or a column: by the name in the database, which `@@map` and `@map` may change. */
import { type Block, blocksOf, lineAt, withoutAsides } from "./blocks.js";
import type { PrismaFile } from "./files.js";

export interface Declaration {
  readonly keyword: Block["keyword"];
  /** Names in the database; schema null: no `@@schema`. */
  readonly schema: string | null;
  readonly name: string;
  /** `@@ignore`: the application does not see it. */
  readonly ignored: boolean;
  /** `file:line` */
  readonly place: string;
  /** Name in the database -> `file:line`. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Everything that the schema declares, in its order. */
export function declarationsOf(files: readonly PrismaFile[]): Declaration[] {
  return files.flatMap(({ path, text }) => {
    const masked = withoutAsides(text);
    return blocksOf(masked).map((block) => declarationOf(path, text, masked, block));
  });
}

function declarationOf(path: string, text: string, masked: string, block: Block): Declaration {
  const { keyword, start, bodyStart, bodyEnd } = block;
  const argument = (attribute: string) => argumentOf(text, masked, bodyStart, bodyEnd, attribute);
  const fields = new Map<string, string>();
  for (const { index, 1: field = "" } of masked.slice(bodyStart, bodyEnd).matchAll(/^[ \t]*([\p{L}\p{N}_]+)[ \t]/gmu)) {
    const at = bodyStart + index;
    const end = masked.indexOf("\n", at + 1);
    const mapped = argumentOf(text, masked, at, end === -1 ? bodyEnd : Math.min(end, bodyEnd), "@map");
    fields.set(mapped ?? field, `${path}:${lineAt(text, at)}`);
  }
  return {
    keyword,
    schema: argument("@@schema"),
    name: argument("@@map") ?? block.name,
    ignored: /@@ignore\b/.test(masked.slice(bodyStart, bodyEnd)),
    place: `${path}:${lineAt(text, start)}`,
    fields,
  };
}

/** The string in `@@map("users")` or `@map(name: "users")`. */
function argumentOf(text: string, masked: string, start: number, end: number, attribute: string): string | null {
  const found = new RegExp(`(?<!@)${attribute}\\([ \\t]*(?:name:[ \\t]*)?(?=")`).exec(masked.slice(start, end));
  if (found === null) return null;
  const rest = text.slice(start + found.index + found[0].length, end);
  return /^"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1]?.replace(/\\(.)/g, "$1") ?? null;
}
