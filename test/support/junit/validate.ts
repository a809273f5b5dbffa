/** Validates a document against junit.xsd, with as much of XML Schema as that file uses. */
import { readFileSync } from "node:fs";
import { XMLParser, XMLValidator } from "fast-xml-parser";

/** An element as fast-xml-parser gives it with preserveOrder: its name holds its children, ":@" its attributes. */
type Node = Readonly<Record<string, unknown>>;

interface Particle {
  readonly ref: string;
  readonly min: number;
  readonly max: number;
}

interface Declared {
  readonly mixed: boolean;
  readonly children: readonly Particle[];
  readonly attributes: ReadonlyMap<string, { readonly type: string; readonly required: boolean }>;
}

const parser = new XMLParser({
  ...{ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: "", ignoreDeclaration: true },
  ...{ parseTagValue: false, parseAttributeValue: false, trimValues: true },
});

const root = childrenOf(
  elements(parser.parse(readFileSync(new URL("junit.xsd", import.meta.url), "utf8")) as Node[])[0] ?? {},
);
const patterns = new Map(
  root.filter((node) => nameOf(node) === "xs:simpleType").map((node) => [attribute(node, "name"), patternOf(node)]),
);
const declarations = new Map(
  root.filter((node) => nameOf(node) === "xs:element").map((node) => [attribute(node, "name"), declared(node)]),
);

/** Every way in which the document is not what the schema says; empty when it is. */
export function junitProblems(xml: string): string[] {
  const wellFormed = XMLValidator.validate(xml);
  if (wellFormed !== true) return [`not well-formed: ${wellFormed.err.msg}`];
  const [top] = elements(parser.parse(xml) as Node[]);
  return top === undefined ? ["no element"] : problemsIn(top);
}

function problemsIn(node: Node): string[] {
  const name = nameOf(node);
  const rule = declarations.get(name);
  if (rule === undefined) return [`element ${name} is not declared`];
  const children = childrenOf(node);
  return [...attributeProblems(node, rule), ...orderProblems(node, rule), ...children.flatMap(problemsIn)];
}

function attributeProblems(node: Node, { attributes }: Declared): string[] {
  const given = (node[":@"] ?? {}) as Readonly<Record<string, string>>;
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const type = attributes.get(name)?.type;
    if (type === undefined) return [`${nameOf(node)} has no attribute ${name}`];
    return patterns.get(type)?.test(value) === false ? [`${nameOf(node)} ${name}="${value}" is no ${type}`] : [];
  });
  const missing = [...attributes].filter(([name, { required }]) => required && given[name] === undefined);
  return [...wrong, ...missing.map(([name]) => `${nameOf(node)} lacks ${name}`)];
}

function orderProblems(node: Node, { children, mixed }: Declared): string[] {
  const names = childrenOf(node).map(nameOf);
  let at = 0;
  for (const { ref, min, max } of children) {
    let count = 0;
    while (names[at] === ref && count < max) {
      at += 1;
      count += 1;
    }
    if (count < min) return [`${nameOf(node)} lacks ${ref}`];
  }
  const hasText = (node[nameOf(node)] as Node[]).some((each) => "#text" in each);
  return [
    ...(at < names.length ? [`${nameOf(node)}: ${names[at]} may not stand there`] : []),
    ...(hasText && !mixed ? [`${nameOf(node)} may hold no text`] : []),
  ];
}

function declared(node: Node): Declared {
  const [type] = childrenOf(node);
  if (type === undefined) return { mixed: true, children: [], attributes: new Map() };
  const parts = childrenOf(type);
  const sequence = parts.find((part) => nameOf(part) === "xs:sequence");
  const attributes = parts.filter((part) => nameOf(part) === "xs:attribute");
  return {
    mixed: attribute(type, "mixed") === "true",
    children: childrenOf(sequence ?? {}).map((part) => ({
      ref: attribute(part, "ref"),
      min: Number(attribute(part, "minOccurs") || 1),
      max: attribute(part, "maxOccurs") === "unbounded" ? Number.POSITIVE_INFINITY : 1,
    })),
    attributes: new Map(
      attributes.map((part) => [
        attribute(part, "name"),
        { type: attribute(part, "type"), required: attribute(part, "use") === "required" },
      ]),
    ),
  };
}

function patternOf(node: Node): RegExp {
  const [restriction] = childrenOf(node);
  const [pattern] = childrenOf(restriction ?? {});
  return new RegExp(`^(?:${attribute(pattern ?? {}, "value")})$`);
}

function elements(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => !["#text", "#comment", ""].includes(nameOf(node)));
}

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ":@") ?? "";
}

function childrenOf(node: Node): Node[] {
  const inside = node[nameOf(node)];
  return Array.isArray(inside) ? elements(inside as Node[]) : [];
}

function attribute(node: Node, name: string): string {
  return ((node[":@"] ?? {}) as Readonly<Record<string, string>>)[name] ?? "";
}
