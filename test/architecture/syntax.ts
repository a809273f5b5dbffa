/** Finds forms of code that the rules forbid. Which file may hold which form is said in rules.ts, not here. */
import { type AstNode, isNode, lineOf, memberName, type SourceFile, textOf, walk } from "./source.js";

export interface Finding {
  readonly line: number;
  readonly what: string;
}

export type SyntaxCheck = keyof typeof CHECKS;

type NodeCheck = (node: AstNode, parents: readonly AstNode[]) => string | null;

/** Globals that know the time, the process, chance or the network, or that make a result arrive later. */
const IMPURE_GLOBALS = new Set([
  "process",
  "globalThis",
  "fetch",
  "crypto",
  "performance",
  "Promise",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
]);
const IMPURE_MEMBERS = new Set(["Date.now", "Math.random"]);

/** The checks by name: each takes a parsed file and returns what it found. */
export const CHECKS = {
  environment: environmentReads,
  impurity: byNode(impurity),
  defaultExport: byNode(defaultExport),
  any: byNode((node) => (node.type === "TSAnyKeyword" ? "the type any" : null)),
  suppression: suppressions,
  console: byNode((node) =>
    node.type === "MemberExpression" && textOf(node["object"]) === "console" ? `console.${memberName(node)}` : null,
  ),
  listen: byNode((node) =>
    node.type === "CallExpression" && isNode(node["callee"]) && memberName(node["callee"]) === "listen"
      ? "a call of listen()"
      : null,
  ),
} satisfies Record<string, (file: SourceFile) => Finding[]>;

function byNode(check: NodeCheck): (file: SourceFile) => Finding[] {
  return (file) => {
    const found: Finding[] = [];
    walk(file.program, (node, parents) => {
      const what = check(node, parents);
      if (what !== null) found.push({ line: lineOf(file, node.start), what });
    });
    return found;
  };
}

function impurity(node: AstNode, parents: readonly AstNode[]): string | null {
  if (node["async"] === true) return "an async function";
  if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node["await"] === true)) return "await";
  if (node.type === "NewExpression" || node.type === "CallExpression") {
    const now = textOf(node["callee"]) === "Date" && Array.isArray(node["arguments"]) && node["arguments"].length === 0;
    return now ? "the present time (Date without an argument)" : null;
  }
  if (node.type === "MemberExpression") {
    const member = `${textOf(node["object"])}.${memberName(node)}`;
    return IMPURE_MEMBERS.has(member) ? member : null;
  }
  const name = node.type === "Identifier" && !isPropertyName(node, parents.at(-1)) ? textOf(node) : null;
  return name !== null && IMPURE_GLOBALS.has(name) ? name : null;
}

/** `process` in `job.process` or `{ process: 1 }` is a name of ours, not the global. */
function isPropertyName(node: AstNode, parent: AstNode | undefined): boolean {
  if (parent === undefined || parent["computed"] === true || parent["shorthand"] === true) return false;
  return parent["property"] === node || parent["key"] === node;
}

function defaultExport(node: AstNode): string | null {
  if (node.type === "ExportDefaultDeclaration") return "a default export";
  return node.type === "ExportSpecifier" && textOf(node["exported"]) === "default" ? "a default export" : null;
}

/** `process.env` in its spellings: member, destructuring, and imports from node:process under any name. */
function environmentReads(file: SourceFile): Finding[] {
  const processNames = new Set(["process", ...namesImportedFromProcess(file)]);
  const isProcess = (value: unknown): boolean =>
    processNames.has(textOf(value) ?? "") || (isNode(value) && memberName(value) === "process");
  return byNode((node) => {
    if (node.type === "MemberExpression" && memberName(node) === "env" && isProcess(node["object"]))
      return "process.env";
    if (node.type === "VariableDeclarator" && isProcess(node["init"]) && takesEnv(node["id"])) return "process.env";
    const fromProcess = node.type === "ImportDeclaration" && isProcessModule(node["source"]);
    return fromProcess && specifiers(node).some((one) => textOf(one["imported"]) === "env") ? "process.env" : null;
  })(file);
}

function takesEnv(pattern: unknown): boolean {
  if (!isNode(pattern, "ObjectPattern") || !Array.isArray(pattern["properties"])) return false;
  return pattern["properties"].some((one: unknown) => isNode(one) && textOf(one["key"]) === "env");
}

function namesImportedFromProcess(file: SourceFile): string[] {
  const names: string[] = [];
  walk(file.program, (node) => {
    if (node.type !== "ImportDeclaration" || !isProcessModule(node["source"])) return;
    names.push(...specifiers(node).map((one) => textOf(one["local"]) ?? ""));
  });
  return names;
}

const isProcessModule = (source: unknown): boolean => /^(node:)?process$/.test(textOf(source) ?? "");

const specifiers = (node: AstNode): AstNode[] =>
  Array.isArray(node["specifiers"]) ? node["specifiers"].filter((one: unknown) => isNode(one)) : [];

function suppressions(file: SourceFile): Finding[] {
  return file.comments.flatMap(({ value, start }) =>
    value
      .split("\n")
      .map((text, index) => ({ text, line: lineOf(file, start) + index }))
      .filter(({ text }) => /@ts-(ignore|expect-error|nocheck)\b(?!\W*\w+\W+\w)/.test(text))
      .map(({ text, line }) => ({ line, what: `${text.trim()} without a reason` })),
  );
}
