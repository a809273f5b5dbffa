/**
 * YAML text -> value and places. YAML 1.2 core: `no` is text, keys are text. Mappings become Map, so their order is
 * kept and no key is special. Files come from repositories, not from the moon, but a deep or self-referring one must
 * give a message and not a crash: nesting, aliases and nodes are bounded.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { boundsProblem } from "./nesting.js";
import type { Locate, Path, Place, PlacedProblem } from "./place.js";

export interface YamlFile {
  /** Maps, arrays, strings, numbers, booleans, null; undefined when the text is too broken to be looked into. */
  readonly value: unknown;
  readonly locate: Locate;
  readonly problems: readonly PlacedProblem[];
  /** It has the key `version`, or nothing of the text is in `problems`. Other files may be anything, /etc/shadow too. */
  readonly quotable: boolean;
}

const MAX_ALIASES = 1_000;
const MAX_NODES = 50_000;

/** Parses one file. Never throws: everything that is wrong is in `problems`. */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fatal = (message: string, offset = 0): YamlFile => ({
    value: undefined,
    locate: () => placeAt(offset),
    problems: [{ place: placeAt(offset), message }],
    quotable: true,
  });
  const outOfBounds = boundsProblem(text, lines);
  if (outOfBounds !== null) return fatal(outOfBounds.message, outOfBounds.offset);
  const document = parse(text, lines);
  if (document.contents === null) return fatal("the file is empty");
  const pairs = new PairIndex();
  const locate: Locate = (path, part = "value") => placeAt(offsetOf(document, pairs, path, part));
  const problems = syntaxProblems(document, placeAt);
  const hasVersion = isMap(document.contents) && document.contents.has("version");
  const quotable = hasVersion || (isBroken(document) && VERSION_LINE.test(text));
  // After a syntax error the structure is guesswork.
  if (isBroken(document)) return { value: undefined, locate, problems, quotable };
  const reader = new Reader(document, placeAt);
  const value = reader.read(document.contents, []);
  return { value: reader.stopped ? undefined : value, locate, problems: [...problems, ...reader.problems], quotable };
}

/** After a syntax error what stands behind it may have become part of something else: then the line itself tells. */
const VERSION_LINE = /^\uFEFF?(["']?)version\1\s*:/m;

function isBroken({ errors }: Document.Parsed): boolean {
  return errors.length > 0;
}

/** Repeated keys are found by the reader: the parser compares each key with all before it. */
function parse(text: string, lines: LineCounter): Document.Parsed {
  const options = { lineCounter: lines, stringKeys: true, uniqueKeys: false, prettyErrors: false } as const;
  return parseDocument(text, { ...options, logLevel: "silent", version: "1.2", merge: false });
}

function syntaxProblems(document: Document.Parsed, placeAt: (offset: number) => Place): PlacedProblem[] {
  const problems = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    place: placeAt(pos[0]),
    message: SYNTAX_MESSAGES[code] ?? message,
  }));
  const { version, explicit } = document.directives.yaml;
  if (explicit === true && version !== "1.2") {
    problems.push({
      place: placeAt(0),
      message: `YAML ${version} reads words differently: remove the %YAML directive`,
    });
  }
  return problems;
}

const SYNTAX_MESSAGES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab cannot indent YAML: use spaces",
  NON_STRING_KEY: "a key is text: put it in quotes",
};

/** Nodes -> values, with everything on the way that a check file cannot mean. */
class Reader {
  readonly problems: PlacedProblem[] = [];
  stopped = false;
  private nodes = 0;
  private aliases = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly placeAt: (offset: number) => Place,
  ) {}

  read(node: unknown, parents: readonly unknown[]): unknown {
    this.nodes++;
    if (this.nodes > MAX_NODES) return this.stop(node, "the file has more than 50000 nodes, aliases included");
    if (isAlias(node)) return this.readAlias(node, parents);
    if (isScalar(node)) return this.readScalar(node);
    const inside = [...parents, node];
    if (isSeq(node)) return this.stopped ? undefined : node.items.map((item) => this.read(item, inside));
    const result = new Map<string, unknown>();
    if (!isMap(node)) return null;
    for (const { key, value } of node.items) {
      if (this.stopped) break;
      const name = this.readKey(key);
      if (result.has(name)) this.complain(key, "this key stands here for the second time");
      result.set(name, this.read(value, inside));
    }
    return result;
  }

  private readKey(key: unknown): string {
    const name = String(isScalar(key) ? key.value : key);
    if (name === "<<" && isScalar(key) && key.type === "PLAIN") {
      this.complain(key, "merge keys (<<) are not supported: write the keys out");
    } else if (name === "") this.complain(key, "a key cannot be empty");
    else this.checkText(key, name);
    return name;
  }

  private readScalar(node: { value: unknown; source?: string; range?: unknown }): unknown {
    const { value, source } = node;
    if (typeof value === "string") this.checkText(node, value);
    const inexact = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
    if (inexact && /^[-+]?\d+$/.test(source ?? "")) {
      this.complain(node, `${source} is too large to be kept exactly: put it in quotes if text is meant`);
    }
    return value;
  }

  private readAlias(node: { source: string; resolve(document: Document): unknown }, parents: readonly unknown[]) {
    this.aliases++;
    const target = node.resolve(this.document);
    if (target === undefined) return this.complain(node, `there is no anchor &${node.source} above`);
    if (parents.includes(target)) return this.complain(node, `*${node.source} stands inside of its own anchor`);
    if (this.aliases > MAX_ALIASES) return this.stop(node, `more than ${MAX_ALIASES} aliases, expanded`);
    return this.read(target, parents);
  }

  /** PostgreSQL cannot hold NUL, and half a surrogate pair is no character. */
  private checkText(node: unknown, value: string): void {
    if (value.includes("\0")) this.complain(node, "PostgreSQL cannot store the character NUL (\\0)");
    if (/\p{Surrogate}/u.test(value)) this.complain(node, "half of a surrogate pair is not a character");
  }

  private complain(node: unknown, message: string): undefined {
    this.problems.push({ place: this.placeAt(startOf(node)), message });
    return undefined;
  }

  private stop(node: unknown, message: string): undefined {
    if (!this.stopped) this.complain(node, message);
    this.stopped = true;
    return undefined;
  }
}

/** Pairs of a mapping by key: many problems stand in one large mapping, and each asks for its place. */
class PairIndex {
  private readonly known = new WeakMap<object, ReadonlyMap<string, Pair>>();

  find(map: YAMLMap, key: string): Pair | null {
    const pairs = this.known.get(map) ?? this.read(map);
    return pairs.get(key) ?? null;
  }

  /** The last of equal keys: it is the one whose value counts. */
  private read(map: YAMLMap): ReadonlyMap<string, Pair> {
    const pairs = new Map<string, Pair>();
    for (const pair of map.items) if (isScalar(pair.key)) pairs.set(String(pair.key.value), pair);
    this.known.set(map, pairs);
    return pairs;
  }
}

type Pair = YAMLMap["items"][number];

function offsetOf(document: Document.Parsed, pairs: PairIndex, path: Path, part: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [i, segment] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const last = i === path.length - 1;
    if (isSeq(node)) {
      if (typeof segment !== "number" || segment >= node.items.length) return offset;
      node = node.items[segment];
    } else if (isMap(node)) {
      const pair = pairs.find(node, String(segment));
      if (pair === null) return offset;
      offset = startOf(pair.key);
      if ((last && part === "key") || isEmpty(pair.value)) return offset;
      node = pair.value;
    } else return offset;
    offset = startOf(node);
  }
  return offset;
}

/** `users:` with nothing behind it: the place of the key says more than the end of the line. */
function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && (value.source ?? "") === "");
}

function startOf(node: unknown): number {
  const range = (node as Partial<Node> | null)?.range;
  return Array.isArray(range) ? (range[0] ?? 0) : 0;
}
