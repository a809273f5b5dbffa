/** Keys WITHOUT OVERLAPS of PostgreSQL 18: a gist index enforces them. */
import { describe, expect, it } from "vitest";
import { compareUnique } from "../../../src/compare/unique.js";
import type { Index, KeyConstraint, Relation } from "../../../src/model/schema.js";
import { column, relation } from "../../support/builders.js";
import { check, index, indexKey, primaryKey } from "../repair/ddl/parts.js";

const KEY = primaryKey({ name: "rooms_pkey", columns: ["id", "during"], index: "rooms_pkey" });

function indexOf({ name, columns }: KeyConstraint, fields: Partial<Index> = {}): Index {
  const keys = columns.map((each) => indexKey({ column: each }));
  return index({ name, keys, constraint: name, unique: true, method: "gist", ...fields });
}

const columns = [column("id"), column("during")];
const expected = relation("rooms", columns, { constraints: [KEY], indexes: [indexOf(KEY)] });
const codes = (fields: Partial<Relation>) =>
  compareUnique(expected, { ...expected, ...fields } as unknown as Relation).map((outcome) =>
    outcome.kind === "gap" ? outcome.gap.code : outcome.kind,
  );

describe("a key WITHOUT OVERLAPS", () => {
  it("is satisfied by the same, under any name", () => {
    const other = { ...KEY, name: "other", index: "other" };
    expect(codes({})).toEqual(["satisfied"]);
    expect(codes({ constraints: [other], indexes: [indexOf(other)] })).toEqual(["satisfied"]);
  });

  it("is neither a plain key on these columns, nor one with another period, nor an exclusion constraint", () => {
    const turned = { ...KEY, columns: ["during", "id"] };
    expect(codes({ indexes: [indexOf(KEY, { method: "btree" })] })).toEqual(["CONSTRAINT_DEFINITION"]);
    expect(codes({ constraints: [turned], indexes: [indexOf(turned)] })).toEqual(["CONSTRAINT_DEFINITION"]);
    expect(codes({ constraints: [check("", { name: KEY.name })] })).toEqual(["MISSING_CONSTRAINT"]);
    expect(codes({ constraints: [], indexes: [] })).toEqual(["MISSING_CONSTRAINT"]);
  });
});
