import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/report.js";
import { renderJson, renderText, templateNames } from "../../../src/smoke/template.js";

const values: Record<string, Json> = { id: "a/b c", count: 7, row: { a: [1, null] }, none: null };
const lookup = (name: string) => values[name];

describe("templates", () => {
  it("replaces names in text, white space around them allowed", () => {
    expect(renderText("x {{id}} y {{ count }} {{id}}", lookup)).toBe("x a/b c y 7 a/b c");
  });

  it("encodes the values only, not the text around them", () => {
    expect(renderText("/a b/{{id}}", lookup, encodeURIComponent)).toBe("/a b/a%2Fb%20c");
  });

  it("keeps the type of a JSON string that is exactly one template", () => {
    expect(renderJson({ a: "{{count}}", b: ["{{row}}", "n={{count}}"], c: "{{none}}", d: 1 }, lookup)).toEqual({
      a: 7,
      b: [{ a: [1, null] }, "n=7"],
      c: null,
      d: 1,
    });
  });

  it("keeps hostile property names as plain data", () => {
    const rendered = renderJson(JSON.parse('{"__proto__":{"x":"{{count}}"}}'), lookup);
    expect(JSON.stringify(rendered)).toBe('{"__proto__":{"x":7}}');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it("lists every name once, also those that are no names", () => {
    expect(templateNames({ a: "{{x}} {{y}}", b: ["{{ x }}", { c: "{{not a name}} {{}}" }], "{{key}}": 1 })).toEqual([
      "x",
      "y",
      "not a name",
      "",
    ]);
  });

  it("leaves single braces and the array literals of PostgreSQL alone", () => {
    expect(templateNames("{a} {{1,2},{3,4}} {{ {x} }}")).toEqual([]);
  });

  it("is one pass: what a value brings is not a template", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, value) => {
        fc.pre(!before.includes("{") && !before.includes("}"));
        expect(renderText(`${before}{{v}}${before}`, (name) => (name === "v" ? value : undefined))).toBe(
          `${before}${value}${before}`,
        );
      }),
    );
    expect(renderText("{{v}}", (name) => (name === "v" ? "{{env.SECRET}}" : "leaked"))).toBe("{{env.SECRET}}");
  });

  it("leaves JSON without templates equal to itself", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes("{{"));
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(renderJson(json, () => undefined)).toEqual(json);
      }),
    );
  });

  it("refuses to render a name without a value", () => {
    expect(() => renderText("{{gone}}", lookup)).toThrow("{{gone}}");
  });
});
