import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateFiles, staleFiles } from "../../src/generate.js";

let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  files = await generateFiles();
});

const parsed = (path: string): unknown => JSON.parse(files.get(path) ?? "null");

describe("generated files", () => {
  it("are the same bytes each time", async () => {
    expect([...(await generateFiles())]).toEqual([...files]);
  });

  it("name nothing of the machine that made them", () => {
    expect([...files.values()].join("")).not.toMatch(/localhost|127\.0\.0\.1|\/home\/|\/root\/|\/work\//);
  });

  it.each([
    "openapi/report.schema.json",
    "openapi/check-file.schema.json",
    "openapi/contract.schema.json",
    "openapi/smoke-event.schema.json",
  ])("%s is a JSON Schema", (path) => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    expect(() => ajv.compile(parsed(path) as object)).not.toThrow();
  });
});

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}
interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

describe("openapi/openapi.json", () => {
  it("is OpenAPI 3.1, each operation with a name, a summary and described answers", () => {
    const { openapi, paths } = parsed("openapi/openapi.json") as OpenApi;
    expect(openapi).toMatch(/^3\.1\./);
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(6);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, responses } of operations) {
      expect(summary).toMatch(/\w/);
      for (const { description } of Object.values(responses)) expect(description).toMatch(/\w/);
    }
  });

  it("refers only to what it holds, and holds only what it refers to", () => {
    const text = files.get("openapi/openapi.json") ?? "";
    const used = new Set(
      [...text.matchAll(/"\$ref": "#\/components\/schemas\/([^"]+)"/g)].map(([, name = ""]) => name),
    );
    const held = Object.keys((parsed("openapi/openapi.json") as OpenApi).components.schemas);
    expect([...used].sort()).toEqual(held);
    expect(text.match(/"\$ref"/g)?.length).toBe(text.match(/"\$ref": "#\/components\/schemas\//g)?.length);
  });

  it("has valid JSON Schemas", () => {
    const document = parsed("openapi/openapi.json") as OpenApi;
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema(document, "openapi");
    for (const name of Object.keys(document.components.schemas)) {
      expect(ajv.getSchema(`openapi#/components/schemas/${name}`), name).toBeTypeOf("function");
    }
  });
});

describe("staleFiles", () => {
  const root = mkdtempSync(join(tmpdir(), "stale-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it("names files that are missing or differ in a byte", () => {
    mkdirSync(join(root, "openapi"));
    const wanted = new Map([
      ["openapi/same.json", "{}\n"],
      ["openapi/other.json", "{}\n"],
      ["openapi/missing.json", "{}\n"],
    ]);
    writeFileSync(join(root, "openapi/same.json"), "{}\n");
    writeFileSync(join(root, "openapi/other.json"), "{}");
    expect(staleFiles(wanted, root)).toEqual(["openapi/other.json", "openapi/missing.json"]);
  });
});
