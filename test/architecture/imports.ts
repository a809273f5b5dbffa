/** What a file imports, in every form the language has, and where an import leads. */
import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { type AstNode, isNode, lineOf, type SourceFile, textOf, walk } from "./source.js";

export interface Import {
  /** computed: `import(expression)`, which no rule can follow. */
  readonly kind: "file" | "package" | "builtin" | "computed";
  /** `src/db/index.ts`, `pg`, `@fastify/swagger` or `node:fs`. */
  readonly target: string;
  readonly line: number;
}

const WITH_SOURCE = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

/** All imports of a file: import, import type, export from, import(), import("x").Type, import x = require() and require(). */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  walk(file.program, (node) => {
    const source = importSource(node);
    if (source === null) return;
    found.push({ ...resolve(file.path, source), line: lineOf(file, node.start) });
  });
  return found;
}

/** The node that names the imported module, or null when the node imports nothing. */
function importSource(node: AstNode): AstNode | null {
  if (WITH_SOURCE.has(node.type)) return isNode(node["source"]) ? node["source"] : null;
  if (node.type === "TSExternalModuleReference") return isNode(node["expression"]) ? node["expression"] : null;
  if (node.type !== "CallExpression" || textOf(node["callee"]) !== "require") return null;
  const [first]: unknown[] = Array.isArray(node["arguments"]) ? node["arguments"] : [];
  return isNode(first) ? first : null;
}

/** Repository path of a relative import, package name of another (`pg/lib/x` is `pg`), `node:` name of a builtin. */
function resolve(from: string, source: AstNode): Pick<Import, "kind" | "target"> {
  const specifier = source.type === "Identifier" ? null : textOf(source);
  if (specifier === null) return { kind: "computed", target: "a computed name" };
  if (specifier.startsWith(".")) {
    return { kind: "file", target: posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts") };
  }
  if (isBuiltin(specifier)) return { kind: "builtin", target: `node:${specifier.replace(/^node:/, "")}` };
  return { kind: "package", target: specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/") };
}

/**
 * Groups of files that import each other in a circle, each group sorted (Tarjan's strongly connected components, and a
 * file that imports itself).
 */
export function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];

  const enter = (file: string): number => {
    const mine = order.size;
    order.set(file, mine);
    stack.push(file);
    let low = mine;
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) low = Math.min(low, enter(next));
      else if (stack.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }
    if (low === mine) {
      const group = stack.splice(stack.indexOf(file)).sort();
      if (group.length > 1 || graph.get(file)?.includes(file)) found.push(group);
    }
    return low;
  };

  for (const file of graph.keys()) if (!order.has(file)) enter(file);
  return found;
}
