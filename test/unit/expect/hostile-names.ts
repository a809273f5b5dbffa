/** Names that PostgreSQL allows and that break programs which do not quote, count bytes, or use plain objects. */
import fc from "fast-check";
import { truncateIdentifier } from "../../../src/model/names.js";

/** One of each kind of trouble. */
export const HOSTILE_NAMES = [
  '"; drop table x; --',
  "it's",
  "line\nbreak",
  "tab\there",
  "\\",
  "😀 emoji",
  "é".repeat(31),
  "x".repeat(63),
  "😀".repeat(20),
  "__proto__",
  "constructor",
  "toString",
  "null",
  "true",
  "1",
  "1.0",
  "-",
  "a.b",
  "a: b",
  "# no comment",
  " leading and trailing ",
  "select",
  "$1",
  "{{name}}",
  "%s",
  "(paren",
  "desc",
  "*anchor",
  "<<",
  "\u200b",
  "\u0001",
];

/** No NUL, no half surrogates, not empty; at most 63 bytes, so that what goes in comes out. */
export const hostileName: fc.Arbitrary<string> = fc
  .oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }))
  .map(truncateIdentifier)
  .filter((name) => name !== "" && !name.includes("\0") && !/\p{Surrogate}/u.test(name));

/** A few names, each once. */
export const hostileNames: fc.Arbitrary<string[]> = fc.uniqueArray(hostileName, { minLength: 1, maxLength: 4 });
