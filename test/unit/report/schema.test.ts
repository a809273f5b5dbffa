import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { CAUSE_CODES, GAP_CODES } from "../../../src/model/report.js";
import { reporters, reportJsonSchema, reportSchema } from "../../../src/report/index.js";
import {
  failReport,
  hostileReport,
  passReport,
  smokeReport,
  unreachableReport,
  unverifiedReport,
} from "../../support/report-fixtures.js";

const reports = [passReport(), failReport(), unverifiedReport(), unreachableReport(), hostileReport(), smokeReport()];

function validator() {
  const ajv = new Ajv2020({ allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(reportJsonSchema());
}

/** Every object in a JSON Schema that describes a value by `properties`. */
function properties(node: unknown, path = "$"): { path: string; schema: Record<string, unknown> }[] {
  if (node === null || typeof node !== "object") return [];
  const own = "properties" in node && node.properties !== null ? Object.entries(node.properties as object) : [];
  return [
    ...own.map(([name, schema]) => ({ path: `${path}.${name}`, schema: schema as Record<string, unknown> })),
    ...Object.entries(node).flatMap(([key, value]) => properties(value, `${path}/${key}`)),
  ];
}

describe("the schema of the Report", () => {
  it("accepts every fixture, as zod and as JSON Schema", () => {
    const validate = validator();
    for (const report of reports) {
      const json: unknown = JSON.parse(reporters.json(report, { colour: false, width: 80 }));
      expect(reportSchema.parse(json)).toEqual(json);
      validate(json);
      expect(validate.errors).toBeNull();
    }
  });

  it.each([
    ["an unknown key", { ...passReport(), surprise: 1 }],
    ["another version", { ...passReport(), formatVersion: 2 }],
    ["an unknown verdict", { ...passReport(), verdict: "healthy" }],
    ["an unknown gap code", { ...failReport(), gaps: [{ ...failReport().gaps[0], code: "MISSING_SOMETHING" }] }],
    ["a missing part", { ...passReport(), target: undefined }],
  ])("rejects %s", (_, report) => {
    const json: unknown = JSON.parse(JSON.stringify(report));
    expect(reportSchema.safeParse(json).success).toBe(false);
    expect(validator()(json)).toBe(false);
  });

  it("describes every field", () => {
    const all = properties(reportJsonSchema());
    expect(all.length).toBeGreaterThan(80);
    const undescribed = all.filter(({ schema }) => !("description" in schema) && !("$ref" in schema));
    expect(undescribed.map(({ path }) => path)).toEqual([]);
  });

  it("holds the codes of the model", () => {
    const text = JSON.stringify(reportJsonSchema());
    for (const code of [...GAP_CODES, ...CAUSE_CODES]) expect(text).toContain(`"${code}"`);
    expect(reportJsonSchema()["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
  });
});

describe("json", () => {
  it("is the Report itself, indented, with a newline at the end", () => {
    const text = reporters.json(failReport(), { colour: true, width: 40 });
    expect(JSON.parse(text)).toEqual(failReport());
    expect(text.startsWith('{\n  "formatVersion": 1,')).toBe(true);
    expect(text.endsWith("}\n")).toBe(true);
  });
});
