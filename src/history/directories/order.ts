/** The orders in which tools run their files. Each is total: two different names never compare as equal. */

export type Compare = (a: string, b: string) => number;

/** By the bytes of UTF-8: what Rust and Go sort by, and `ls` in the C locale. */
export const compareBytes: Compare = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const collator = new Intl.Collator("en");

/** JavaScript's localeCompare, in one fixed locale so that every machine gets the same order. */
export const compareLocale: Compare = (a, b) => collator.compare(a, b) || compareBytes(a, b);

/** Versions of dotted or underscored numbers, part by part; `1` and `1.0` are the same version. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [versionParts(a), versionParts(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = compareNumbers(left[index] ?? 0n, right[index] ?? 0n);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * Numbers at the begin of the names compare as numbers (`9_a`, `10_a`; `1.9`, `1.10`), dates as dates however they are
 * written (`20240105`, `2024-01-05-120000`, as Diesel changed from one to the other), names without a number come last.
 */
export const compareNatural: Compare = (a, b) => {
  const [left, right] = [numericPrefix(a), numericPrefix(b)];
  if (left === null || right === null) return Number(left === null) - Number(right === null) || compareBytes(a, b);
  return compareVersions(left, right) || compareBytes(a, b);
};

const punctuationBlind = new Intl.Collator("en", { numeric: true, sensitivity: "variant", ignorePunctuation: true });

/**
 * node-pg-migrate: by the number before the first `_` (13 digits are milliseconds, 17 digits a UTC date, anything else
 * its value or 0), then by name without regard to punctuation.
 */
export const compareNodePgMigrate: Compare = (a, b) =>
  Math.sign(nodePgMigrateTime(a) - nodePgMigrateTime(b)) || punctuationBlind.compare(a, b) || compareBytes(a, b);

function nodePgMigrateTime(name: string): number {
  const [prefix = ""] = name.split("_");
  const utc = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(prefix);
  if (utc === null) return Number.isFinite(Number(prefix)) ? Number(prefix) : 0;
  const [, year, month, day, hour, minute, second, ms] = utc;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`) || 0;
}

function versionParts(version: string): bigint[] {
  return version.split(/[._]/).map((part) => (/^\d+$/.test(part) ? BigInt(part) : 0n));
}

const DATE = /^((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])-?(\d{9}|\d{6}|\d{4})?(?:-(\d+))?(?!\d)/;

function numericPrefix(name: string): string | null {
  const [date, year = "", month = "", day = "", time = "", part = "0"] = DATE.exec(name) ?? [];
  if (date !== undefined) return `${year}${month}${day}.${time.padEnd(9, "0")}.${part}`;
  return /^\d+(?:\.\d+)*/.exec(name)?.[0] ?? null;
}

function compareNumbers(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
