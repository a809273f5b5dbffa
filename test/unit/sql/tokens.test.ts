/** Where our look at tokens must agree with PostgreSQL's own scanner: it decides where statements end. */
import fc from "fast-check";
import { loadModule, scanSync } from "libpg-query";
import { describe, expect, it } from "vitest";
import { commentsFrom, tokensOf } from "../../../src/sql/index.js";

await loadModule();

/** `start-end` of comments, strings and quoted names, and of semicolons and brackets, in UTF-16 units. */
function placesOf(sql: string): string[] {
  const places: [number, number][] = [];
  let from = 0;
  for (const { kind, value, start, end } of tokensOf(sql)) {
    places.push(...commentsFrom(sql, from).map((comment): [number, number] => [comment.start, comment.end]));
    if (["string", "quoted", "dollar"].includes(kind) || /^[;()[\],]$/.test(value)) places.push([start, end]);
    from = end;
  }
  places.push(...commentsFrom(sql, from).map(({ start, end }): [number, number] => [start, end]));
  return places.map(([start, end]) => `${start}-${end}`);
}

/** The same by PostgreSQL; null when it refuses the text. */
function scannedPlaces(sql: string): string[] | null {
  const bytes = Buffer.from(sql);
  const unit = (byte: number) => bytes.subarray(0, byte).toString().length;
  try {
    return scanSync(sql)
      .tokens.filter(({ start }) =>
        /^(?:--|\/\*|[eEnN]?'|(?:[uU]&)?["']|\$(?:[^\W\d]\w*)?\$|[;()[\],])/.test(bytes.subarray(start).toString()),
      )
      .map(({ start, end }) => `${unit(start)}-${unit(end)}`);
  } catch {
    return null;
  }
}

describe("tokens", () => {
  const part = fc.constantFrom(
    ..."' '' \" \"\" $$ $a$ $1 ; -- /* */ a E' e U&' U&\" ( ) [ ] , é 1 1e x$1 \u{1f600} + - 'a'".split(" "),
    " ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\f",
    "\u00a0",
  );

  it("begin and end where PostgreSQL's scanner says", () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 16 }), (parts) => {
        const sql = parts.join("");
        // A string goes on after a comment and a line break, for a server; the parser's scanner does not know that.
        fc.pre(!/'\s*--/.test(sql));
        const expected = scannedPlaces(sql);
        if (expected === null) return;
        compared += 1;
        expect(placesOf(sql), JSON.stringify(sql)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(300);
  });
});
