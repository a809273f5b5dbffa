/** "Did you mean": the nearest of the words that would have been right. */

const LONGEST_WORD = 80;

/** The candidate that a person most likely meant, or null when none is near enough. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST_WORD) return null;
  let best: string | null = null;
  let bestDistance = limitFor(word) + 1;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) >= bestDistance) continue;
    // A difference of case alone is the commonest mistake with quoted identifiers, so it counts least.
    const folded = word.toLowerCase() === candidate.toLowerCase();
    const distance = folded ? 0 : editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
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

/** Levenshtein distance with neighbouring letters swapped as one edit. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
