/** Which media type to answer with (RFC 9110, section 12.5.1). */

interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

/** Accept headers are short; what is longer is an attack or a mistake, and is read as "anything". */
const LONGEST_ACCEPT = 1_000;
/** Pollers are few and always send the same; whoever makes up headers must not fill the memory. */
const MOST_KNOWN = 100;

/**
 * The offered type that the client likes best; among equals the first offered.
 *
 * @param accept the Accept header; without one, anything will do
 * @param offered types without parameters, in the server's order of preference
 * @returns null when the client refuses all of them
 */
export function negotiate<T extends string>(accept: string | undefined, offered: readonly T[]): T | null {
  const [first] = offered;
  if (first === undefined) return null;
  if (accept === undefined || accept === "*/*" || accept.trim() === "" || accept.length > LONGEST_ACCEPT) return first;
  const ranges = accept.split(",").map(parseRange);
  let best: T | null = null;
  let bestQuality = 0;
  for (const type of offered) {
    const quality = qualityOf(type, ranges);
    if (quality > bestQuality) {
      best = type;
      bestQuality = quality;
    }
  }
  return best;
}

/** negotiate() for one offer, which reads each Accept header once: polls repeat theirs. */
export function createNegotiator<T extends string>(offered: readonly T[]): (accept: string | undefined) => T | null {
  const known = new Map<string | undefined, T | null>();
  return (accept) => {
    const before = known.get(accept);
    if (before !== undefined) return before;
    const chosen = negotiate(accept, offered);
    if (known.size >= MOST_KNOWN) known.clear();
    if (accept === undefined || accept.length <= LONGEST_ACCEPT) known.set(accept, chosen);
    return chosen;
  };
}

function parseRange(text: string): MediaRange {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { range, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The most specific range that matches decides, not the one with the highest weight. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const candidates = [type, `${type.slice(0, type.indexOf("/"))}/*`, "*/*"];
  for (const candidate of candidates) {
    const match = ranges.find(({ range }) => range === candidate);
    if (match !== undefined) return match.quality;
  }
  return 0;
}
