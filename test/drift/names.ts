/** Names that are never given twice: hostile ones as long as there are any, and plain ones. */
import { truncateIdentifier } from "../../src/model/names.js";
import { HOSTILE_NAMES } from "../unit/expect/hostile-names.js";
import type { Chooser } from "./chooser.js";

const MORE = [
  "User",
  "createdAt",
  "order",
  "table",
  "Ünïcode",
  "日本語",
  'quo"te"d',
  "''",
  "-- no",
  "/* c */",
  "user",
  "a b c",
];

export interface Names {
  /** A name that no other call gives; half of them break programs that do not quote or count bytes. */
  next(hint: string): string;
}

/** @param hostile how many of a hundred names are hostile */
export function namesFrom(choose: Chooser, hostile = 50): Names {
  const pool = [...new Set([...HOSTILE_NAMES, ...MORE].map(truncateIdentifier))];
  let count = 0;
  return {
    next: (hint) => {
      count += 1;
      if (pool.length === 0 || !choose.chance(hostile)) return `${hint}_${count}`;
      return pool.splice(choose.between(0, pool.length - 1), 1)[0] ?? hint;
    },
  };
}
