import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkFileSchema } from "../../../src/expect/index.js";
import { draftCheckFile } from "../../../src/init/draft.js";
import { yamlList, yamlText } from "../../../src/init/yaml-text.js";
import { application, column, relation } from "../../support/builders.js";

const name = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "yes",
    "null",
    "~",
    "1e3",
    ".5",
    "- a",
    "a: b",
    "a # b",
    "'",
    '"',
    "\n",
    "\u0085",
    "\u2028",
    "{{x}}",
    "&a",
    "*a",
    "!!str",
    "<<",
    "=",
    "../a b",
    "a,b]",
    "%YAML",
  ),
);

const withoutHalves = (text: string) => text.replaceAll(/\p{Surrogate}/gu, "\ufffd");

describe("a text in YAML", () => {
  it("is read back as it was, alone, in a list, as a key, and takes one line", () => {
    fc.assert(
      fc.property(name, (text) => {
        const written = yamlText(text);
        expect(written).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
        expect(parse(written)).toBe(withoutHalves(text));
        expect(parse(`{ ${written}: ${yamlList([text, text])} }`, { stringKeys: true })).toEqual(
          Object.fromEntries([[withoutHalves(text), [withoutHalves(text), withoutHalves(text)]]]),
        );
      }),
    );
  });

  it("has quotes only where it needs them", () => {
    const plain = ["shop", "../prisma/migrations", "a.b-c_d", "./x"];
    expect(plain.map(yamlText)).toEqual(plain);
    expect(["yes", "No", ".5", "1", "", "a b", ".inf"].map(yamlText)).toEqual([
      '"yes"',
      '"No"',
      '".5"',
      '"1"',
      '""',
      '"a b"',
      '".inf"',
    ]);
  });
});

/** As a person uncomments it. */
const uncommented = (text: string) => {
  const from = text.indexOf("# features:");
  return text.slice(0, from) + text.slice(from).replaceAll(/^# /gm, "");
};

describe("a first check file", () => {
  const tables = ["users", "orders"].map((each) => relation(each, [column("id"), column("note")]));
  const base = {
    application: "shop",
    schema: null,
    expect: "sql: ../db/structure.sql",
    others: ["migrations: { directory: ../m, tool: sql }"],
    jsonSchema: null,
    known: application({ relations: tables }),
  };

  it("is right as it is, and when its examples are uncommented", () => {
    const text = draftCheckFile(base);
    expect(checkFileSchema.parse(parse(text))).toEqual({
      version: 1,
      application: "shop",
      expect: { sql: "../db/structure.sql" },
    });
    const { features } = checkFileSchema.parse(parse(uncommented(text)));
    expect([...(features ?? [])].map(([id, { reads }]) => [id, [...(reads ?? [])]])).toEqual([
      ["list-orders", [["orders", ["id", "note"]]]],
      ["list-users", [["users", ["id", "note"]]]],
    ]);
  });

  it("stays what it is whatever applications, schemas, tables and columns are called", () => {
    fc.assert(
      fc.property(name, name, fc.array(name, { minLength: 1, maxLength: 4 }), (app, table, columns) => {
        const known = application({
          relations: [
            relation(
              table,
              columns.map((each) => column(each)),
            ),
          ],
        });
        const text = draftCheckFile({ ...base, application: app, schema: app, known });
        const plain: unknown = parse(text);
        expect(plain).toEqual({
          version: 1,
          application: withoutHalves(app),
          schema: withoutHalves(app),
          expect: { sql: "../db/structure.sql" },
        });
        const { features, ...rest } = parse(uncommented(text)) as { features: Record<string, { reads: object }> };
        expect(rest).toEqual(plain);
        const [feature] = Object.values(features);
        expect(Object.entries(feature?.reads ?? {})).toEqual([
          [withoutHalves(table), columns.slice(0, 3).map(withoutHalves)],
        ]);
      }),
    );
  });

  it("names the JSON Schema for editors where it is installed", () => {
    const text = draftCheckFile({ ...base, jsonSchema: "../node_modules/schemaready/openapi/check-file.schema.json" });
    expect(text.split("\n")[0]).toBe(
      "# yaml-language-server: $schema=../node_modules/schemaready/openapi/check-file.schema.json",
    );
  });
});
