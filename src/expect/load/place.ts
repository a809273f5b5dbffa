/** Places in check files: where a key or a value stands, as editors count (from 1). */
import type { Problem } from "../../errors/index.js";

/** Keys and list positions from the root of a file: `["relations", "users", "indexes", 0]`. */
export type Path = readonly (string | number)[];

export interface Place {
  readonly file: string;
  /** 0: the file as a whole. */
  readonly line: number;
  readonly column: number;
}

/** Finds the place of a path: of its value, or of the key that leads to it. An absent path gives its nearest parent. */
export type Locate = (path: Path, part?: "key" | "value") => Place;

/** A problem with its place, before it becomes text: so that problems can be listed in the order of the files. */
export interface PlacedProblem {
  readonly place: Place;
  readonly message: string;
}

/** `file:line:column`; the file alone when the problem is that there is none to read. */
export function displayPlace({ file, line, column }: Place): string {
  return line === 0 ? file : `${file}:${line}:${column}`;
}

/** Paths, to be asked for what is within or around another path without looking at each of them. */
export class PathSet {
  private readonly members = new Set<string>();
  private readonly ways = new Set<string>();

  constructor(paths: Iterable<Path> = []) {
    for (const path of paths) this.add(path);
  }

  add(path: Path): void {
    this.members.add(JSON.stringify(path));
    for (const way of waysTo(path)) this.ways.add(way);
  }

  /** Whether some member is the path itself or lies below it. */
  hasWithin(path: Path): boolean {
    return this.ways.has(JSON.stringify(path));
  }

  /** Whether some member is the path itself or lies above it. */
  hasAround(path: Path): boolean {
    return waysTo(path).some((way) => this.members.has(way));
  }
}

/** The path and those above it, up to the root. */
function waysTo(path: Path): string[] {
  return [[], ...path].map((_, i) => JSON.stringify(path.slice(0, i)));
}

/** A person corrects the first ones and looks again; a file that is wrong throughout must not fill the screen. */
const MOST_PROBLEMS = 100;
const LONGEST_MESSAGE = 500;

/**
 * In the order of the files given, then from top to bottom; the same words at the same place once.
 * @returns at most 100 problems, each of at most 500 characters, and one that counts the others
 */
export function toProblems(
  problems: readonly PlacedProblem[],
  files: readonly string[],
): { listed: Problem[]; count: number } {
  const order = new Map(files.map((file, i) => [file, i]));
  const rank = (file: string) => order.get(file) ?? files.length;
  const sorted = [...problems].sort(
    ({ place: a }, { place: b }) => rank(a.file) - rank(b.file) || a.line - b.line || a.column - b.column,
  );
  const seen = new Map<string, Problem>();
  for (const { message, place } of sorted) {
    const problem = { message: shorten(message), place: displayPlace(place) };
    seen.set(JSON.stringify(problem), problem);
  }
  const all = [...seen.values()];
  const more = all.length - MOST_PROBLEMS;
  const listed = more > 0 ? [...all.slice(0, MOST_PROBLEMS), { message: `and ${more} more` }] : all;
  return { listed, count: all.length };
}

/** Half of a surrogate pair is no character. */
function shorten(message: string): string {
  if (message.length <= LONGEST_MESSAGE) return message;
  return `${message.slice(0, LONGEST_MESSAGE - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
