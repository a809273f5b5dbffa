import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable } from "../../../src/copy/printable.js";

describe("a statement in a report", () => {
  it.each([
    ["create role x\n  password 'topsecret'", "create role x password '...'"],
    ["do $$ begin perform 'topsecret'; end $$", "do '...'"],
    ["insert into t values (E'top\\'secret', U&'secret', 1) -- secret", "insert into t values ('...', '...', 1)"],
    ['alter table "A b" add column /* secret */ c int', 'alter table "A b" add column c int'],
  ])("%s", (statement, text) => expect(printable(statement)).toBe(text));

  it("is not long", () => expect(printable(`select ${"x, ".repeat(500)} y`).length).toBeLessThan(170));

  it("shows no literal", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 ";$\n-]{0,20}$/), (secret) => {
        const text = `select a from b where c = 'q${secret.replaceAll("'", "''")}q' and d`;
        expect(printable(text)).toBe("select a from b where c = '...' and d");
      }),
    );
  });
});
