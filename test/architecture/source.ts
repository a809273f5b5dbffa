/** Reads and parses the repository's own source, for the rules in this folder. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, visitorKeys } from "oxc-parser";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** An ESTree node, as far as the rules need to know it: every rule looks at a few named fields. */
export interface AstNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly program: AstNode;
  readonly comments: readonly { readonly value: string; readonly start: number }[];
}

/** Parses TypeScript text. Throws when it does not parse: a rule that sees half a file would pass for no reason. */
export function parse(path: string, text: string): SourceFile {
  const result = parseSync(path, text, { lang: "ts", sourceType: "module", preserveParens: false });
  const error = result.errors[0];
  if (error) throw new Error(`${path} does not parse: ${error.message}`);
  return { path, text, program: result.program as unknown as AstNode, comments: result.comments };
}

/** Every TypeScript file below the given folders, parsed, in the order of their paths. A folder that is not there is empty. */
export function readSources(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => listFiles(folder))
    .filter((path) => path.endsWith(".ts"))
    .sort()
    .map((path) => parse(path, readText(path)));
}

/** Paths of all files below a folder of the repository, relative to the repository. */
export function listFiles(folder: string): string[] {
  try {
    return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(ROOT.length + 1)
          .replaceAll("\\", "/"),
      );
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Text of one file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** One-based line of an offset. */
export function lineOf(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split("\n").length;
}

/** Visits every node from the outside in; `parents` runs from the program to the node's own parent. */
export function walk(
  node: AstNode,
  visit: (node: AstNode, parents: readonly AstNode[]) => void,
  parents: readonly AstNode[] = [],
): void {
  visit(node, parents);
  const inner = [...parents, node];
  for (const key of visitorKeys[node.type] ?? []) {
    const value = node[key];
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, inner);
  }
}

/** True for an ESTree node, of the given type when one is named. */
export function isNode(value: unknown, type?: string): value is AstNode {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  return typeof value.type === "string" && (type === undefined || value.type === type);
}

/** The name of an identifier or the value of a string literal (also a template without parts), else null. */
export function textOf(value: unknown): string | null {
  if (isNode(value, "Identifier")) return String(value["name"]);
  if (isNode(value, "Literal")) return typeof value["value"] === "string" ? value["value"] : null;
  if (!isNode(value, "TemplateLiteral")) return null;
  const quasis = value["quasis"];
  const only: unknown = Array.isArray(quasis) && quasis.length === 1 ? quasis[0] : null;
  if (!isNode(only)) return null;
  const cooked: unknown = (only["value"] as { cooked?: unknown }).cooked;
  return typeof cooked === "string" ? cooked : null;
}

/** The name of `a.name` or `a["name"]`, else null. */
export function memberName(node: AstNode): string | null {
  if (node.type !== "MemberExpression") return null;
  const property = node["property"];
  return node["computed"] === true && isNode(property, "Identifier") ? null : textOf(property);
}
