import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownQuery } from "../../../src/catalog/query-text.js";

describe("shownQuery", () => {
  it.each([
    ["select 1", "select 1"],
    ["alter role app password 'hunter2'", "alter role app password '...'"],
    ["select  E'it\\'s secret', 1", "select '...', 1"],
    ["select 'it''s secret', 2", "select '...', 2"],
    ["select $$secret$$, $body$secret $$ still$body$, 3", "select '...', '...', 3"],
    ["select 1 -- secret\nfrom t /* secret */ where a = 1", "select 1 from t where a = 1"],
    ['alter table "Users" add column a text', 'alter table "Users" add column a text'],
    ["select \"it's\", 'secret'", "select \"it's\", '...'"],
    // What was cut off by track_activity_query_size has no end.
    ["insert into t values ('secr", "insert into t values ('...'"],
    ["select $tag$secr", "select '...'"],
    ["select 1 /* secr", "select 1"],
    // With standard_conforming_strings off the quote would not end here.
    ["select 'a\\' || 'secret', 'more'", "select '..."],
  ])("%s", (query, shown) => {
    expect(shownQuery(query)).toBe(shown);
  });

  it("is one line and short", () => {
    const shown = shownQuery(`select ${"a, ".repeat(500)}\n b`);
    expect(shown).toMatch(/^select a, a.* \.\.\.$/);
    expect(shown.length).toBeLessThan(170);
  });

  it("never shows what stands in a literal, whatever that is and wherever it is cut", () => {
    const secret = "s3cr3t";
    const before = fc.constantFrom("", "select ", "alter role a password ", 'update "t" set a = ');
    const quoted = fc.tuple(fc.constantFrom("'", "E'", "$$", "$q$"), fc.string(), fc.string()).map(([open, a, b]) => {
      const close = open.replace("E", "");
      const inner = open.endsWith("'")
        ? `${a}${secret}${b}`.replace(/\\/g, "\\\\").replaceAll("'", "''")
        : `${a}${secret}${b}`.replaceAll("$", "");
      return `${open}${inner}${close}`;
    });
    fc.assert(
      fc.property(before, quoted, fc.nat(400), (start, literal, end) => {
        expect(
          shownQuery(`${start}${literal} where a = 1`.slice(0, start.length + literal.indexOf(secret) + 6 + end)),
        ).not.toContain(secret);
      }),
    );
  });
});
