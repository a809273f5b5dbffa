/**
 * Stable short ids. Not cryptography: the same words give the same id on every machine, and a dozen thousand findings
 * do not collide (53 bits).
 */
export function stableId(prefix: string, parts: readonly (string | null)[]): string {
  return `${prefix}-${cyrb53(JSON.stringify(parts)).toString(36).padStart(11, "0")}`;
}

/** cyrb53 by bryc, public domain: a 53-bit non-cryptographic hash of UTF-16 code units. */
function cyrb53(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
