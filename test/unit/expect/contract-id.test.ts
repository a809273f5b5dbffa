import { describe, expect, it } from "vitest";
import { canonicalJson, contractId } from "../../../src/expect/contract-id.js";
import { application } from "../../support/builders.js";

describe("canonical JSON", () => {
  it("does not depend on the order of properties, and leaves out what is undefined", () => {
    const a = { b: [1, { d: null, c: "x" }], a: true, e: undefined };
    const b = { a: true, b: [1, { c: "x", d: null }] };
    expect(canonicalJson(a)).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson(b)).toBe(canonicalJson(a));
  });

  it("keeps odd names", () => {
    const odd = Object.defineProperty(Object.create(null), "__proto__", { value: 1, enumerable: true });
    expect(canonicalJson(odd)).toBe('{"__proto__":1}');
  });
});

describe("the contract's id", () => {
  it("is the digest of the applications", () => {
    const { features, ...rest } = application();
    const reordered = { features, ...rest };
    expect(contractId([application()])).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(contractId([reordered])).toBe(contractId([application()]));
    expect(contractId([application({ schema: "other" })])).not.toBe(contractId([application()]));
  });
});
