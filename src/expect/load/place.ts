/** Places in check files: where a key or a value stands, as editors count (from 1). */
import type { Problem } from "../../errors/index.js";

/** Keys and list positions from the root of a file: `["relations", "users", "indexes", 0]`. */
export type Path = readonly (string | number)[];

export interface Place {
  readonly file: string;
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

export function displayPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** In the order of the files given, then from top to bottom; the same words at the same place once. */
export function toProblems(problems: readonly PlacedProblem[], files: readonly string[]): Problem[] {
  const order = new Map(files.map((file, i) => [file, i]));
  const rank = (file: string) => order.get(file) ?? files.length;
  const sorted = [...problems].sort(
    ({ place: a }, { place: b }) => rank(a.file) - rank(b.file) || a.line - b.line || a.column - b.column,
  );
  const seen = new Set<string>();
  return sorted.flatMap(({ message, place }) => {
    const problem = { message, place: displayPlace(place) };
    const key = JSON.stringify(problem);
    if (seen.has(key)) return [];
    seen.add(key);
    return [problem];
  });
}
