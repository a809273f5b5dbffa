import { describe, expect, it } from "vitest";
import { canonicalJson, prettyJson } from "../../../src/expect/canonical-json.js";
import { contractId, hasId } from "../../../src/expect/contract-id.js";
import type { Application } from "../../../src/model/contract.js";
import { application, contractOf } from "../../support/builders.js";

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

describe("pretty JSON", () => {
  it("is the same value, with sorted keys", () => {
    const value = { b: [1, [], {}], a: { d: "x\n", c: null } };
    expect(JSON.parse(prettyJson(value))).toEqual(value);
    expect(prettyJson(value)).toBe(
      '{\n  "a": {\n    "c": null,\n    "d": "x\\n"\n  },\n  "b": [\n    1,\n    [],\n    {}\n  ]\n}',
    );
  });
});

describe("the contract's id", () => {
  it("is recognized whatever the order of properties, and only with the content that it is of", () => {
    const { id: _, ...content } = contractOf(application());
    const compiled = { ...content, id: contractId(content) };
    const sorted = JSON.parse(prettyJson(compiled));
    const turned = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(sorted).reverse())));
    expect([hasId(compiled), hasId(sorted), hasId(turned)]).toEqual([true, true, true]);
    expect(hasId({ ...sorted, source: "database" })).toBe(false);
    expect(hasId({ ...sorted, applications: [] })).toBe(false);
  });

  const idOf = (one: Application) => contractId(contractOf(one));

  it("is the digest of the content", () => {
    const { features, ...rest } = application();
    expect(idOf(application())).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(idOf({ features, ...rest })).toBe(idOf(application()));
    expect(idOf(application({ schema: "other" }))).not.toBe(idOf(application()));
  });

  it("does not depend on the order of what has none", () => {
    const [a, b] = [application({ name: "a" }), application({ name: "b" })];
    expect(contractId(contractOf(b, a))).toBe(contractId(contractOf(a, b)));
    const both = (extensions: string[]) => idOf(application({ extensions }));
    expect(both(["citext", "hstore"])).toBe(both(["hstore", "citext"]));
  });
});
