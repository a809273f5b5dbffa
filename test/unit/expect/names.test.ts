import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readIndexKey } from "../../../src/expect/checks/index-key.js";
import { findColumn, findRelation } from "../../../src/expect/names.js";
import { truncateIdentifier } from "../../../src/model/names.js";
import { hostileName, hostileNames } from "./hostile-names.js";
import { load } from "./support.js";

describe("names of any kind", () => {
  it("survive the way through YAML, wherever they stand", async () => {
    await fc.assert(
      fc.asyncProperty(hostileNames, hostileNames, hostileName, async (tables, columns, feature) => {
        const [first = "t", second = first] = tables;
        const document = new Map<string, unknown>([
          ["version", 1],
          ["application", "demo"],
          [
            "relations",
            new Map(
              tables.map((name) => [
                name,
                { columns: new Map(columns.map((c) => [c, "text"])), primaryKey: columns, indexes: [columns] },
              ]),
            ),
          ],
          [
            "features",
            new Map([
              [feature, { reads: new Map([[first, columns]]), writes: new Map([[second, "*"]]), deletes: tables }],
            ]),
          ],
        ]);
        const { files } = await load({ "a.yaml": stringify(document, { defaultKeyType: "QUOTE_DOUBLE" }) });
        const names = files[0]?.names ?? new Map();
        expect([...names.values()].map(({ name }) => name).sort()).toEqual(tables.map(truncateIdentifier).sort());
        for (const table of tables) {
          const relation = findRelation(names, table);
          expect(relation?.key).toBe(table);
          for (const column of columns) {
            expect(relation === null ? null : findColumn(relation, column)?.name).toBe(truncateIdentifier(column));
          }
        }
        expect([...(files[0]?.content.features?.keys() ?? [])]).toEqual([feature]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("keys of an index", () => {
  const nothing = { column: null, expression: null, order: null, nulls: null, operatorClass: null, collation: null };

  it.each<[string, object]>([
    ["projectId", { column: "projectId" }],
    ["createdAt desc", { column: "createdAt", order: "desc" }],
    ["createdAt  DESC  Nulls\tLast", { column: "createdAt", order: "desc", nulls: "last" }],
    ["first name asc", { column: "first name", order: "asc" }],
    ["a nulls first", { column: "a", nulls: "first" }],
    ["desc", { column: "desc" }],
    ["amount (eur)", { column: "amount (eur)" }],
    ["amount (eur) desc", { column: "amount (eur)", order: "desc" }],
    ["lower(email)", { expression: "lower(email)" }],
    ["lower(email) desc nulls last", { expression: "lower(email)", order: "desc", nulls: "last" }],
    ["(a\n|| b) asc", { expression: "(a\n|| b)", order: "asc" }],
  ])("%s", (key, expected) => {
    const isColumn = (name: string) => ["amount (eur)", "first name"].includes(name);
    expect(readIndexKey(key, isColumn)).toEqual({ ...nothing, ...expected });
  });

  it("take everything from the long form", () => {
    const key = { expression: "lower(a)", order: "desc", nulls: "last", operatorClass: "o", collation: "C" } as const;
    expect(readIndexKey(key, () => false)).toEqual({ ...nothing, ...key });
  });
});
