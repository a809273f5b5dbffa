import type { EnumSection } from "../schema/check-file.js";

/** An enum as the file gives it: labels alone, or with the promise that their order matters. */
export function readEnum(entry: EnumSection): { readonly labels: readonly string[]; readonly ordered: boolean } {
  return Array.isArray(entry)
    ? { labels: entry, ordered: false }
    : { labels: entry.labels, ordered: entry.ordered ?? false };
}
