import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Subject } from "../../../src/model/report.js";
import { displayDuration, displaySafe, subjectName, subjectWithKind } from "../../../src/report/display.js";

describe("displaySafe", () => {
  it.each([
    ["plain text, even ümlauts and 😀", "plain text, even ümlauts and 😀"],
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\u001b[31mred", "\\u{1b}[31mred"],
    ["a\u0000b\u009bc\u007f", "a\\u{0}b\\u{9b}c\\u{7f}"],
    ["\u202egnp.exe\u2066", "\\u{202e}gnp.exe\\u{2066}"],
    ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
    ["lone \ud800 surrogate", "lone \\u{d800} surrogate"],
  ])("%j", (text, shown) => {
    expect(displaySafe(text)).toBe(shown);
  });

  it("leaves safe text alone and changes nothing twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(displaySafe(displaySafe(text))).toBe(displaySafe(text));
        expect(displaySafe(text)).not.toContain("\n");
      }),
    );
  });
});

it("names subjects with everything they belong to", () => {
  const column = { kind: "column", schema: "public", relation: "users", name: "a" } as const;
  expect(subjectName(column)).toBe("public.users.a");
  expect(subjectName({ ...column, kind: "extension", schema: null, relation: null })).toBe("a");
});

it.each<[Partial<Subject> & Pick<Subject, "kind">, string, string]>([
  [{ kind: "rows", relation: "plans", name: "r-1" }, "rows of public.plans", "rows of plans"],
  [{ kind: "privileges", name: "USAGE" }, "USAGE on schema public", "USAGE on schema public"],
  [{ kind: "privileges", schema: null, name: "CONNECT" }, "CONNECT on the database", "CONNECT on the database"],
  [{ kind: "privileges", name: "shop" }, "privileges of shop", "privileges of shop"],
  [{ kind: "privileges", relation: "plans", name: "INSERT" }, "INSERT on public.plans", "INSERT on plans"],
  [
    { kind: "privileges", relation: "plans", name: "USAGE ON SEQUENCE public.s" },
    "USAGE on sequence public.s",
    "USAGE on sequence public.s",
  ],
  [{ kind: "enum", relation: "Status", name: "NEW" }, 'label "NEW" of public.Status', 'label "NEW" of Status'],
  [{ kind: "enum", name: "Status" }, "enum public.Status", "enum Status"],
  [{ kind: "column", relation: "plans", name: "a" }, "column public.plans.a", "column plans.a"],
  [{ kind: "index", relation: "plans", name: "i" }, "index i on public.plans", "index i on plans"],
  [{ kind: "schema", name: "public" }, "schema public", "schema public"],
  [{ kind: "history", name: "_m" }, "migration-record table public._m", "migration-record table _m"],
  [{ kind: "migration", name: "1_a" }, "migration 1_a", "migration 1_a"],
  [{ kind: "server", schema: null, name: "PostgreSQL" }, "the server", "the server"],
])("speaks of %j", (parts, inFull, atHome) => {
  const subject = { schema: "public", relation: null, name: "x", ...parts };
  expect(subjectWithKind(subject)).toBe(inFull);
  expect(subjectWithKind(subject, "public")).toBe(atHome);
});

it.each([
  [0.4, "0 ms"],
  [999, "999 ms"],
  [3400, "3.4 s"],
  [125_000, "2 min 5 s"],
])("%d ms is %s", (milliseconds, shown) => {
  expect(displayDuration(milliseconds)).toBe(shown);
});
