/** "Did you mean": the nearest of the words that would have been right. */

const LONGEST_WORD = 80;
/** Among more than that a guess is no help, and a file with thousands of unknown names would take minutes. */
const MOST_CANDIDATES = 300;

/** The candidate that a person most likely meant; null when none is near enough, or when there are more than 300. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const choice = word.length > LONGEST_WORD ? null : takeAll(candidates, MOST_CANDIDATES);
  if (choice === null) return null;
  let best: string | null = null;
  let bestDistance = limitFor(word) + 1;
  for (const candidate of choice) {
    if (candidate === word || Math.abs(candidate.length - word.length) >= bestDistance) continue;
    // A difference of case alone is the commonest mistake with quoted identifiers, so it counts least.
    const folded = word.toLowerCase() === candidate.toLowerCase();
    const distance = folded ? 0 : editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Null when there are more than `most`. */
function takeAll(candidates: Iterable<string>, most: number): string[] | null {
  const taken: string[] = [];
  for (const candidate of candidates) {
    if (taken.length === most) return null;
    taken.push(candidate);
  }
  return taken;
}

/** The end of a message: `; did you mean "users"?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearest(word, candidates);
  return candidate === null ? "" : `; did you mean ${JSON.stringify(candidate)}?`;
}

/** The candidate in a message that ends in didYouMean's words. */
export function suggestionIn(message: string): string | null {
  const quoted = /; did you mean ("(?:[^"\\]|\\.)*")\?$/.exec(message)?.[1];
  return quoted === undefined ? null : (JSON.parse(quoted) as string);
}

/** One edit makes any short name out of any other, so there only the case may differ. */
function limitFor(word: string): number {
  if (word.length < 3) return 0;
  return Math.min(3, Math.max(1, Math.floor(word.length / 3)));
}

/**
 * Levenshtein distance with neighbouring letters swapped as one edit. Distances of `enough` and more are not told apart:
 * then only letters whose positions differ by less are compared.
 */
export function editDistance(a: string, b: string, enough = Math.max(a.length, b.length) + 1): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = new Array<number>(b.length + 1).fill(enough);
    row[0] = i;
    const end = Math.min(b.length, i + enough);
    for (let j = Math.max(1, i - enough); j <= end; j++) {
      const substitution = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row[j] = cost;
    }
    [beforeLast, last] = [last, row];
  }
  return Math.min(last[b.length] ?? 0, enough);
}
