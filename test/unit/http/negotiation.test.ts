import { describe, expect, it } from "vitest";
import { createNegotiator, negotiate } from "../../../src/http/negotiation.js";

const OFFERED = ["application/health+json", "application/json", "text/plain"] as const;

describe("negotiate", () => {
  it.each([
    [undefined, "application/health+json"],
    ["", "application/health+json"],
    ["*/*", "application/health+json"],
    ["application/*", "application/health+json"],
    ["application/json", "application/json"],
    ["Application/JSON", "application/json"],
    ["text/plain", "text/plain"],
    ["text/*", "text/plain"],
    ["text/plain;q=0.5, application/json", "application/json"],
    ["text/plain; q=0.5 , application/json;q=0.4", "text/plain"],
    ["text/plain;charset=utf-8;q=0.9, */*;q=0.1", "text/plain"],
    ["application/json, application/health+json", "application/health+json"],
    ["application/health+json;q=0, */*", "application/json"],
    ["*/*;q=0.1, application/*;q=0", "text/plain"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/health+json"],
    ["application/xml", null],
    ["*/*;q=0", null],
    ["text/plain;q=nonsense", null],
    [",;,,", null],
    [`${"text/plain,".repeat(200)}`, "application/health+json"],
  ])("%j gives %s", (accept, expected) => {
    expect(negotiate(accept, OFFERED)).toBe(expected);
  });

  it("says the same when it remembers what it said, also after more headers than it remembers", () => {
    const known = createNegotiator(OFFERED);
    const headers = [undefined, "", "*/*", "text/plain", "application/xml", "x".repeat(2_000)];
    const more = Array.from({ length: 250 }, (_, at) => (at % 2 === 0 ? `text/plain, x/${at}` : `x/${at}`));
    for (const accept of [...headers, ...headers, ...more, ...headers, ...more]) {
      expect(known(accept)).toBe(negotiate(accept, OFFERED));
    }
  });

  it("has nothing to choose from nothing", () => {
    expect(negotiate("*/*", [])).toBeNull();
  });
});
